import type { Clock, Micros } from "@kontor/kernel";
import type { Timing } from "../src/index.ts";

type Timer = { readonly dueMs: number; readonly run: () => void; readonly order: number };

/** Time that stands still unless a test moves it: wall clock and running clock apart. */
export type ManualTime = {
  readonly clock: Clock;
  readonly timing: Timing;
  /** Lets both clocks run, firing what falls due, in order, with the event loop free in between. */
  readonly advance: (ms: number) => Promise<void>;
  /** Lets both clocks run while the process is stopped: nothing fires until the next `advance`. */
  readonly freeze: (ms: number) => void;
  /** Moves the wall clock alone. */
  readonly step: (ms: number) => void;
  readonly now: () => Micros;
};

const startMicros = 1_800_000_000_000_000;

export function createManualTime(): ManualTime {
  let runningMs = 0;
  let wall: Micros = startMicros;
  let count = 0;
  const timers = new Set<Timer>();
  const first = () => [...timers].sort((a, b) => a.dueMs - b.dueMs || a.order - b.order)[0];

  function runTo(ms: number): void {
    wall += Math.round((ms - runningMs) * 1_000);
    runningMs = ms;
  }

  return {
    clock: { now: () => wall },
    timing: {
      monotonicMs: () => runningMs,
      schedule(delayMs, run) {
        const timer = { dueMs: runningMs + delayMs, run, order: count++ };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
    async advance(ms) {
      const until = runningMs + ms;
      await settle();
      for (let next = first(); next !== undefined && next.dueMs <= until; next = first()) {
        timers.delete(next);
        runTo(Math.max(runningMs, next.dueMs));
        next.run();
        await settle();
      }
      runTo(until);
      await settle();
    },
    freeze: (ms) => runTo(runningMs + ms),
    step: (ms) => {
      wall += ms * 1_000;
    },
    now: () => wall,
  };
}

/** Lets everything run that needs no time to pass. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 25; turns++) await new Promise((resolve) => setImmediate(resolve));
}
