import type { Decision, Micros } from "@kontor/kernel";
import { accept, formatDecimal, laterBy, limits, reject } from "@kontor/kernel";
import type { Leader, LiveEvent, TenderRejection } from "@kontor/protocol";
import { reserveMet, shownAfter, validBids } from "./book.ts";
import { closedToBids, extended, softClosedEnd } from "./clock.ts";
import type { Bid, LiveAuction } from "./live-state.ts";
import { bidIdOf, bidsUntil, leaderOf } from "./live-state.ts";
import { judgeOffer } from "./price-answers.ts";
import { triggers } from "./soft-close.ts";
import type { Move } from "./standings.ts";
import { moveOf, rankAfter } from "./standings.ts";

export type By = { readonly companyId: string; readonly userId: string; readonly at: Micros };
export type InitialBid = By & { readonly price: bigint };

type LiveDecision = Decision<LiveEvent, TenderRejection>;
type WrittenPrice = { readonly text: string; readonly pointer: "/price" | "/maximum" };

/** A price, or a maximum where the format takes one. */
export function decideOffer(auction: LiveAuction, { text, pointer }: WrittenPrice, by: By): LiveDecision {
  const refusal = closedToBids(auction, by.at) ?? roomForBid(auction);
  if (refusal !== null) return reject(refusal);
  if (pointer === "/maximum" && !auction.format.takesMaximum)
    return reject({ code: "bad_format", pointer: "/type", rule: "format" });
  const offer = judgeOffer(auction, { companyId: by.companyId, text, pointer });
  if (typeof offer !== "bigint") return reject(offer);
  const outcome = outcomeOf(auction, { ...by, offer, source: "live" });
  return accept(acceptedEvent(auction, outcome), ...endEvents(auction, outcome));
}

/** Every bid stays in memory with its lot; a purchase ends it and is always taken. */
function roomForBid(auction: LiveAuction): TenderRejection | null {
  const { bidsPerLotMax: limit } = limits;
  return bidsUntil(auction) < limit ? null : { code: "limit_reached", rule: "bids", limit };
}

/** The lot is sold at once; only while no bid meets the reserve, and without one only before the first bid. */
export function decideBuyNow(auction: LiveAuction, by: By): LiveDecision {
  const refusal = closedToBids(auction, by.at);
  if (refusal !== null) return reject(refusal);
  const { buyNow } = auction.rules;
  const leader = leaderOf(auction);
  const taken = leader !== null && (reserveMet(auction) || (buyNow !== null && buyNow <= leader.offer));
  if (buyNow === null || auction.format.sign === -1n || taken) return reject({ code: "buy_now_unavailable" });
  const outcome = outcomeOf(auction, { ...by, offer: buyNow, source: "buy_now" });
  const { tenderId, lotId } = auction.setup;
  const bids = validBids(auction.book) + 1;
  return accept(acceptedEvent(auction, outcome), {
    type: "lot_closed",
    tenderId,
    lotId,
    outcome: "sold",
    leader: outcome.leader,
    bids,
  });
}

/** Unchecked, for it was checked when it was handed in; neither starts nor moves the clock. */
export function decideInitial(auction: LiveAuction, { price, ...by }: InitialBid): LiveEvent {
  return acceptedEvent(auction, outcomeOf(auction, { ...by, offer: price, source: "initial" }));
}

type Outcome = {
  readonly bid: Bid;
  readonly move: Move;
  /** False when a proxy's new maximum leaves the shown price as it was. */
  readonly moved: boolean;
  readonly leader: Leader;
};

type Draft = By & Pick<Bid, "offer" | "source">;

function outcomeOf(auction: LiveAuction, draft: Draft): Outcome {
  const { book, before, setup, rules } = auction;
  const shown = shownAfter(auction, draft);
  const number = book.bids.length + 1;
  const bid: Bid = { ...draft, number, shown: shown ?? draft.offer };
  const move = moveOf(book, bid, before);
  const first = move.to === 0 ? bid : (book.order[0] ?? bid);
  const price = formatDecimal(shown ?? first.offer, rules.priceScale);
  return {
    bid,
    move,
    moved: shown === null || move.from !== 0 || shown !== book.shown,
    leader: { companyId: first.companyId, bidId: bidIdOf(setup, first.number), price },
  };
}

function acceptedEvent(auction: LiveAuction, { bid, move, leader }: Outcome): LiveEvent {
  const { setup, rules, format, book } = auction;
  const { number, companyId, userId, source } = bid;
  const bidId = bidIdOf(setup, number);
  const rank = rankAfter(book, bid, { move, tieRule: rules.tieRule });
  const common = { tenderId: setup.tenderId, lotId: setup.lotId, bidId, companyId, userId, rank };
  const isRaise = format.takesMaximum && source === "live" && move.from === 0;
  const led = isRaise || leader.bidId !== bidId ? { ...common, leader } : common;
  const answered = source === "initial" ? led : { ...led, visibility: rules.visibility };
  const maximum = formatDecimal(bid.offer, rules.priceScale);
  if (isRaise) return { type: "proxy_changed", ...answered, leader, maximum };
  const price = formatDecimal(bid.shown, rules.priceScale);
  return { type: "bid_accepted", ...answered, price, ...(format.takesMaximum ? { maximum } : {}), source };
}

/** A first bid starts the clock, a later one may move the end. */
function endEvents(auction: LiveAuction, { bid, move, moved }: Outcome): readonly LiveEvent[] {
  const { clock, rules } = auction;
  if (clock.ends === null)
    return [extended(auction, { endsAt: laterBy(bid.at, rules.durationMs), cause: "first_bid" })];
  if (!triggers(rules.softClose, { ...move, moved })) return [];
  const endsAt = softClosedEnd(auction, bid.at);
  return endsAt === null ? [] : [extended(auction, { endsAt, cause: "soft_close" })];
}
