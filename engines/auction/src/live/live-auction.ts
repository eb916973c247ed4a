/*
 * The live auction of one lot, for the tender procedure around it. The auction object is mutable and owned by the
 * caller: decide* never change it, evolveLive may. The caller has checked existence, ownership and admission.
 */
import type { Decision, Micros } from "@kontor/kernel";
import { unreachable } from "@kontor/kernel";
import type { LiveEvent, TenderCommandOf, TenderRejection } from "@kontor/protocol";
import { reserveMet, validBids } from "./book.ts";
import { decideExtension, decidePause, decideResume, effectiveEnd, phaseOf } from "./clock.ts";
import type { By } from "./decide-offer.ts";
import { decideBuyNow, decideOffer } from "./decide-offer.ts";
import { decideVoid, publishedLeader } from "./decide-void.ts";
import type { LiveAuction } from "./live-state.ts";
import { bidIdOf, standingPrice } from "./live-state.ts";
import { neighboursOf } from "./standings.ts";
import { rankOf } from "./ties.ts";

export { decideOutage, endAfterOutage, extendTo, notRunning } from "./clock.ts";
export type { By } from "./decide-offer.ts";
export { decideInitial } from "./decide-offer.ts";
export { decideExclusion } from "./decide-void.ts";
export { evolveBid, evolveLive } from "./evolve-live.ts";
export { decodeLive, encodeLive } from "./live-encoding.ts";
export type { LiveAuction, LiveSetup } from "./live-state.ts";
export { bidNumberOf, bidsUntil } from "./live-state.ts";
export type { LiveViews } from "./live-views.ts";
export { liveViews } from "./live-views.ts";
export { openAuction } from "./open-auction.ts";
export { faultsOfRules } from "./rule-faults.ts";
export { capMsOf } from "./soft-close.ts";

export type LiveCommand = TenderCommandOf<
  "submit_bid" | "set_proxy" | "buy_now" | "pause_lot" | "resume_lot" | "extend_lot" | "void_bid"
>;

/** Open or paused or closed, format, absolute limits, relative limits; the first that fails is the answer. */
export function decideLive(auction: LiveAuction, command: LiveCommand, by: By): Decision<LiveEvent, TenderRejection> {
  switch (command.type) {
    case "submit_bid":
      return decideOffer(auction, { text: command.price, pointer: "/price" }, by);
    case "set_proxy":
      return decideOffer(auction, { text: command.maximum, pointer: "/maximum" }, by);
    case "buy_now":
      return decideBuyNow(auction, by);
    case "pause_lot":
      return decidePause(auction, command, by.at);
    case "resume_lot":
      return decideResume(auction, by.at);
    case "extend_lot":
      return decideExtension(auction, command, by.at);
    case "void_bid":
      return decideVoid(auction, command, by.at);
    default:
      return unreachable(command);
  }
}

/** `lot_closed` once the effective end is reached; nothing before, while paused or twice. */
export function decideDue(auction: LiveAuction, at: Micros): readonly LiveEvent[] {
  const wakeAt = liveWakeAt(auction);
  if (wakeAt === null || at < wakeAt) return [];
  const { tenderId, lotId } = auction.setup;
  const leader = publishedLeader(auction);
  const bids = validBids(auction.book);
  if (leader === null) return [{ type: "lot_closed", tenderId, lotId, outcome: "no_bids", bids }];
  const outcome = reserveMet(auction) ? "sold" : "reserve_unmet";
  return [{ type: "lot_closed", tenderId, lotId, outcome, leader, bids }];
}

/** The effective end of an open lot, a drawn delay included. */
export function liveWakeAt({ clock }: LiveAuction): Micros | null {
  return phaseOf(clock) === "open" ? effectiveEnd(clock) : null;
}

export type RankedBid = {
  readonly companyId: string;
  readonly bidId: string;
  /** Minor units: what the bidder would pay or be paid; in a proxy auction the leader's shown price, others' maxima. */
  readonly price: bigint;
  readonly at: Micros;
  /** By the tie rule, so it may be shared; the order of the list is the one for the award. */
  readonly rank: number;
};

/** Best first; the latest valid bid of every bidder. */
export function rankingOf({ book, rules, setup }: LiveAuction): readonly RankedBid[] {
  return neighboursOf(book.order).flatMap((neighbours) => {
    const bid = book.order[neighbours.before];
    if (bid === undefined) return [];
    const { companyId, number, at } = bid;
    const bidId = bidIdOf(setup, number);
    return [{ companyId, bidId, at, price: standingPrice(book, bid), rank: rankOf(rules.tieRule, neighbours) }];
  });
}
