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

export function pause(clock: ClientClock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}
