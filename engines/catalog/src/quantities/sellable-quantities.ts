import { ceilDivide, floorDivide } from "@kontor/kernel";
import type { EffectiveTerms, QuantityTerm } from "./quantity-terms.ts";
import type { Ratio } from "./ratio.ts";
import { divide, leastCommonMultiple, whole } from "./ratio.ts";
import type { VariantUnits } from "./units.ts";
import { ratioBetween, variantUnit } from "./units.ts";

/** Every quantity of one unit that may be ordered: `step`, twice `step` and so on, from `first` to `last` of them. */
export type SellableQuantities = {
  readonly step: bigint;
  readonly first: bigint;
  /** Null without an end; below `first` where nothing may be ordered. */
  readonly last: bigint | null;
};

const tenths = [1_000_000n, 100_000n, 10_000n, 1_000n, 100n, 10n, 1n] as const;

/** The least difference between two quantities of a unit, in millionths. */
export function gridOf(decimals: number): bigint {
  return tenths[decimals] ?? 1n;
}

/**
 * The quantities that keep to the terms and to the unit's decimals, also where the terms are in another unit.
 * Null when the unit is not sold, or a term's unit is none of the variant's.
 */
export function sellableQuantities(
  terms: EffectiveTerms,
  units: VariantUnits,
  unit: string,
): SellableQuantities | null {
  const sold = variantUnit(units, unit);
  if (sold === null || !sold.sold) return null;
  const [minimum, multiple, maximum] = [terms.minimum, terms.multiple, terms.maximum].map((term) =>
    inUnit(term, units, unit),
  );
  if (minimum === undefined || multiple === undefined || maximum === undefined) return null;
  const grid = whole(gridOf(sold.decimals));
  // Both are whole millionths apart at the latest at their common multiple, which the grid makes a whole number.
  const step = multiple === null ? grid.num : leastCommonMultiple(multiple, grid).num;
  const least = minimum === null ? 1n : ceilDivide(minimum.num, minimum.den * step);
  return {
    step,
    first: least < 1n ? 1n : least,
    last: maximum === null ? null : floorDivide(maximum.num, maximum.den * step),
  };
}

/** The term as a quantity of `unit`; undefined when it cannot be converted. */
function inUnit(term: QuantityTerm | null, units: VariantUnits, unit: string): Ratio | null | undefined {
  if (term === null) return null;
  const ratio = ratioBetween(units, unit, term.unit);
  return ratio === null ? undefined : divide(whole(term.quantity), ratio);
}

/** The least that may be ordered; null where nothing may. */
export function leastOf({ step, first, last }: SellableQuantities): bigint | null {
  return last !== null && last < first ? null : first * step;
}

export type Neighbours = { readonly below: bigint | null; readonly above: bigint | null };

/** The nearest quantities below and above, neither under the first nor over the last; equal where it is one itself. */
export function neighboursOf(quantity: bigint, { step, first, last }: SellableQuantities): Neighbours {
  if (last !== null && last < first) return { below: null, above: null };
  const under = floorDivide(quantity, step);
  const over = ceilDivide(quantity, step);
  const highest = last !== null && last < under ? last : under;
  const lowest = over < first ? first : over;
  return {
    below: highest < first ? null : highest * step,
    above: last !== null && last < lowest ? null : lowest * step,
  };
}
