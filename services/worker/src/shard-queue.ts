/** What to do next: bring one shard forward, or look for shards that are behind. */
export type Task = { readonly shard: string } | "look" | "stopped";

/**
 * Shards that wait to be brought forward, each once, in the order in which they came. A shard that failed rests,
 * twice as long each time, so that one broken journal does not stop the others.
 */
export type ShardQueue = {
  readonly add: (shard: string) => void;
  readonly succeeded: (shard: string) => void;
  readonly failed: (shard: string) => void;
  /** The next shard; `look` when `lookEveryMs` have passed since the last look. */
  readonly next: (lookEveryMs: number) => Promise<Task>;
  readonly stop: () => void;
};

const restMsMax = 60_000;

export function createShardQueue({ retryMs }: { readonly retryMs: number }): ShardQueue {
  const waiting = new Set<string>();
  const resting = new Map<string, { readonly until: number; readonly restMs: number }>();
  let wake = (): void => {};
  let stopped = false;
  let lookAt = performance.now();

  function take(): string | undefined {
    const now = performance.now();
    for (const shard of waiting) {
      if ((resting.get(shard)?.until ?? 0) > now) continue;
      waiting.delete(shard);
      return shard;
    }
    return undefined;
  }

  function wokenWithin(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    add(shard) {
      waiting.add(shard);
      wake();
    },

    succeeded(shard) {
      resting.delete(shard);
    },

    failed(shard) {
      const restMs = Math.min(restMsMax, (resting.get(shard)?.restMs ?? retryMs / 2) * 2);
      resting.set(shard, { until: performance.now() + restMs, restMs });
    },

    async next(lookEveryMs) {
      while (!stopped) {
        if (performance.now() >= lookAt) {
          lookAt = performance.now() + lookEveryMs;
          return "look";
        }
        const shard = take();
        if (shard !== undefined) return { shard };
        await wokenWithin(Math.max(1, lookAt - performance.now()));
      }
      return "stopped";
    },

    stop() {
      stopped = true;
      wake();
    },
  };
}
