import type { RetryPolicy } from "./backoff.ts";
import { backoffMs } from "./backoff.ts";
import type { ClientClock } from "./clock.ts";
import { pause } from "./clock.ts";

export type PatienceOptions = {
  readonly clock: ClientClock;
  readonly random: () => number;
  readonly policy: RetryPolicy;
  /** Whoever aborts one of these waits no longer. */
  readonly signals: readonly (AbortSignal | undefined)[];
};

/** How often and how long one request is sent again, over whichever way, until somebody decides about it. */
export class Patience {
  /** Aborted when the caller gives up. */
  readonly signal: AbortSignal;
  readonly #options: PatienceOptions;
  readonly #deadline: number;
  #attempts = 0;
  #inDoubt = false;

  constructor(options: PatienceOptions) {
    this.#options = options;
    this.#deadline = options.clock.now() + options.policy.deadlineMs;
    this.signal = AbortSignal.any(options.signals.filter((signal) => signal !== undefined));
  }

  /** Whether an attempt stayed without an answer: it may have had an effect, whatever a later one is told. */
  get inDoubt(): boolean {
    return this.#inDoubt;
  }

  doubt(): void {
    this.#inDoubt = true;
  }

  /**
   * Waits after a failed attempt: the server's hint, and a while more that grows and differs from client to client, so
   * that those who got the same hint do not come back at once. False when there is to be no further attempt.
   */
  async rest(hintMs = 0): Promise<boolean> {
    const { clock, random, policy } = this.#options;
    this.#attempts += 1;
    const waitMs = hintMs + backoffMs(policy, this.#attempts, random);
    const isLast = this.#attempts >= policy.attemptsMax || clock.now() + waitMs > this.#deadline;
    if (isLast || this.signal.aborted) return false;
    await pause(clock, waitMs, this.signal);
    return !this.signal.aborted;
  }
}
