import type { Micros } from "@kontor/kernel";
import { instantOfMicros, microsOfMs } from "@kontor/kernel";
import type { CandleInterval } from "@kontor/protocol";
import { candleIntervals } from "@kontor/protocol";

/** Lengths of candles in microseconds, from the shortest; each is made of whole ones of the length before it. */
export const lengths: readonly (readonly [interval: CandleInterval, length: Micros])[] = (
  Object.entries(candleIntervals) as [CandleInterval, number][]
).map(([interval, seconds]) => [interval, microsOfMs(seconds * 1_000)]);

export const minute = microsOfMs(60_000);

/** When the bucket begins in which an instant lies; UTC days and all their parts begin at multiples of their lengths. */
export function startOf(at: Micros, length: Micros): Micros {
  return at - (at % length);
}

/** Its day in UTC, such as 2026-11-01. */
export function dayOf(at: Micros): string {
  return instantOfMicros(at).slice(0, 10);
}
