import type { SQL } from "drizzle-orm";
import { and, eq, inArray, max } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { awards, bids, contracts, initialPrices, lotBidders, lots } from "../schema/read-models-lots.ts";
import { questions, tenderSuppliers, tenders } from "../schema/read-models-tenders.ts";
import type { RowsFound, RowsWanted } from "./projection-rows.ts";

/** Reads what a batch of events builds on. What nobody wants costs no statement. */
export async function loadRows(tx: Database, wanted: RowsWanted): Promise<RowsFound> {
  const { tenderId, companyIds } = wanted;
  const [tender] = await tx.select().from(tenders).where(eq(tenders.id, tenderId));
  const lotsWanted = wanted.lotIds === "all" ? eq(lots.tenderId, tenderId) : idsOf(lots.id, wanted.lotIds);
  const ofLots = wanted.lotIds === "all" ? undefined : wanted.lotIds;
  const suppliersWanted =
    wanted.supplierIds === "all" ? undefined : idsOf(tenderSuppliers.companyId, wanted.supplierIds);
  return {
    tender,
    lots: await when(lotsWanted, (where) => tx.select().from(lots).where(where)),
    lotBidders: await when(idsOf(lotBidders.companyId, companyIds), (where) =>
      tx
        .select()
        .from(lotBidders)
        .where(and(where, eq(lotBidders.tenderId, tenderId), ofLots && inArray(lotBidders.lotId, [...ofLots]))),
    ),
    bids: await when(idsOf(bids.id, wanted.bidIds), (where) => tx.select().from(bids).where(where)),
    initialPrices: await when(idsOf(initialPrices.companyId, companyIds), (where) =>
      tx
        .select()
        .from(initialPrices)
        .where(and(where, eq(initialPrices.tenderId, tenderId))),
    ),
    suppliers:
      suppliersWanted === null
        ? []
        : await tx
            .select()
            .from(tenderSuppliers)
            .where(and(suppliersWanted, eq(tenderSuppliers.tenderId, tenderId))),
    questions: await when(idsOf(questions.id, wanted.questionIds), (where) => tx.select().from(questions).where(where)),
    awards: await when(idsOf(awards.id, wanted.awardIds), (where) => tx.select().from(awards).where(where)),
    contracts: await when(idsOf(contracts.id, wanted.contractIds), (where) => tx.select().from(contracts).where(where)),
    bidders: await biddersOf(tx, wanted.biddersOfLots),
    lastAliases: await when(companyIds.length > 0 && ofLots ? idsOf(lotBidders.lotId, ofLots) : null, (where) =>
      tx
        .select({ lotId: lotBidders.lotId, alias: max(lotBidders.alias).mapWith(Number) })
        .from(lotBidders)
        .where(where)
        .groupBy(lotBidders.lotId),
    ),
  };
}

async function biddersOf(tx: Database, lotIds: readonly string[]): Promise<RowsFound["bidders"]> {
  const live = await when(idsOf(bids.lotId, lotIds), (where) =>
    tx.selectDistinct({ lotId: bids.lotId, companyId: bids.companyId }).from(bids).where(where),
  );
  const sealed = await when(idsOf(initialPrices.lotId, lotIds), (where) =>
    tx.select({ lotId: initialPrices.lotId, companyId: initialPrices.companyId }).from(initialPrices).where(where),
  );
  return [...live, ...sealed];
}

function idsOf(column: Parameters<typeof inArray>[0] & object, ids: readonly string[]): SQL | null {
  return ids.length === 0 ? null : inArray(column as never, [...ids]);
}

async function when<Row>(
  where: SQL | null,
  select: (where: SQL) => PromiseLike<readonly Row[]>,
): Promise<readonly Row[]> {
  return where === null ? [] : await select(where);
}
