import type { Column, SQL } from "drizzle-orm";
import { and, eq, inArray, max } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { awards, bids, contracts, initialPrices, lotBidders, lots } from "../schema/read-models-lots.ts";
import { questions, tenderSuppliers, tenders } from "../schema/read-models-tenders.ts";
import type { RowsFound, RowsWanted } from "./projection-rows.ts";

/** Reads what a batch of events builds on. What nobody wants costs no statement. */
export async function loadRows(tx: Database, wanted: RowsWanted): Promise<RowsFound> {
  const { tenderId } = wanted;
  const inTender = (column: Column) => eq(column, tenderId);
  const lotsWanted = wanted.lotIds === "all" ? inTender(lots.tenderId) : idsOf(lots.id, wanted.lotIds);
  const suppliersWanted =
    wanted.supplierIds === "all"
      ? inTender(tenderSuppliers.tenderId)
      : idsOf(tenderSuppliers.companyId, wanted.supplierIds);
  const pricesWanted = idsOf(initialPrices.companyId, wanted.pricesOf);
  const [tender] = await tx.select().from(tenders).where(eq(tenders.id, tenderId));
  return {
    tender,
    lots: await when(lotsWanted, (where) => tx.select().from(lots).where(where)),
    ...(await loadAliases(tx, wanted)),
    bids: await when(idsOf(bids.id, wanted.bidIds), (where) => tx.select().from(bids).where(where)),
    initialPrices: await when(pricesWanted, (where) =>
      tx
        .select()
        .from(initialPrices)
        .where(and(where, inTender(initialPrices.tenderId))),
    ),
    suppliers: await when(suppliersWanted, (where) =>
      tx
        .select()
        .from(tenderSuppliers)
        .where(and(where, inTender(tenderSuppliers.tenderId))),
    ),
    questions: await when(idsOf(questions.id, wanted.questionIds), (where) => tx.select().from(questions).where(where)),
    awards: await when(idsOf(awards.id, wanted.awardIds), (where) => tx.select().from(awards).where(where)),
    contracts: await when(idsOf(contracts.id, wanted.contractIds), (where) => tx.select().from(contracts).where(where)),
    bidders: await biddersOf(tx, wanted.biddersOfLots),
  };
}

/** Nearly every bidder has an alias in its lot: the highest one is asked for when one may be missing. */
async function loadAliases(
  tx: Database,
  { tenderId, lotIds, aliasesOf }: RowsWanted,
): Promise<Pick<RowsFound, "lotBidders" | "lastAliases">> {
  if (aliasesOf.length === 0) return { lotBidders: [], lastAliases: [] };
  const inLots = lotIds === "all" ? eq(lotBidders.tenderId, tenderId) : inArray(lotBidders.lotId, [...lotIds]);
  const known = await tx
    .select()
    .from(lotBidders)
    .where(and(inLots, inArray(lotBidders.companyId, [...aliasesOf])));
  if (lotIds !== "all" && known.length === lotIds.length * aliasesOf.length)
    return { lotBidders: known, lastAliases: [] };
  const lastAliases = await tx
    .select({ lotId: lotBidders.lotId, alias: max(lotBidders.alias).mapWith(Number) })
    .from(lotBidders)
    .where(inLots)
    .groupBy(lotBidders.lotId);
  return { lotBidders: known, lastAliases };
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

function idsOf(column: Column, ids: readonly string[]): SQL | null {
  return ids.length === 0 ? null : inArray(column, [...ids]);
}

async function when<Row>(
  where: SQL | null,
  select: (where: SQL) => PromiseLike<readonly Row[]>,
): Promise<readonly Row[]> {
  return where === null ? [] : await select(where);
}
