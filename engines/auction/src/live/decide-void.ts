import type { Decision, Micros } from "@kontor/kernel";
import { accept, formatDecimal, reject } from "@kontor/kernel";
import type { Leader, LiveEvent, TenderRejection } from "@kontor/protocol";
import { bidById, trialBook, withdraw } from "./book.ts";
import { extended, notRunning, phaseOf, softClosedEnd } from "./clock.ts";
import type { Bid, LiveAuction } from "./live-state.ts";
import { bidIdOf, leaderOf } from "./live-state.ts";

type VoidBid = { readonly bidId: string; readonly reason: string };

/** While the lot runs or is paused; who leads then follows from the remaining bids. */
export function decideVoid(
  auction: LiveAuction,
  { bidId, reason }: VoidBid,
  at: Micros,
): Decision<LiveEvent, TenderRejection> {
  const bid = bidById(auction, bidId);
  if (bid === null) return reject({ code: "bid_not_found", pointer: "/bidId" });
  const refusal = notRunning(auction, at);
  if (refusal !== null) return reject(refusal);
  if (auction.book.voided.has(bid.number)) return reject({ code: "bid_already_voided", pointer: "/bidId" });
  return accept(voided({ ...auction, book: trialBook(auction.book) }, bid, reason));
}

/**
 * Voids all bids of a company, oldest first, at any phase. The clock is never shortened; if the company led where a
 * bid would extend the lot, its rivals get that extension once.
 */
export function decideExclusion(
  auction: LiveAuction,
  companyId: string,
  { reason, at }: { readonly reason: string; readonly at: Micros },
): readonly LiveEvent[] {
  const led = leaderOf(auction)?.companyId === companyId;
  const trial = { ...auction, book: trialBook(auction.book) };
  const events = (trial.book.ofCompany.get(companyId) ?? [])
    .filter(({ number }) => !trial.book.voided.has(number))
    .map((bid) => voided(trial, bid, reason));
  const endsAt = led && phaseOf(auction.clock) !== "closed" ? softClosedEnd(auction, at) : null;
  return endsAt === null ? events : [...events, extended(auction, { endsAt, cause: "exclusion", reason })];
}

/** Withdraws the bid from the trial and says who leads then. */
function voided(trial: LiveAuction, bid: Bid, reason: string): LiveEvent {
  withdraw(trial, bid);
  const { tenderId, lotId } = trial.setup;
  const leader = publishedLeader(trial);
  return {
    type: "bid_voided",
    tenderId,
    lotId,
    bidId: bidIdOf(trial.setup, bid.number),
    companyId: bid.companyId,
    reason,
    ...(leader === null ? {} : { leader }),
  };
}

export function publishedLeader(auction: LiveAuction): Leader | null {
  const leader = leaderOf(auction);
  const { shown } = auction.book;
  if (leader === null || shown === null) return null;
  return {
    companyId: leader.companyId,
    bidId: bidIdOf(auction.setup, leader.number),
    price: formatDecimal(shown, auction.rules.priceScale),
  };
}
