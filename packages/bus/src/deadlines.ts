/** Something that must be over by a time. */
export type Deadline = { readonly dueMs: number; readonly expire: () => void };

/**
 * Deadlines of many requests with few different time limits. Those of one limit fall due in the order in which they
 * were added, so that one timer per limit is enough, and a request costs none.
 */
export type Deadlines = {
  /** `dueMs` is by the clock of `performance`, `limitMs` after now. */
  readonly add: (limitMs: number, deadline: Deadline) => void;
  /** False when it has expired or was removed already. */
  readonly remove: (limitMs: number, deadline: Deadline) => boolean;
  /** Expires all of them now. */
  readonly expireAll: () => void;
};

export function createDeadlines(): Deadlines {
  const lanes = new Map<number, Lane>();
  return {
    add(limitMs, deadline) {
      let lane = lanes.get(limitMs);
      if (lane === undefined) {
        lane = new Lane();
        lanes.set(limitMs, lane);
      }
      lane.add(deadline, limitMs);
    },
    remove: (limitMs, deadline) => lanes.get(limitMs)?.waiting.delete(deadline) ?? false,
    expireAll() {
      for (const lane of lanes.values()) lane.expireAll();
      lanes.clear();
    },
  };
}

class Lane {
  readonly waiting = new Set<Deadline>();
  #timer: NodeJS.Timeout | null = null;

  add(deadline: Deadline, limitMs: number): void {
    this.waiting.add(deadline);
    this.#timer ??= setTimeout(() => this.#sweep(), limitMs).unref();
  }

  expireAll(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const deadline of this.waiting) this.#expire(deadline);
  }

  #sweep(): void {
    this.#timer = null;
    const now = performance.now();
    for (const deadline of this.waiting) {
      if (deadline.dueMs > now) {
        this.#timer = setTimeout(() => this.#sweep(), Math.max(1, Math.ceil(deadline.dueMs - now))).unref();
        return;
      }
      this.#expire(deadline);
    }
  }

  #expire(deadline: Deadline): void {
    this.waiting.delete(deadline);
    deadline.expire();
  }
}
