/** Fractions for the twin, which shares no arithmetic with the engine. */
export type Fraction = readonly [num: bigint, den: bigint];

export const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d];
export const over = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d, b * c];
export const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d];
export const less = ([a, b]: Fraction, [c, d]: Fraction): boolean => a * d < c * b;
export const same = ([a, b]: Fraction, [c, d]: Fraction): boolean => a * d === c * b;
export const number = (value: bigint): Fraction => [value, 1n];

/** The nearest whole number of a fraction that is not negative, found by trying both neighbours. */
export function nearest([num, den]: Fraction, rounding: "half_up" | "half_even"): bigint {
  const low = num / den;
  const toLow = num - low * den;
  const toHigh = (low + 1n) * den - num;
  if (toLow < toHigh) return low;
  if (toHigh < toLow) return low + 1n;
  const isLowEven = low % 2n === 0n;
  return rounding === "half_even" && isLowEven ? low : low + 1n;
}
