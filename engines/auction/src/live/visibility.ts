import type { LotRules, Visibility } from "@kontor/protocol";
import type { LiveAuction, Rivals } from "./live-state.ts";

/** What an audience may see of the bidding; own bids, the clock, extensions and pauses are always shown. */
export type Sight = {
  /** The best price and what follows from it: whether the reserve is met, the number of bids, mostly the next price. */
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

export function seesPriceOf(visibility: Visibility, rivals: Rivals): boolean {
  const { best, prices } = live[visibility];
  return rivals === "none" || (rivals === "leader" ? best : prices);
}

type Judged = Pick<LiveAuction, "rules" | "format">;

/** Whether a bidder may be told the bound that he crossed: not where that tells a rival's price he may not see. */
export function mayTellBound({ rules, format }: Judged): boolean {
  const { steps, buffers } = format.tells(rules);
  return seesPriceOf(rules.visibility, steps) && seesPriceOf(rules.visibility, buffers);
}

/** The same for the prices that would pass, which also tell what is taken where ties are forbidden. */
export function mayTellPassing(auction: Judged): boolean {
  const { rules, format } = auction;
  return mayTellBound(auction) && (rules.tiesAllowed || seesPriceOf(rules.visibility, format.tells(rules).gaps));
}
