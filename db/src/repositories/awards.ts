import type { Actor } from "@kontor/kernel";
import type { AwardRecord } from "@kontor/protocol";
import { eq, getTableColumns } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { awards } from "../schema/read-models-lots.ts";
import { nameOfCompany } from "./company-names.ts";
import { oneOf } from "./filters.ts";
import type { Order } from "./keyset.ts";
import { isInstant, pageFrom } from "./keyset.ts";
import { instantOf, present } from "./record-members.ts";
import { allOf, anyOf, inMarketplace, ofCompanyOrStaff, ofOwnCompany } from "./scope.ts";
import type { AwardRepository } from "./trading-records.ts";

const newest: Order = { name: "proposed", by: awards.proposedAt, id: awards.id, direction: "desc", accepts: isInstant };

export function createAwardRepository(db: Database): AwardRepository {
  const selected = () =>
    db
      .select({ ...getTableColumns(awards), companyName: nameOfCompany(awards.companyId) })
      .from(awards)
      .$dynamic();

  return {
    async list(actor, { tenderId, lotId, status, ...page }) {
      const wanted = allOf(
        seesAward(actor),
        tenderId === undefined ? undefined : eq(awards.tenderId, tenderId),
        lotId === undefined ? undefined : eq(awards.lotId, lotId),
        oneOf(awards.status, status),
      );
      return await pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          selected()
            .where(allOf(wanted, after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ proposedAt, id }) => [proposedAt, id],
        entryOf: recordOf,
      });
    },

    async find(actor, awardId) {
      const [row] = await selected().where(allOf(seesAward(actor), eq(awards.id, awardId)));
      return row && recordOf(row);
    },
  };
}

function seesAward(actor: Actor) {
  return allOf(
    inMarketplace(actor, awards.marketplaceId),
    anyOf(ofCompanyOrStaff(actor, awards.ownerCompanyId), ofOwnCompany(actor, awards.companyId)),
  );
}

function recordOf(row: typeof awards.$inferSelect & { readonly companyName: string | null }): AwardRecord {
  return {
    awardId: row.id,
    lotId: row.lotId,
    tenderId: row.tenderId,
    marketplaceId: row.marketplaceId,
    companyId: row.companyId,
    ownerCompanyId: row.ownerCompanyId,
    status: row.status,
    price: row.price,
    currency: row.currency,
    rank: row.rank,
    proposedAt: instantOf(row.proposedAt),
    ...present({
      companyName: row.companyName,
      reason: row.reason,
      decidedAt: instantOf(row.decidedAt),
      standstillEndsAt: instantOf(row.standstillEndsAt),
    }),
  };
}
