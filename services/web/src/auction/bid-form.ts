import { ceilDivide, floorDivide, formatDecimal } from "@kontor/kernel";
import type { BidTerms } from "./bid-terms.ts";
import type { LotQuantity } from "./lot-money.ts";
import { lotTotal, percentChange } from "./lot-money.ts";

/** Whether a typed price may be sent, and if not why; prices in minor units. */
export type Judgement =
  | { readonly kind: "fits" }
  | { readonly kind: "already_leading" }
  | { readonly kind: "not_positive" }
  | { readonly kind: "outside"; readonly low: bigint | null; readonly high: bigint | null }
  /** Not a multiple of the grid: the two that are, the less demanding first; one is null where a limit is in between. */
  | { readonly kind: "off_grid"; readonly grid: bigint; readonly nearest: readonly (bigint | null)[] }
  | { readonly kind: "not_better_than_own"; readonly own: bigint }
  /** Not as good as what is required now, by so many least steps (rounded up); null where the step is not known. */
  | { readonly kind: "not_enough"; readonly required: bigint; readonly steps: bigint | null };

/** Judged by what the server has said alone, in the order in which the server would object. */
export function judgePrice(price: bigint, terms: BidTerms): Judgement {
  const { low, high, grid, own, required, sign, mayStayBehind, stepMin } = terms;
  if (price <= 0n) return { kind: "not_positive" };
  if ((low !== null && price < low) || (high !== null && price > high)) return { kind: "outside", low, high };
  if (grid !== null && price % grid !== 0n) return { kind: "off_grid", grid, nearest: onGrid(price, grid, terms) };
  if (terms.mustWait) return { kind: "already_leading" };
  if (own !== null && (price - own) * sign <= 0n) return { kind: "not_better_than_own", own };
  if (required !== null && !mayStayBehind && (price - required) * sign < 0n) {
    const missing = (required - price) * sign;
    return { kind: "not_enough", required, steps: stepMin === null ? null : ceilDivide(missing, stepMin) };
  }
  return { kind: "fits" };
}

function onGrid(price: bigint, grid: bigint, { sign, low, high }: BidTerms): readonly (bigint | null)[] {
  const below = floorDivide(price, grid) * grid;
  const inside = (one: bigint): bigint | null =>
    one <= 0n || (low !== null && one < low) || (high !== null && one > high) ? null : one;
  const around = [inside(below), inside(below + grid)];
  return sign === 1n ? around : around.reverse();
}

export type Chip = {
  readonly id: string;
  readonly kind: "required" | "steps" | "percent";
  /** Steps or per cent beyond the required price; 0 for the required one itself. */
  readonly by: number;
  readonly price: bigint;
};

const stepChips = [1, 5, 10];
const percentChips = [1, 5];

/** Prices for one press: what is required, and so many steps or per cent better, as far as they may be sent. */
export function chipsOf(terms: BidTerms): readonly Chip[] {
  const { required, stepMin, sign } = terms;
  if (required === null) return [];
  const chips: Chip[] = [{ id: "required", kind: "required", by: 0, price: required }];
  for (const by of stepMin === null ? [] : stepChips) {
    const price = towardsRequired(required + sign * (stepMin ?? 0n) * BigInt(by), terms);
    chips.push({ id: `steps-${by}`, kind: "steps", by, price });
  }
  for (const by of percentChips) {
    // Rounded towards the required price, so that no press gives away more than it says.
    const price = towardsRequired(required + (sign * required * BigInt(by)) / 100n, terms);
    chips.push({ id: `percent-${by}`, kind: "percent", by, price });
  }
  // Who has to wait sees them all the same, not to be pressed, so that the form does not jump when the lead goes.
  return chips.filter(({ price }) => judgePrice(price, { ...terms, mustWait: false }).kind === "fits");
}

function towardsRequired(price: bigint, { grid, sign }: BidTerms): bigint {
  if (grid === null) return price;
  return (sign === 1n ? floorDivide(price, grid) : ceilDivide(price, grid)) * grid;
}

/** One step better (`by` > 0) or worse than the draft; from nothing it begins at the required price. */
export function steppedPrice(draft: bigint | null, by: number, terms: BidTerms): bigint | null {
  const { required, own, stepMin, sign, grid } = terms;
  if (draft === null) return required ?? own;
  const step = stepMin ?? grid ?? 1n;
  const next = draft + sign * step * BigInt(by);
  return next > 0n ? next : draft;
}

/** What a bid comes to, as text for the line below the form. Decimals with a point; the screen writes them its way. */
export type Echo = {
  readonly price: string;
  readonly quantity: LotQuantity | null;
  readonly total: string | null;
  /** Against one's own last bid, e.g. "-1.9"; null without one. */
  readonly percentOfOwn: string | null;
  /** Whole steps beyond the required price; null where either is not known or the price is worse. */
  readonly steps: bigint | null;
};

export function echoOf(price: bigint, terms: BidTerms, moneyScale: number): Echo {
  const { scale, quantity, own, required, stepMin, sign } = terms;
  const beyond = required === null ? null : (price - required) * sign;
  return {
    price: formatDecimal(price, scale),
    quantity,
    total: quantity === null ? null : lotTotal(price, quantity, { price: scale, money: moneyScale }),
    percentOfOwn: own === null ? null : percentChange(price, own),
    steps: beyond === null || stepMin === null || stepMin <= 0n || beyond < 0n ? null : beyond / stepMin,
  };
}

/** How far one's own price is from the best, for the hero: both as text, unsigned; null where either is hidden. */
export function distanceToBest({ own, best, scale }: BidTerms): { amount: string; percent: string | null } | null {
  if (own === null || best === null) return null;
  const gap = own > best ? own - best : best - own;
  return { amount: formatDecimal(gap, scale), percent: percentChange(best + gap, best) };
}
