import type { Actor } from "@kontor/kernel";
import type { StaffMember } from "@kontor/protocol";
import { and, eq } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { marketplaceStaff, marketplaces } from "../schema/marketplaces.ts";
import type { StaffRepository } from "./account-records.ts";
import type { Order } from "./keyset.ts";
import { isText, pageFrom } from "./keyset.ts";
import { instantOf } from "./record-members.ts";
import { allOf, forStaff, inMarketplace } from "./scope.ts";

const byUser: Order = {
  name: "user",
  by: marketplaceStaff.userId,
  id: marketplaceStaff.marketplaceId,
  direction: "asc",
  accepts: isText,
};

export function createStaffRepository(db: Database): StaffRepository {
  const place = (marketplaceId: string, userId: string) =>
    and(eq(marketplaceStaff.marketplaceId, marketplaceId), eq(marketplaceStaff.userId, userId));

  /** The marketplace's row orders changes of its staff, so that two of them cannot both take its last operator. */
  const locked = async (tx: Database, marketplaceId: string): Promise<boolean> => {
    const here = eq(marketplaces.id, marketplaceId);
    const rows = await tx.select({ id: marketplaces.id }).from(marketplaces).where(here).for("update");
    return rows.length === 1;
  };

  return {
    async list(actor, { marketplaceId, ...page }) {
      const wanted = allOf(
        forStaff(actor),
        inMarketplace(actor, marketplaceStaff.marketplaceId),
        eq(marketplaceStaff.marketplaceId, marketplaceId),
      );
      return await pageFrom(page, {
        order: byUser,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(marketplaceStaff)
            .where(allOf(wanted, after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ userId }) => [userId, marketplaceId],
        entryOf: recordOf,
      });
    },

    grant: (actor, { marketplaceId, userId, expectedVersion }, role) =>
      db.transaction(async (tx) => {
        const mine = mayManage(actor, marketplaceId) && (await locked(tx, marketplaceId));
        if (!mine) return { ok: false, code: "not_found" };
        const [stored] = await tx.select().from(marketplaceStaff).where(place(marketplaceId, userId));
        const version = stored?.version ?? 0;
        if (version !== expectedVersion) return { ok: false, code: "precondition_failed", actualVersion: version };
        if (role !== "operator" && (await isLastOperator(tx, marketplaceId, userId))) {
          return { ok: false, code: "conflict" };
        }
        const written = { role, version: version + 1 };
        const [row] = await tx
          .insert(marketplaceStaff)
          .values({ marketplaceId, userId, ...written })
          .onConflictDoUpdate({ target: [marketplaceStaff.marketplaceId, marketplaceStaff.userId], set: written })
          .returning();
        return row ? { ok: true, value: recordOf(row) } : { ok: false, code: "not_found" };
      }),

    revoke: (actor, { marketplaceId, userId, expectedVersion }) =>
      db.transaction(async (tx) => {
        const mine = mayManage(actor, marketplaceId) && (await locked(tx, marketplaceId));
        const [stored] = mine ? await tx.select().from(marketplaceStaff).where(place(marketplaceId, userId)) : [];
        if (!stored) return { ok: false, code: "not_found" };
        const { version } = stored;
        if (version !== expectedVersion) return { ok: false, code: "precondition_failed", actualVersion: version };
        if (await isLastOperator(tx, marketplaceId, userId)) return { ok: false, code: "conflict" };
        await tx.delete(marketplaceStaff).where(place(marketplaceId, userId));
        return { ok: true, value: null };
      }),
  };
}

function mayManage(actor: Actor, marketplaceId: string): boolean {
  return actor.kind === "system" || (actor.kind === "operator" && actor.marketplaceId === marketplaceId);
}

async function isLastOperator(db: Database, marketplaceId: string, userId: string): Promise<boolean> {
  const operators = await db
    .select({ userId: marketplaceStaff.userId })
    .from(marketplaceStaff)
    .where(and(eq(marketplaceStaff.marketplaceId, marketplaceId), eq(marketplaceStaff.role, "operator")))
    .limit(2);
  return operators.length === 1 && operators[0]?.userId === userId;
}

function recordOf({ since, ...row }: typeof marketplaceStaff.$inferSelect): StaffMember {
  return { ...row, since: instantOf(since) };
}
