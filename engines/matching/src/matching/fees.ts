import type { Settings } from "../store/settings.ts";

const WHOLE = 10_000;

/** Rounded down to a whole, also below zero. */
const floorDivide = (value: number, by: number): number => {
  const quotient = Math.trunc(value / by);
  return value < quotient * by ? quotient - 1 : quotient;
};

/** One fill's fee in minor units: half a unit is rounded up, rebates are negative. Exact up to a value of 2^52. */
export function feeOf(settings: Settings, value: number, bps: number): number {
  if (bps === 0) return 0;
  const wholes = Math.trunc(value / WHOLE);
  const rest = value - wholes * WHOLE;
  const fee = wholes * bps + floorDivide(rest * bps + WHOLE / 2, WHOLE);
  return bps > 0 ? Math.max(fee, settings.fees.minimum) : fee;
}

/** What one quantity step bought at a price costs at the most, with the highest fee there is. */
export function costOfOne(settings: Settings, price: number): number {
  const value = price * settings.tickValue;
  const bps = settings.highestBps;
  if (bps <= 0) return value;
  const wholes = Math.trunc(value / WHOLE);
  const rest = value - wholes * WHOLE;
  const fee = wholes * bps + Math.trunc((rest * bps + WHOLE - 1) / WHOLE);
  return value + Math.max(settings.fees.minimum, fee);
}
