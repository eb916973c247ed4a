import type { Micros } from "@kontor/kernel";
import type { TenderEvent } from "@kontor/protocol";
import { decideExclusion } from "../live/live-auction.ts";
import { nextBest, undoneAward, unsuccessful } from "./awards.ts";
import { candidates } from "./order.ts";
import type { Lot, Tender } from "./state.ts";
import { standingAward } from "./state.ts";

type Why = { readonly reason: string; readonly at: Micros };

/** His award falls to the next best; without one, an evaluation that has nobody else left is over. */
function awardEvents(tender: Tender, lot: Lot, who: { companyId: string; reason: string }): TenderEvent[] {
  const { companyId, reason } = who;
  if (standingAward(lot)?.companyId === companyId) {
    return [...undoneAward(tender, lot, reason), nextBest(tender, lot, companyId)];
  }
  const alone = lot.phase === "evaluation" && candidates(tender, lot, companyId).length === 0;
  return alone ? [unsuccessful(tender, lot, "all_rejected")] : [];
}

/** What an exclusion means for the lots: bids void, leaders anew, awards to the next best; a contract stands. */
export function exclusionEvents(tender: Tender, companyId: string, why: Why): TenderEvent[] {
  const events: TenderEvent[] = [];
  for (const lot of tender.lots.values()) {
    if (lot.ended || lot.contract !== null) continue;
    if (lot.auction !== null) events.push(...decideExclusion(lot.auction, companyId, why));
    events.push(...awardEvents(tender, lot, { companyId, reason: why.reason }));
  }
  return events;
}
