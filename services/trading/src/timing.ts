/** Calls `run` once after `delayMs`; the result takes it back. */
export type Schedule = (delayMs: number, run: () => void) => () => void;

/** How the host waits. The wall clock is another thing: it may step, this one only runs. */
export type Timing = {
  /** Milliseconds of a clock that never steps, also while the process is stopped. */
  readonly monotonicMs: () => number;
  readonly schedule: Schedule;
};

/** Longer delays would overflow Node's timers and fire at once. */
export const delayMsMax = 2 ** 31 - 1;

export const systemTiming: Timing = {
  monotonicMs: () => performance.now(),
  schedule: (delayMs, run) => {
    const timer = setTimeout(run, Math.min(delayMs, delayMsMax));
    return () => clearTimeout(timer);
  },
};

export function delay({ schedule }: Timing, ms: number): Promise<void> {
  return new Promise((resolve) => {
    schedule(ms, resolve);
  });
}

/** The outcome of `work`, or what `late` makes when it takes longer; a later outcome is ignored. */
export function withDeadline<Result>(
  timing: Timing,
  work: Promise<Result>,
  { ms, late }: { readonly ms: number; readonly late: () => Error },
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const cancel = timing.schedule(ms, () => reject(late()));
    work.then(
      (result) => {
        cancel();
        resolve(result);
      },
      (error: unknown) => {
        cancel();
        reject(error);
      },
    );
  });
}
