import type { Clock, Micros } from "@kontor/kernel";
import { microsPerMs } from "@kontor/kernel";
import { DueHeap } from "./due-heap.ts";
import type { Timing } from "./timing.ts";
import { delayMsMax } from "./timing.ts";

export type TimersOptions = {
  readonly clock: Clock;
  readonly timing: Timing;
  /** Called once for each wake-up whose instant has come by the wall clock. */
  readonly onDue: (shard: string) => void;
};

/** The next wake-up of every shard, also of those that are not in memory. */
export type Timers = {
  /** Replaces the shard's wake-up; null takes it away. */
  readonly set: (shard: string, wakeAt: Micros | null) => void;
  /** Looks at the wall clock again: it may have stepped while a timer ran. */
  readonly check: () => void;
  readonly stop: () => void;
};

export function createTimers({ clock, timing, onDue }: TimersOptions): Timers {
  const heap = new DueHeap();
  let armed: { readonly due: Micros; readonly cancel: () => void } | null = null;
  let stopped = false;

  function check(): void {
    if (stopped) return;
    const now = clock.now();
    for (let next = heap.first(); next !== null && next.due <= now; next = heap.first()) {
      heap.remove(next.id);
      onDue(next.id);
    }
    arm(now);
  }

  /** Never fires before the instant: Node may be early by a part of a millisecond, then `check` arms it again. */
  function arm(now: Micros): void {
    const due = heap.first()?.due;
    if (armed !== null && armed.due === due) return;
    armed?.cancel();
    armed = null;
    if (due === undefined || stopped) return;
    const delayMs = Math.min(Math.max(1, Math.ceil((due - now) / microsPerMs)), delayMsMax);
    const cancel = timing.schedule(delayMs, () => {
      armed = null;
      check();
    });
    armed = { due, cancel };
  }

  return {
    set(shard, wakeAt) {
      if (wakeAt === null) heap.remove(shard);
      else heap.set(shard, wakeAt);
      if (!stopped && heap.first()?.due !== armed?.due) arm(clock.now());
    },
    check() {
      armed?.cancel();
      armed = null;
      check();
    },
    stop() {
      stopped = true;
      armed?.cancel();
      armed = null;
    },
  };
}
