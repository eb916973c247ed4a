import type { Clock, Micros } from "@kontor/kernel";

/**
 * A wall clock that runs many times as fast as time does, and only as far as it is told to.
 *
 * A replay runs it to the instant of each recorded act and holds it there until that act is decided. However much
 * faster it runs in between, every act is stamped at its recorded instant, and so windows, extensions and closes come
 * out as recorded. Scaling the rules' durations instead would let a network delay of a millisecond mean minutes.
 */
export class ConductedClock implements Clock {
  #at: Micros;
  #stopAt: Micros;
  #speed = 1;
  #since = performance.now();

  constructor(startAt: Micros) {
    this.#at = startAt;
    this.#stopAt = startAt;
  }

  readonly now = (): Micros => {
    const run = Math.floor((performance.now() - this.#since) * 1000 * this.#speed);
    return Math.min(this.#at + run, this.#stopAt);
  };

  /** Lets the clock run on to an instant, `speed` times as fast as time, and waits until it stands there. */
  async runTo(instant: Micros, speed: number): Promise<void> {
    this.#at = this.now();
    this.#since = performance.now();
    this.#speed = speed;
    this.#stopAt = Math.max(this.#stopAt, instant);
    const waitMs = Math.ceil((this.#stopAt - this.#at) / 1000 / speed);
    await new Promise((resolve) => {
      setTimeout(resolve, waitMs);
    });
    this.#at = this.#stopAt;
  }
}
