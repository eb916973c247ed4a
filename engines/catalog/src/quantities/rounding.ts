/** What becomes of a half: away from zero, or to the even neighbour. Each marketplace has one for all its money. */
export type Rounding = "half_up" | "half_even";

/** The whole number nearest to `num / den`, for a positive `den`; negative values are rounded as their opposite is. */
export function roundRatio(num: bigint, den: bigint, rounding: Rounding): bigint {
  if (num < 0n) return -roundRatio(-num, den, rounding);
  const whole = num / den;
  const twice = 2n * (num % den);
  if (twice === den) return rounding === "half_even" && whole % 2n === 0n ? whole : whole + 1n;
  return twice > den ? whole + 1n : whole;
}
