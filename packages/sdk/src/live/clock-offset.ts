/** Samples are forgotten after this, so that two drifting clocks are followed. */
const memoryMs = 120_000;
const samplesMax = 64;

type Bound = { readonly at: number; readonly offset: number };

/**
 * How far the server's clock is ahead of ours, in milliseconds, from what messages prove.
 *
 * A message that carries the server's time `s` and arrives at our `r` took some time: the offset is at least `s - r`.
 * If it answers a question that left at our `q`, the offset is also at most `s - q`. The estimate is the middle of
 * what the youngest samples leave; with heartbeats alone it is the greatest lower bound.
 */
export class ClockOffset {
  #lower: Bound[] = [];
  #upper: Bound[] = [];

  heartbeat(serverMs: number, receivedAt: number): void {
    this.#lower.push({ at: receivedAt, offset: serverMs - receivedAt });
    this.#forget(receivedAt);
  }

  answer(serverMs: number, askedAt: number, receivedAt: number): void {
    this.#upper.push({ at: receivedAt, offset: serverMs - askedAt });
    this.heartbeat(serverMs, receivedAt);
  }

  /** Milliseconds to add to our clock; 0 before the first sample. */
  estimate(): number {
    if (this.#lower.length === 0) return 0;
    const lower = Math.max(...this.#lower.map((bound) => bound.offset));
    if (this.#upper.length === 0) return lower;
    return (lower + Math.min(...this.#upper.map((bound) => bound.offset))) / 2;
  }

  /** How far the estimate may be off, in milliseconds; null while no question was answered. */
  error(): number | null {
    if (this.#lower.length === 0 || this.#upper.length === 0) return null;
    const lower = Math.max(...this.#lower.map((bound) => bound.offset));
    return Math.max(0, (Math.min(...this.#upper.map((bound) => bound.offset)) - lower) / 2);
  }

  /** Bounds that contradict each other tell of a clock that was set: only the newest sample counts then. */
  #forget(now: number): void {
    const young = (bounds: Bound[]): Bound[] => bounds.filter((bound) => now - bound.at <= memoryMs).slice(-samplesMax);
    this.#lower = young(this.#lower);
    this.#upper = young(this.#upper);
    const upper = Math.min(...this.#upper.map((bound) => bound.offset));
    const lower = Math.max(...this.#lower.map((bound) => bound.offset));
    if (lower <= upper) return;
    const newest = this.#lower.at(-1);
    this.#lower = newest === undefined ? [] : [newest];
    this.#upper = this.#upper.filter((bound) => bound.at === newest?.at);
  }
}
