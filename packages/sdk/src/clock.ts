/** The client's time and timers, so that tests can drive them. */
export type ClientClock = {
  /** Milliseconds since 1970, as this machine believes. */
  readonly now: () => number;
  /** Runs `action` once after `ms`; the answer takes it back. */
  readonly after: (ms: number, action: () => void) => () => void;
};

export const systemClock: ClientClock = {
  now: () => Date.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `ms`, or as soon as the signal is aborted. */
export function pause(clock: ClientClock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stopTimer = clock.after(ms, () => end());
    const end = (): void => {
      stopTimer();
      signal.removeEventListener("abort", end);
      resolve();
    };
    signal.addEventListener("abort", end);
  });
}
