import type { Clock, Micros } from "@kontor/kernel";

/**
 * A wall clock that runs `speed` times as fast as time does and stops where it is told to.
 *
 * A replay stops it at the instant of each recorded act until that act is decided. However much faster it runs in
 * between, every act is stamped at its recorded instant, and so windows, extensions and closes come out as recorded.
 * Scaling the rules' durations instead would let a network delay of a millisecond mean minutes.
 */
export class ConductedClock implements Clock {
  readonly #speed: number;
  #at: Micros;
  #since = performance.now();
  #stopAt: Micros;

  constructor(startAt: Micros, speed: number) {
    this.#speed = speed;
    this.#at = startAt;
    this.#stopAt = startAt;
  }

  readonly now = (): Micros => {
    const run = Math.floor((performance.now() - this.#since) * 1000 * this.#speed);
    return Math.min(this.#at + run, this.#stopAt);
  };

  /** Lets the clock run on to an instant, and waits until it stands there. */
  async runTo(instant: Micros): Promise<void> {
    this.#at = this.now();
    this.#since = performance.now();
    this.#stopAt = Math.max(this.#stopAt, instant);
    const waitMs = Math.ceil((this.#stopAt - this.#at) / 1000 / this.#speed);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    this.#at = this.#stopAt;
  }
}
