import type { Marketplace } from "@kontor/protocol";
import { eq, or } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { marketplaces } from "../schema/marketplaces.ts";
import type { MarketplaceRepository } from "./account-records.ts";
import { holding } from "./filters.ts";
import type { Order } from "./keyset.ts";
import { isText, pageFrom } from "./keyset.ts";
import { instantOf, present } from "./record-members.ts";
import { allOf } from "./scope.ts";

const byName: Order = {
  name: "name",
  by: marketplaces.name,
  id: marketplaces.id,
  direction: "asc",
  accepts: isText,
};

export function createMarketplaceRepository(db: Database): MarketplaceRepository {
  const find = async (idOrSlug: string): Promise<Marketplace | undefined> => {
    const rows = await db
      .select()
      .from(marketplaces)
      .where(or(eq(marketplaces.id, idOrSlug), eq(marketplaces.slug, idOrSlug)));
    // One marketplace's id may be another's slug: the id wins.
    const row = rows.find(({ id }) => id === idOrSlug) ?? rows[0];
    return row && recordOf(row);
  };

  return {
    find,

    list: (query) =>
      pageFrom(query, {
        order: byName,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(marketplaces)
            .where(allOf(holding(query.q, marketplaces.name), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ name, id }) => [name, id],
        entryOf: recordOf,
      }),

    async create(marketplaceId, input) {
      const [created] = await db
        .insert(marketplaces)
        .values({ ...input, id: marketplaceId })
        .onConflictDoNothing()
        .returning();
      if (created) return { ok: true, value: recordOf(created) };
      const [stored] = await db.select().from(marketplaces).where(eq(marketplaces.id, marketplaceId));
      const { slug, name, description, currency } = input;
      const same =
        stored?.slug === slug &&
        stored.name === name &&
        stored.description === description &&
        stored.currency === currency;
      return same ? { ok: true, value: recordOf(stored) } : { ok: false, code: "conflict" };
    },

    change: ({ kind, marketplaceId }, { name, description, currency, rounding, status }, expectedVersion) =>
      db.transaction(async (tx) => {
        if (kind !== "operator" || marketplaceId === null) return { ok: false, code: "not_found" };
        const here = eq(marketplaces.id, marketplaceId);
        const [stored] = await tx.select().from(marketplaces).where(here).for("update");
        if (!stored) return { ok: false, code: "not_found" };
        const { version } = stored;
        if (version !== expectedVersion) return { ok: false, code: "precondition_failed", actualVersion: version };
        const changes = present({ name, description, currency, rounding, status });
        if (Object.keys(changes).length === 0) return { ok: true, value: recordOf(stored) };
        const [row] = await tx
          .update(marketplaces)
          .set({ ...changes, version: version + 1 })
          .where(here)
          .returning();
        return row ? { ok: true, value: recordOf(row) } : { ok: false, code: "not_found" };
      }),
  };
}

function recordOf({ id, createdAt, ...row }: typeof marketplaces.$inferSelect): Marketplace {
  return { ...row, marketplaceId: id, createdAt: instantOf(createdAt) };
}
