import type { RecoverOptions, Recovery } from "./recovery.ts";
import type { Shard } from "./shard.ts";
import { createShard } from "./shard.ts";

export type ShardBook = {
  readonly all: Map<string, Shard>;
  /** The shard; one that is not in memory is loaded, together with others that are asked for at this moment. */
  readonly enter: (id: string) => Shard;
  /** Loads shards that nobody has asked for yet; resolves when they are served or known to be another's. */
  readonly loadAll: (ids: readonly string[], options: RecoverOptions) => Promise<void>;
};

/** Shards that are loaded together. */
const loadedAtOnce = 250;

export function createShardBook(recovery: Recovery, monotonicMs: () => number): ShardBook {
  const all = new Map<string, Shard>();
  let asked: Shard[] = [];

  function open(id: string): Shard {
    const shard = createShard(id, monotonicMs());
    all.set(id, shard);
    return shard;
  }

  function loadAsked(): void {
    const due = asked;
    asked = [];
    for (let start = 0; start < due.length; start += loadedAtOnce) {
      void recovery(due.slice(start, start + loadedAtOnce), { onlyWhileWanted: true });
    }
  }

  return {
    all,
    enter(id) {
      const known = all.get(id);
      if (known !== undefined) return known;
      const shard = open(id);
      if (asked.length === 0) setImmediate(loadAsked);
      asked.push(shard);
      return shard;
    },
    async loadAll(ids, options) {
      const fresh = ids.filter((id) => !all.has(id)).map(open);
      for (let start = 0; start < fresh.length; start += loadedAtOnce) {
        await recovery(fresh.slice(start, start + loadedAtOnce), options);
      }
    },
  };
}
