import type { LotRules, Visibility } from "@kontor/protocol";
import type { LiveAuction } from "./live-state.ts";

/** What an audience may see of the bidding; own bids, the clock, extensions and pauses are always shown. */
export type Sight = {
  /** The best price and what follows from it: the next price, whether the reserve is met, the number of bids. */
  readonly best: boolean;
  /** All bidders' prices by alias. */
  readonly prices: boolean;
  readonly count: boolean;
  readonly rank: boolean;
  /** Leading, tied or behind. */
  readonly standing: boolean;
};

const everything: Sight = { best: true, prices: true, count: true, rank: true, standing: true };
const nothing: Sight = { best: false, prices: false, count: false, rank: false, standing: false };

const live: Readonly<Record<Visibility, Sight>> = {
  full: everything,
  lead: { ...everything, prices: false },
  rank: { ...nothing, rank: true, standing: true },
  traffic: { ...nothing, standing: true },
  sealed: nothing,
};

/** Once the result is declared; prices that a mode never shows stay hidden. */
const revealed: Readonly<Record<Visibility, Sight>> = {
  ...live,
  traffic: { ...live.traffic, rank: true },
  sealed: everything,
};

export type Sights = { readonly public: Sight; readonly bidder: Sight; readonly owner: Sight };

export function sightsOf(rules: Pick<LotRules, "visibility" | "showBidderCount">, isRevealed: boolean): Sights {
  const { visibility, showBidderCount } = rules;
  const counted = (sight: Sight): Sight => (showBidderCount ? { ...sight, count: true } : sight);
  return {
    public: counted(visibility === "full" ? everything : nothing),
    bidder: counted((isRevealed ? revealed : live)[visibility]),
    owner: everything,
  };
}

export function seesBestPrice(visibility: Visibility): boolean {
  return live[visibility].best;
}

/** Whether a bidder may be told which prices would pass: not where that tells a rival's price. */
export function mayTellBounds({ rules, format }: Pick<LiveAuction, "rules" | "format">): boolean {
  return seesBestPrice(rules.visibility) || (!format.followsRivals(rules) && rules.tiesAllowed);
}
