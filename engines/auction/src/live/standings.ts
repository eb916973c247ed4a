import { invariant } from "@kontor/kernel";
import type { Bid, Book, LiveAuction } from "./live-state.ts";
import type { BidOrder, Neighbours, TieRule } from "./ties.ts";
import { rankOf } from "./ties.ts";

/** Places from 0 in the order before and after a bid; `from` is -1 for a newcomer. */
export type Move = { readonly from: number; readonly to: number };

/** Index of the first standing bid that does not come before `bid`. */
function placeFor(order: readonly Bid[], bid: Bid, before: BidOrder): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(order[middle] as Bid, bid) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where `bid` would move its bidder; never down, for a bid always improves on the one before it. */
export function moveOf(book: Book, bid: Bid, before: BidOrder): Move {
  const own = book.current.get(bid.companyId);
  return { from: own === undefined ? -1 : placeFor(book.order, own, before), to: placeFor(book.order, bid, before) };
}

/** Makes `bid` the one by which its bidder stands; those whom he overtakes move down by one place. */
export function stand(book: Book, bid: Bid, before: BidOrder): void {
  const { order, current } = book;
  const own = current.get(bid.companyId);
  const leads = order[0] === undefined || before(bid, order[0]) < 0; // As most bids do.
  const to = leads ? 0 : placeFor(order, bid, before);
  const from = own === undefined ? order.length : placeOf(order, own, before);
  invariant(to <= from, "a bid improves on the one before it");
  current.set(bid.companyId, bid);
  for (let place = from; place > to; place--) order[place] = order[place - 1] as Bid;
  order[to] = bid;
}

/** Among few, looking at each is quicker than comparing prices. */
const fewBids = 32;

function placeOf(order: readonly Bid[], own: Bid, before: BidOrder): number {
  const place = order.length <= fewBids ? order.lastIndexOf(own) : placeFor(order, own, before);
  invariant(order[place] === own, "a standing bid is found at its place");
  return place;
}

export function leave(book: Book, companyId: string, before: BidOrder): void {
  const own = book.current.get(companyId);
  if (own === undefined) return;
  book.order.splice(placeOf(book.order, own, before), 1);
  book.current.delete(companyId);
}

/** Rank that `bid` would have at its place. Where equals share a rank they stand by time, so all of them before it. */
export function rankAfter({ order }: Book, bid: Bid, { move, tieRule }: { move: Move; tieRule: TieRule }): number {
  let better = move.to;
  while (better > 0 && order[better - 1]?.offer === bid.offer) better--;
  return rankOf(tieRule, { better, equal: move.to - better, before: move.to });
}

/** For every place its neighbours, in one pass. */
export function neighboursOf(order: readonly Bid[]): readonly Neighbours[] {
  const all: Neighbours[] = [];
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && order[end]?.offer === order[start]?.offer) end++;
    for (let place = start; place < end; place++) all.push({ better: start, equal: end - start - 1, before: place });
    start = end;
  }
  return all;
}

export type Position = "leading" | "tied" | "behind";

/** Equal ranks share the lead as tied; where time or the draw decides, the first leads and his equals are tied. */
export function positionOf(tieRule: TieRule, { better, equal, before }: Neighbours): Position {
  if (better > 0) return "behind";
  if (equal === 0) return "leading";
  const shared = tieRule === "equal_best" || tieRule === "equal_worst";
  return before === 0 && !shared ? "leading" : "tied";
}

/**
 * Whether the company leads and the rules keep the leader from outbidding himself. Bidders who share the lead may;
 * in a sealed lot all may, for a refusal would tell the leader that he leads.
 */
export function mayNotImprove({ rules, book }: LiveAuction, companyId: string): boolean {
  if (rules.selfRaise || rules.visibility === "sealed") return false;
  const first = book.order[0];
  if (first === undefined || first.companyId !== companyId) return false;
  const equal = book.order[1]?.offer === first.offer ? 1 : 0;
  return positionOf(rules.tieRule, { better: 0, equal, before: 0 }) === "leading";
}

/** The price of the bidder ranked next above one who stands at `price` in a reverse lot; null when none is lower. */
export function nextLower(order: readonly Bid[], price: bigint): bigint | null {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((order[middle] as Bid).offer < price) low = middle + 1;
    else high = middle;
  }
  return order[low - 1]?.offer ?? null;
}

/** Whether another bidder stands at exactly this price. */
export function isTaken(book: Book, companyId: string | null, price: bigint): boolean {
  for (const bid of book.order) if (bid.offer === price && bid.companyId !== companyId) return true;
  return false;
}
