import type { Micros } from "@kontor/kernel";
import { accept, reject } from "@kontor/kernel";
import type { TenderEvent } from "@kontor/protocol";
import { decideDue } from "../live/live-auction.ts";
import { afterClose, contractDrawn, unsuccessful } from "./awards.ts";
import type { TenderDecision } from "./call.ts";
import { earliestDue } from "./due.ts";
import { openingEvents } from "./opening.ts";
import { validPrices } from "./order.ts";
import type { Lot, Tender } from "./state.ts";
import { standingAward } from "./state.ts";

/**
 * Works off the earliest date that has come, one at a time: `wakeAt` tells whether another one waits. So every
 * decision sees what the one before has left, and no entry grows with the number of lots.
 */
export function advanceTime(tender: Tender, at: Micros): TenderDecision {
  const due = earliestDue(tender);
  if (due === null || due.at > at) return reject({ code: "nothing_due" });
  if (due.kind === "questions") {
    return accept<TenderEvent>({ type: "phase_reached", tenderId: tender.tenderId, phase: "submission" });
  }
  if (due.kind === "submissions") return accept(...closeSubmissions(tender));
  return due.lot === null
    ? reject({ code: "nothing_due" })
    : accept(...lotEvents(tender, due.lot, { kind: due.kind, at }));
}

type LotDue = { readonly kind: "opening" | "auction" | "reserve" | "standstill" | "decision"; readonly at: Micros };

function lotEvents(tender: Tender, lot: Lot, { kind, at }: LotDue): TenderEvent[] {
  const { tenderId } = tender;
  const award = standingAward(lot);
  if (kind === "opening") return openingEvents(tender, lot, at);
  if (kind === "auction") return auctionEvents(tender, lot, at);
  if (kind === "reserve") return [unsuccessful(tender, lot, "reserve_unmet")];
  if (award === null) return [];
  if (kind === "standstill") return [contractDrawn(tender, lot, award)];
  return [{ type: "award_overdue", tenderId, lotId: lot.lotId, awardId: award.awardId }];
}

function auctionEvents(tender: Tender, lot: Lot, at: Micros): TenderEvent[] {
  if (lot.auction === null) return [];
  const events: TenderEvent[] = [...decideDue(lot.auction, at)];
  const closed = events.find((event) => event.type === "lot_closed");
  return closed?.type === "lot_closed" ? [...events, ...afterClose(tender, lot, closed)] : events;
}

/** Opens the sealed prices of every lot; a lot with too few of those it requires is unsuccessful. */
function closeSubmissions(tender: Tender): TenderEvent[] {
  const { initialPrices, minBidders, singleBidder } = tender.terms.procedure;
  if (initialPrices === "none") return [];
  const events: TenderEvent[] = [];
  for (const lot of tender.lots.values()) {
    if (lot.ended) continue;
    const count = validPrices(tender, lot).length;
    events.push({ type: "initial_prices_opened", tenderId: tender.tenderId, lotId: lot.lotId, count });
    if (initialPrices === "optional") continue;
    if (count === 0) events.push(unsuccessful(tender, lot, "no_bids"));
    else if (count < minBidders || (count === 1 && singleBidder === "fail")) {
      events.push(unsuccessful(tender, lot, "too_few_bidders"));
    }
  }
  return events;
}
