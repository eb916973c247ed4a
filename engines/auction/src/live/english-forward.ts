import { larger } from "./limits.ts";
import type { Format, LiveAuction, Objection, Offer } from "./live-state.ts";
import { leaderOf } from "./live-state.ts";
import { mayNotImprove } from "./standings.ts";

/** English forward, open: every bid raises the leader by at least the step, or by the front buffer where it is larger. */
export const englishForward: Format = {
  sign: 1n,
  fixed: {},
  takesMaximum: false,
  shownAfter: null,

  objectionTo(auction, offer) {
    const leader = leaderOf(auction);
    if (leader === null) return null;
    if (mayNotImprove(auction, offer.companyId)) return { code: "already_leading" };
    const own = auction.book.current.get(offer.companyId)?.offer;
    if (own !== undefined && offer.price <= own) return { code: "not_better_than_own", limit: own };
    return stepObjection(auction, leader.offer, offer);
  },

  windowsFor(auction, companyId) {
    const leader = leaderOf(auction);
    if (leader === null) return [{ low: null, high: null }];
    if (companyId !== null && mayNotImprove(auction, companyId)) return [];
    return [{ low: leastOver(auction, leader.offer), high: mostOver(auction, leader.offer) }];
  },

  // The front buffer is but a larger step, and every bid leads, so no other rival's price is in its way.
  tells: () => ({ steps: "leader", buffers: "none", gaps: "none" }),
};

function stepObjection(auction: LiveAuction, best: bigint, { price }: Offer): Objection | null {
  const least = leastOver(auction, best);
  if (price < least) return { code: "step_too_small", limit: least };
  const most = mostOver(auction, best);
  return most !== null && price > most ? { code: "step_too_large", limit: most } : null;
}

function leastOver({ rules }: LiveAuction, best: bigint): bigint {
  return best + larger(rules.stepMin(best), rules.front);
}

function mostOver({ rules }: LiveAuction, best: bigint): bigint | null {
  return rules.stepMax === null ? null : best + rules.stepMax(best);
}
