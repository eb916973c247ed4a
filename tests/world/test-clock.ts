import type { Clock, Micros } from "@kontor/kernel";
import { instantOfMicros, microsOfMs } from "@kontor/kernel";

/**
 * The machine's time and a head start that tests may add to: what would take minutes is due at the host's next beat.
 * It never goes back, and everything that runs while a test waits runs on as ever.
 */
export type TestClock = Clock & {
  readonly skip: (ms: number) => void;
  /** Until just after the instant; nothing when that has passed. */
  readonly skipTo: (at: Micros) => void;
  /** The instant `ms` milliseconds from now, as the interface writes it. */
  readonly instantIn: (ms: number) => string;
};

const clearMs = 1;

export function createTestClock(): TestClock {
  let ahead = 0;
  let last = 0;
  const now = (): Micros => {
    last = Math.max(last, Math.floor((performance.timeOrigin + performance.now()) * 1000) + ahead);
    return last;
  };
  const skip = (ms: number): void => {
    ahead += microsOfMs(ms);
  };
  return {
    now,
    skip,
    skipTo: (at) => skip(Math.max(0, (at - now()) / 1000 + clearMs)),
    instantIn: (ms) => instantOfMicros(now() + microsOfMs(ms)),
  };
}
