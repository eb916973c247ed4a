import type { Marketplace } from "@kontor/protocol";
import { eq, or } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { marketplaces } from "../schema/marketplaces.ts";
import type { MarketplaceRepository } from "./account-records.ts";
import { holding } from "./filters.ts";
import type { Order } from "./keyset.ts";
import { isText, pageFrom } from "./keyset.ts";
import { instantOf } from "./record-members.ts";
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

    async change({ kind, marketplaceId }, { name, description, currency, status }) {
      if (kind !== "operator" || marketplaceId === null) return { ok: false, code: "not_found" };
      const changes = Object.entries({ name, description, currency, status }).filter(
        ([, value]) => value !== undefined,
      );
      const here = eq(marketplaces.id, marketplaceId);
      const [row] =
        changes.length === 0
          ? await db.select().from(marketplaces).where(here)
          : await db.update(marketplaces).set(Object.fromEntries(changes)).where(here).returning();
      return row ? { ok: true, value: recordOf(row) } : { ok: false, code: "not_found" };
    },
  };
}

function recordOf({ id, createdAt, ...row }: typeof marketplaces.$inferSelect): Marketplace {
  return { ...row, marketplaceId: id, createdAt: instantOf(createdAt) };
}
