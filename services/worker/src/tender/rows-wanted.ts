import type { RowsWanted } from "@kontor/db";
import type { TenderEvent, TenderEventType } from "@kontor/protocol";

const rewritesLots: ReadonlySet<TenderEventType> = new Set([
  "tender_drafted",
  "tender_revised",
  "tender_published",
  "tender_amended",
  "tender_cancelled",
]);

/** Events that every supplier of the tender, or of the lot, is told of. */
const concernsAll: ReadonlySet<TenderEventType> = new Set([
  "tender_amended",
  "tender_cancelled",
  "tender_finished",
  "question_answered",
  "lot_scheduled",
  "lot_closed",
  "lot_cancelled",
  "lot_aborted",
  "lot_replanned",
  "lot_unsuccessful",
  "award_accepted",
]);

const concernsBidders: ReadonlySet<TenderEventType> = new Set(["lot_closed", "award_accepted"]);

/** What the projections of these events build on. */
export function rowsWantedBy(tenderId: string, events: readonly TenderEvent[]): RowsWanted {
  const ids = {
    lots: new Set<string>(),
    bids: new Set<string>(),
    bidders: new Set<string>(),
    judged: new Set<string>(),
    suppliers: new Set<string>(),
    questions: new Set<string>(),
    awards: new Set<string>(),
    contracts: new Set<string>(),
    biddersOf: new Set<string>(),
  };
  let allLots = false;
  let allSuppliers = false;
  for (const event of events) {
    allLots ||= rewritesLots.has(event.type);
    allSuppliers ||= concernsAll.has(event.type);
    // Nearly all of a journal; a bid builds on nothing but its lot and its bidder's alias.
    if (event.type === "bid_accepted" || event.type === "proxy_changed") {
      ids.lots.add(event.lotId);
      ids.bidders.add(event.companyId);
      continue;
    }
    if ("companyId" in event) ids.suppliers.add(event.companyId);
    if ("questionId" in event) ids.questions.add(event.questionId);
    if ("awardId" in event) ids.awards.add(event.awardId);
    if ("contractId" in event) ids.contracts.add(event.contractId);
    if (event.type === "lots_shifted") for (const lotId of event.lotIds) ids.lots.add(lotId);
    if (!("lotId" in event)) continue;
    ids.lots.add(event.lotId);
    if ("bidId" in event) ids.bids.add(event.bidId);
    if (event.type === "price_evaluated" || event.type === "price_disqualified") ids.judged.add(event.companyId);
    if (concernsBidders.has(event.type)) ids.biddersOf.add(event.lotId);
  }
  return {
    tenderId,
    lotIds: allLots ? "all" : [...ids.lots],
    bidIds: [...ids.bids],
    aliasesOf: [...ids.bidders],
    pricesOf: [...ids.judged],
    supplierIds: allSuppliers ? "all" : [...ids.suppliers],
    questionIds: [...ids.questions],
    awardIds: [...ids.awards],
    contractIds: [...ids.contracts],
    biddersOfLots: [...ids.biddersOf],
  };
}
