/** How often and how long something is tried again. */
export type RetryPolicy = {
  /** The wait before the second attempt; doubled for each further one. */
  readonly firstDelayMs: number;
  readonly delayMaxMs: number;
  readonly attemptsMax: number;
  /** No attempt starts later than this after the first. */
  readonly deadlineMs: number;
};

export const defaultRetry: RetryPolicy = { firstDelayMs: 100, delayMaxMs: 3_000, attemptsMax: 12, deadlineMs: 20_000 };

/** The wait after the given failed attempt (from 1): doubled each time, with jitter over its upper half. */
export function backoffMs(policy: RetryPolicy, attempt: number, random: () => number): number {
  const whole = Math.min(policy.delayMaxMs, policy.firstDelayMs * 2 ** (attempt - 1));
  return whole / 2 + (whole / 2) * random();
}
