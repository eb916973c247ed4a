import { larger, smaller, upToGrid } from "./limits.ts";
import type { BidDraft, Book, CompiledRules, Format } from "./live-state.ts";
import { leaderOf } from "./live-state.ts";

/**
 * Proxy bidding over the English forward auction: bidders hand in secret maxima and the price moves only as far as the
 * runner-up forces it. A plain bid is a maximum too. A maximum is no price, so the greatest step does not bind it, and
 * it may equal another's, for a refusal would tell that.
 */
export const proxyForward: Format = {
  sign: 1n,
  fixed: { tiesAllowed: true, stepMax: null },
  takesMaximum: true,
  shownAfter,

  objectionTo(auction, offer) {
    const leader = leaderOf(auction);
    if (leader === null) return null;
    const own = auction.book.current.get(offer.companyId)?.offer;
    if (own !== undefined && offer.price <= own) return { code: "not_better_than_own", limit: own };
    if (leader.companyId === offer.companyId) return null;
    const least = leastFor(auction.rules, auction.book);
    return offer.price < least ? { code: "step_too_small", limit: least } : null;
  },

  windowsFor(auction, companyId) {
    const leader = leaderOf(auction);
    if (leader === null) return [{ low: null, high: null }];
    if (leader.companyId === companyId) return [{ low: leader.offer + 1n, high: null }];
    return [{ low: leastFor(auction.rules, auction.book), high: null }];
  },

  tells: () => ({ steps: "leader", buffers: "none", gaps: "none" }),
};

function leastFor(rules: CompiledRules, book: Book): bigint {
  const shown = book.shown ?? 0n;
  return shown + rules.stepMin(shown);
}

/** The reserve, hidden or shown, is met on the bidder's behalf as soon as a maximum reaches it. */
function shownAfter(rules: CompiledRules, book: Book, bid: BidDraft): bigint {
  if (bid.source === "buy_now") return bid.offer;
  const top = larger(book.order[0]?.offer ?? bid.offer, bid.offer);
  if (rules.reservePrice !== null && top < rules.reservePrice) return top;
  const contested = contestedPrice(rules, book, bid);
  const met = rules.reservePrice === null ? contested : larger(contested, rules.reservePrice);
  return smaller(upToGrid(met, rules.limits.grid), top);
}

/** The price to which the two highest maxima push each other. */
function contestedPrice(rules: CompiledRules, book: Book, bid: BidDraft): bigint {
  const [leader, second] = book.order;
  const shown = book.shown;
  if (leader === undefined || shown === null) return rules.limits.low ?? 1n;
  const over = (maximum: bigint): bigint => upToGrid(maximum + rules.stepMin(maximum), rules.limits.grid);
  if (leader.companyId === bid.companyId) {
    // His raise completes a step that the old maximum had cut short.
    return second === undefined ? shown : larger(shown, smaller(bid.offer, over(second.offer)));
  }
  if (bid.offer > leader.offer) return larger(shown, smaller(bid.offer, over(leader.offer)));
  return larger(shown, smaller(leader.offer, over(bid.offer)));
}
