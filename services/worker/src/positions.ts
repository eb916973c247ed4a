type Waiter = { readonly seq: number; readonly resolve: (reached: boolean) => void };

/** How far shards have come, for those who wait for it. */
export type Positions = {
  readonly reached: (shard: string, seq: number) => void;
  /** True once the shard has reached `seq`; false after `timeoutMs`. */
  readonly wait: (shard: string, seq: number, timeoutMs: number) => Promise<boolean>;
  readonly isAwaited: (shard: string) => boolean;
  /** Tells all who wait that it will not happen. */
  readonly giveUp: () => void;
};

export function createPositions(): Positions {
  const waiters = new Map<string, Set<Waiter>>();

  function settle(shard: string, waiter: Waiter, reached: boolean): void {
    const ofShard = waiters.get(shard);
    if (ofShard?.delete(waiter)) waiter.resolve(reached);
    if (ofShard?.size === 0) waiters.delete(shard);
  }

  return {
    reached(shard, seq) {
      for (const waiter of waiters.get(shard) ?? []) if (waiter.seq <= seq) settle(shard, waiter, true);
    },

    wait(shard, seq, timeoutMs) {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const waiter = { seq, resolve };
      waiters.set(shard, (waiters.get(shard) ?? new Set()).add(waiter));
      const timer = setTimeout(() => settle(shard, waiter, false), timeoutMs);
      return promise.finally(() => clearTimeout(timer));
    },

    isAwaited: (shard) => waiters.has(shard),

    giveUp() {
      for (const [shard, ofShard] of waiters) for (const waiter of ofShard) settle(shard, waiter, false);
    },
  };
}
