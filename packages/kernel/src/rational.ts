import { invariant } from "./invariant.ts";

/** Quotient rounded towards minus infinity. */
export function floorDivide(dividend: bigint, divisor: bigint): bigint {
  invariant(divisor > 0n, "the divisor is positive");
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}

/** Quotient rounded towards plus infinity. */
export function ceilDivide(dividend: bigint, divisor: bigint): bigint {
  return -floorDivide(-dividend, divisor);
}

/** Quotient rounded half away from zero: display only, never a decision. */
export function roundDivide(dividend: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return dividend < 0n ? -((-dividend + half) / divisor) : (dividend + half) / divisor;
}
