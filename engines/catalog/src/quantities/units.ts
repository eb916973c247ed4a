import type { Ratio } from "./ratio.ts";
import { divide, unity } from "./ratio.ts";

/** One unit of a variant: how much of the base unit it holds, exactly, and how it is sold. */
export type VariantUnit = {
  /** Base units in one of it. */
  readonly ratio: Ratio;
  /** Decimals that a quantity in it may have, 0 to 6. */
  readonly decimals: number;
  /** Whether it may be ordered. */
  readonly sold: boolean;
};

/** The units of a variant by their Rec 20 code. The base unit is the stock's; without an entry it is sold in wholes. */
export type VariantUnits = {
  readonly base: string;
  readonly others: ReadonlyMap<string, VariantUnit>;
};

const plainBase: VariantUnit = { ratio: unity, decimals: 0, sold: true };

/** The unit's entry; null when the variant has no such unit. */
export function variantUnit(units: VariantUnits, unit: string): VariantUnit | null {
  return units.others.get(unit) ?? (unit === units.base ? plainBase : null);
}

/** How many of `to` one of `from` is; null when the variant's table does not say. */
export function ratioBetween(units: VariantUnits, from: string, to: string): Ratio | null {
  if (from === to) return unity;
  const [source, target] = [baseRatio(units, from), baseRatio(units, to)];
  return source === null || target === null ? null : divide(source, target);
}

function baseRatio(units: VariantUnits, unit: string): Ratio | null {
  return unit === units.base ? unity : (units.others.get(unit)?.ratio ?? null);
}
