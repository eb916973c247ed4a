import type { Ratio } from "./unit.ts";
import { unitOf } from "./unit.ts";

/** Whether amounts in one unit can be told in the other: same dimension, both with a factor. A unit is its own. */
export function convertible(from: string, to: string): boolean {
  return ratioBetween(from, to) !== null;
}

/**
 * How many of `to` one of `from` is: ("KGM", "GRM") is 1000/1.
 *
 * Shape   a reduced fraction; `exact` is false if a factor of either unit is a rounded number, and then the ratio is one
 *         for display, not for a price.
 * Errors  null for unknown codes and for units that do not measure the same.
 */
export function ratioBetween(from: string, to: string): (Ratio & { readonly exact: boolean }) | null {
  const [a, b] = [unitOf(from), unitOf(to)];
  if (a === null || b === null) return null;
  if (a.code === b.code) return { num: 1n, den: 1n, exact: true };
  if (a.factor === null || b.factor === null || a.dimension !== b.dimension) return null;
  const num = a.factor.num * b.factor.den;
  const den = a.factor.den * b.factor.num;
  const shared = greatestDivisor(num, den);
  return { num: num / shared, den: den / shared, exact: a.factor.exact && b.factor.exact };
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}
