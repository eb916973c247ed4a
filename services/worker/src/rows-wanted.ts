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

/** Bids are nearly all of a journal, and a new one builds on nothing but its lot and its bidder's alias. */
const makesBid: ReadonlySet<TenderEventType> = new Set(["bid_accepted", "proxy_changed"]);

/** What the projections of these events build on. */
export function rowsWantedBy(tenderId: string, events: readonly TenderEvent[]): RowsWanted {
  const ids = {
    lots: new Set<string>(),
    bids: new Set<string>(),
    companies: new Set<string>(),
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
    if ("companyId" in event) ids.companies.add(event.companyId);
    if ("questionId" in event) ids.questions.add(event.questionId);
    if ("awardId" in event) ids.awards.add(event.awardId);
    if ("contractId" in event) ids.contracts.add(event.contractId);
    if (!("lotId" in event)) continue;
    ids.lots.add(event.lotId);
    if ("bidId" in event && !makesBid.has(event.type)) ids.bids.add(event.bidId);
    if (concernsBidders.has(event.type)) ids.biddersOf.add(event.lotId);
  }
  return {
    tenderId,
    lotIds: allLots ? "all" : [...ids.lots],
    bidIds: [...ids.bids],
    companyIds: [...ids.companies],
    supplierIds: allSuppliers ? "all" : [...ids.companies],
    questionIds: [...ids.questions],
    awardIds: [...ids.awards],
    contractIds: [...ids.contracts],
    biddersOfLots: [...ids.biddersOf],
  };
}
