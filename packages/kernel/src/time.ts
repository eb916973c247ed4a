/** UTC microseconds since 1970 as a safe integer (exact until the year 2255). */
export type Micros = number;

export const microsPerMs = 1000;

export function microsOfMs(ms: number): Micros {
  return ms * microsPerMs;
}

/** Whole milliseconds, floored. */
export function msOfMicros(at: Micros): number {
  return Math.floor(at / microsPerMs);
}

/** Reads the time. Injected wherever the shell needs it, so that tests can set it. */
export type Clock = { readonly now: () => Micros };
