import type { Actor } from "@kontor/kernel";
import type { StaffMember } from "@kontor/protocol";
import { and, eq } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { marketplaceStaff, marketplaces } from "../schema/marketplaces.ts";
import type { StaffRepository } from "./account-records.ts";
import { instantOf } from "./record-members.ts";
import { allOf, inMarketplace, seesAll } from "./scope.ts";

export function createStaffRepository(db: Database): StaffRepository {
  const place = (marketplaceId: string, userId: string) =>
    and(eq(marketplaceStaff.marketplaceId, marketplaceId), eq(marketplaceStaff.userId, userId));

  return {
    async list(actor) {
      if (!seesAll(actor)) return [];
      const rows = await db
        .select()
        .from(marketplaceStaff)
        .where(allOf(inMarketplace(actor, marketplaceStaff.marketplaceId)))
        .orderBy(marketplaceStaff.marketplaceId, marketplaceStaff.userId);
      return rows.map(recordOf);
    },

    grant: (actor, { marketplaceId, userId }, role) =>
      db.transaction(async (tx) => {
        if (!mayManage(actor, marketplaceId)) return { ok: false, code: "not_found" };
        // The marketplace's row orders changes of its staff, so that two of them cannot both take its last operator.
        const [here] = await tx
          .select({ id: marketplaces.id })
          .from(marketplaces)
          .where(eq(marketplaces.id, marketplaceId))
          .for("update");
        if (!here) return { ok: false, code: "not_found" };
        if (role !== "operator" && (await isLastOperator(tx, marketplaceId, userId))) {
          return { ok: false, code: "conflict" };
        }
        const [row] = await tx
          .insert(marketplaceStaff)
          .values({ marketplaceId, userId, role })
          .onConflictDoUpdate({ target: [marketplaceStaff.marketplaceId, marketplaceStaff.userId], set: { role } })
          .returning();
        return row ? { ok: true, value: recordOf(row) } : { ok: false, code: "not_found" };
      }),

    revoke: (actor, { marketplaceId, userId }) =>
      db.transaction(async (tx) => {
        if (!mayManage(actor, marketplaceId)) return { ok: false, code: "not_found" };
        await tx
          .select({ id: marketplaces.id })
          .from(marketplaces)
          .where(eq(marketplaces.id, marketplaceId))
          .for("update");
        if (await isLastOperator(tx, marketplaceId, userId)) return { ok: false, code: "conflict" };
        const [row] = await tx.delete(marketplaceStaff).where(place(marketplaceId, userId)).returning();
        return row ? { ok: true, value: null } : { ok: false, code: "not_found" };
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

function recordOf({ marketplaceId, userId, role, since }: typeof marketplaceStaff.$inferSelect): StaffMember {
  return { marketplaceId, userId, role, since: instantOf(since) };
}
