import type { Actor } from "@kontor/kernel";
import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { marketplaceStaff, participations } from "../schema/marketplaces.ts";
import { tenders } from "../schema/read-models-tenders.ts";
import type { StandingRepository } from "./account-records.ts";

const { companyId, marketplaceId, side, status } = participations;

export function createStandingRepository(db: Database): StandingRepository {
  const isSystem = ({ kind }: Actor) => kind === "system";

  return {
    async staffRoleOf(actor, key) {
      if (!isSystem(actor)) return undefined;
      const [row] = await db
        .select({ role: marketplaceStaff.role })
        .from(marketplaceStaff)
        .where(and(eq(marketplaceStaff.marketplaceId, key.marketplaceId), eq(marketplaceStaff.userId, key.userId)));
      return row?.role;
    },

    async staffRolesOf(actor, userId) {
      if (!isSystem(actor)) return [];
      return await db
        .select({ marketplaceId: marketplaceStaff.marketplaceId, role: marketplaceStaff.role })
        .from(marketplaceStaff)
        .where(eq(marketplaceStaff.userId, userId))
        .orderBy(marketplaceStaff.marketplaceId);
    },

    async participationOf(actor, key) {
      if (!isSystem(actor)) return undefined;
      const [row] = await db
        .select({ side, status })
        .from(participations)
        .where(and(eq(marketplaceId, key.marketplaceId), eq(companyId, key.companyId)));
      return row;
    },

    async participationsOf(actor, companyIds) {
      if (!isSystem(actor) || companyIds.length === 0) return [];
      return await db
        .select({ companyId, marketplaceId, side, status })
        .from(participations)
        .where(inArray(companyId, [...companyIds]))
        .orderBy(companyId, marketplaceId);
    },

    async marketplaceOfTender(actor, tenderId) {
      if (!isSystem(actor)) return undefined;
      const [row] = await db
        .select({ marketplaceId: tenders.marketplaceId })
        .from(tenders)
        .where(eq(tenders.id, tenderId));
      return row?.marketplaceId;
    },
  };
}
