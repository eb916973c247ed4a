import { sha256Hex } from "@kontor/kernel";
import type { LotRules } from "@kontor/protocol";
import type { Bid, LiveSetup } from "./live-state.ts";
import { bidIdOf } from "./live-state.ts";

export type TieRule = LotRules["tieRule"];

/** Negative when `a` stands before `b`. */
export type BidOrder = (a: Bid, b: Bid) => number;

export type TieSetup = Pick<LiveSetup, "secret" | "lotId" | "bidsBefore"> & { readonly tieRule: TieRule };

/**
 * One order for all bids of a lot: the better offer first, equal offers by the tie rule. Equal ranks are shown, but the
 * award needs an order, so beneath them the earlier bid stands first.
 */
export function bidOrderOf(sign: 1n | -1n, setup: TieSetup): BidOrder {
  const among = setup.tieRule === "draw" ? byDraw(setup) : (a: Bid, b: Bid) => a.number - b.number;
  if (sign === 1n) return (a, b) => (a.offer === b.offer ? among(a, b) : orderOf(a.offer > b.offer));
  return (a, b) => (a.offer === b.offer ? among(a, b) : orderOf(a.offer < b.offer));
}

function orderOf(first: boolean): number {
  return first ? -1 : 1;
}

/** The lower digest of secret, lot and bid stands first; anyone can check it once the secret is published. */
function byDraw(setup: TieSetup): BidOrder {
  const { secret, lotId } = setup;
  const drawn = new Map<number, string>();
  const draw = (bid: Bid): string => {
    const known = drawn.get(bid.number);
    if (known !== undefined) return known;
    const digest = sha256Hex(`${secret}:${lotId}:${bidIdOf(setup, bid.number)}`);
    drawn.set(bid.number, digest);
    return digest;
  };
  return (a, b) => {
    if (a.number === b.number) return 0;
    return orderOf(draw(a) < draw(b));
  };
}

/** How many of the others stand strictly before a bid, how many offer the same, how many come before it in order. */
export type Neighbours = { readonly better: number; readonly equal: number; readonly before: number };

export function rankOf(tieRule: TieRule, { better, equal, before }: Neighbours): number {
  switch (tieRule) {
    case "equal_best":
      return better + 1;
    case "equal_worst":
      return better + equal + 1;
    case "earlier":
    case "draw":
      return before + 1;
  }
}
