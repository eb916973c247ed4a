import type { Actor } from "@kontor/kernel";
import type { InitialPriceRecord } from "@kontor/protocol";
import type { SQL } from "drizzle-orm";
import { and, eq, getTableColumns, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { initialPrices, lotBidders, lots } from "../schema/read-models-lots.ts";
import { tenderSuppliers, tenders } from "../schema/read-models-tenders.ts";
import { oneOf } from "./filters.ts";
import type { Order } from "./keyset.ts";
import { isCount, isInstant, isText, pageFrom } from "./keyset.ts";
import type { SeenLot } from "./lot-records.ts";
import { summaryOfLot } from "./lot-records.ts";
import { instantOf, present } from "./record-members.ts";
import { allOf, anyOf, isOwnCompany, ofOwnCompany, runsTender, seesAll, seesTender } from "./scope.ts";
import type { LotRepository } from "./trading-records.ts";

const byNumber: Order = { name: "number", by: lots.number, id: lots.id, direction: "asc", accepts: isCount };
const byOpening: Order = { name: "opens", by: lots.opensAt, id: lots.id, direction: "asc", accepts: isInstant };
const byCompany: Order = {
  name: "company",
  by: initialPrices.companyId,
  id: initialPrices.lotId,
  direction: "asc",
  accepts: isText,
};

const isClosed = sql`${lots.closedAt} is not null`;

export function createLotRepository(db: Database): LotRepository {
  const selected = (actor: Actor) => {
    const ownSupply = and(eq(tenderSuppliers.tenderId, lots.tenderId), ofOwnCompany(actor, tenderSuppliers.companyId));
    return db
      .select({
        lot: getTableColumns(lots),
        ownerCompanyId: tenders.ownerCompanyId,
        admitted: sql<boolean | null>`${tenderSuppliers.state} = 'admitted'`,
        winnerAlias: sql<number | null>`(
          select alias from ${lotBidders} as winner
          where winner.lot_id = ${lots.id} and winner.company_id = ${lots.winnerCompanyId})`,
      })
      .from(lots)
      .innerJoin(tenders, eq(tenders.id, lots.tenderId))
      .leftJoin(tenderSuppliers, ownSupply)
      .$dynamic();
  };

  return {
    async list(actor, { tenderId, phase, format, takingPart, ...page }) {
      const wanted = allOf(
        seesTender(actor),
        tenderId === undefined ? undefined : eq(lots.tenderId, tenderId),
        oneOf(lots.phase, phase),
        oneOf(lots.format, format),
        takingPart && sql`${tenderSuppliers.state} is not null`,
      );
      const order = tenderId === undefined ? byOpening : byNumber;
      const seen = (row: Omit<SeenLot, "ownersSide">): SeenLot => ({
        ...row,
        ownersSide: seesAll(actor) || isOwnCompany(actor, row.ownerCompanyId),
      });
      return await pageFrom(page, {
        order,
        rows: ({ after, orderBy, limit }) =>
          selected(actor)
            .where(allOf(wanted, after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ lot }) => [order === byOpening ? lot.opensAt : lot.number, lot.id],
        entryOf: (row) => summaryOfLot(seen(row)),
      });
    },

    initialPrices: (actor, lotId, query) =>
      pageFrom(query, {
        order: byCompany,
        rows: ({ after, orderBy, limit }) =>
          db
            .select(getTableColumns(initialPrices))
            .from(initialPrices)
            .innerJoin(tenders, eq(tenders.id, initialPrices.tenderId))
            .innerJoin(lots, eq(lots.id, initialPrices.lotId))
            .where(allOf(seesInitialPrice(actor), eq(initialPrices.lotId, lotId), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ companyId }) => [companyId, lotId],
        entryOf: initialPriceOf,
      }),
  };
}

/** Needs `initialPrices`, `tenders` and `lots` in the query. */
function seesInitialPrice(actor: Actor): SQL {
  return allOf(
    seesTender(actor),
    anyOf(
      allOf(runsTender(actor), anyOf(eq(lots.format, "sealed"), isClosed)),
      ofOwnCompany(actor, initialPrices.companyId),
    ),
  );
}

function initialPriceOf(row: typeof initialPrices.$inferSelect): InitialPriceRecord {
  const { lotId, tenderId, companyId, price, currency, at, evaluatedPrice, note, disqualified } = row;
  return {
    lotId,
    tenderId,
    companyId,
    price,
    currency,
    at: instantOf(at),
    ...present({ evaluatedPrice, note, disqualified }),
  };
}
