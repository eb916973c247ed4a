/** What to do next: bring one shard forward, or look for shards that are behind. */
export type Task = { readonly shard: string } | "look" | "stopped";

/**
 * Shards that wait to be brought forward, each once, in the order in which they came. A shard rests after its turn; one
 * that failed rests twice as long each time, so that one broken journal does not stop the others.
 */
export type ShardQueue = {
  readonly add: (shard: string) => void;
  /** As `add`, without the rest after a turn that went well: somebody waits. */
  readonly urge: (shard: string) => void;
  /** `rests` false: somebody waits for what comes next. */
  readonly succeeded: (shard: string, rests: boolean) => void;
  readonly failed: (shard: string) => void;
  /** The next shard; `look` when `lookEveryMs` have passed since the last look. */
  readonly next: () => Promise<Task>;
  readonly stop: () => void;
};

export type ShardQueueOptions = { readonly lookEveryMs: number; readonly settleMs: number };

const failureRestMsMax = 60_000;

/** `failureMs` is how long the shard rests after its latest failure; null after a turn that went well. */
type Rest = { readonly until: number; readonly failureMs: number | null };

export function createShardQueue({ lookEveryMs, settleMs }: ShardQueueOptions): ShardQueue {
  const waiting = new Set<string>();
  const rests = new Map<string, Rest>();
  let wake = (): void => {};
  let stopped = false;
  let lookAt = performance.now();

  const restingUntil = (shard: string): number => rests.get(shard)?.until ?? 0;

  function take(now: number): string | undefined {
    for (const shard of waiting) {
      if (restingUntil(shard) > now) continue;
      waiting.delete(shard);
      return shard;
    }
    return undefined;
  }

  /** Until the next look, the end of a rest, or a call. Rests that are over are forgotten. */
  function idle(now: number): Promise<void> {
    let until = lookAt;
    for (const shard of waiting) until = Math.min(until, restingUntil(shard));
    for (const [shard, rest] of rests) if (rest.failureMs === null && rest.until <= now) rests.delete(shard);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(1, until - now));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function add(shard: string): void {
    waiting.add(shard);
    wake();
  }

  return {
    add,

    urge(shard) {
      if (rests.get(shard)?.failureMs === null) rests.delete(shard);
      add(shard);
    },

    succeeded(shard, isResting) {
      if (isResting) rests.set(shard, { until: performance.now() + settleMs, failureMs: null });
      else rests.delete(shard);
    },

    failed(shard) {
      const before = rests.get(shard)?.failureMs ?? lookEveryMs / 2;
      const failureMs = Math.min(failureRestMsMax, before * 2);
      rests.set(shard, { until: performance.now() + failureMs, failureMs });
    },

    async next() {
      while (!stopped) {
        const now = performance.now();
        if (now >= lookAt) {
          lookAt = now + lookEveryMs;
          return "look";
        }
        const shard = take(now);
        if (shard !== undefined) return { shard };
        await idle(now);
      }
      return "stopped";
    },

    stop() {
      stopped = true;
      wake();
    },
  };
}
