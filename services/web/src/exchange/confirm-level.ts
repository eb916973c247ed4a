import type { PriceRange } from "./price-limits.ts";

/**
 * How much is asked before an order is sent. 0: nothing; 1: a second press elsewhere; 2: the amount typed again;
 * 3: refused, the venue would not take it.
 */
export type ConfirmLevel = 0 | 1 | 2 | 3;
export type ConfirmReason = "outside_band" | "far_price" | "empties_levels" | "large_size";

export type ConfirmFacts = {
  /** The limit, or of a market order the worst price expected; pieces of the grid. */
  readonly price: bigint;
  /** The last trade, else the reference; null where there is neither: then no price is far. */
  readonly reference: bigint | null;
  readonly quantity: bigint;
  /** Of the company's last orders here; null without any. */
  readonly medianQuantity: bigint | null;
  readonly levelsEmptied: number;
  readonly range: PriceRange;
};

export type Confirmation = {
  readonly level: ConfirmLevel;
  readonly reasons: readonly ConfirmReason[];
  /** From the reference, in hundredths of a percent, unsigned; null without one. */
  readonly distanceBps: number | null;
};

const nearBps = 200;
const farBps = 500;
const levelsFew = 3;
const sizeTimes = 5n;

export function confirmationOf(facts: ConfirmFacts): Confirmation {
  const distanceBps = distanceOf(facts);
  const asked: (readonly [ConfirmReason, ConfirmLevel])[] = [];
  if (facts.price < facts.range.low || facts.price > facts.range.high) asked.push(["outside_band", 3]);
  if (distanceBps !== null && distanceBps > nearBps) asked.push(["far_price", distanceBps > farBps ? 2 : 1]);
  if (facts.levelsEmptied > levelsFew) asked.push(["empties_levels", 2]);
  const { medianQuantity } = facts;
  if (medianQuantity !== null && facts.quantity > medianQuantity * sizeTimes) asked.push(["large_size", 1]);
  const level = Math.max(0, ...asked.map(([, one]) => one)) as ConfirmLevel;
  return { level, reasons: asked.map(([reason]) => reason), distanceBps };
}

/** The middle one, of an even number the lower of both; null of none. */
export function medianOf(quantities: readonly bigint[]): bigint | null {
  const sorted = [...quantities].sort((a, b) => (a < b ? -1 : 1));
  return sorted[(sorted.length - 1) >> 1] ?? null;
}

/** Rounded up, so that a hair beyond a bound is beyond it. */
function distanceOf({ price, reference }: ConfirmFacts): number | null {
  if (reference === null || reference <= 0n) return null;
  const away = price > reference ? price - reference : reference - price;
  return Number((away * 10_000n + reference - 1n) / reference);
}
