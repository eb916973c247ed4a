import type { Clock, Micros } from "@kontor/kernel";

/** What does not go well, and since when. A turn without a shard is a look at all of them. */
export type Troubles = {
  readonly begin: () => void;
  readonly ended: (shard: string | undefined) => void;
  readonly failed: (shard: string | undefined) => void;
  /** Forgets the shards that are not behind any more: somebody else has brought them forward. */
  readonly keep: (behind: readonly string[]) => void;
  readonly stats: () => { readonly failing: number; readonly stuckMicros: number };
};

export function createTroubles(clock: Clock): Troubles {
  const failingSince = new Map<string, Micros>();
  let lookFailsSince: Micros | null = null;
  let turnSince: Micros | null = null;
  return {
    begin() {
      turnSince = clock.now();
    },

    ended(shard) {
      turnSince = null;
      if (shard === undefined) lookFailsSince = null;
      else failingSince.delete(shard);
    },

    failed(shard) {
      turnSince = null;
      if (shard === undefined) lookFailsSince ??= clock.now();
      else if (!failingSince.has(shard)) failingSince.set(shard, clock.now());
    },

    keep(behind) {
      const still = new Set(behind);
      for (const shard of failingSince.keys()) if (!still.has(shard)) failingSince.delete(shard);
    },

    stats() {
      const since = [...failingSince.values(), lookFailsSince, turnSince].filter((at) => at !== null);
      const now = clock.now();
      return { failing: failingSince.size, stuckMicros: Math.max(0, now - Math.min(now, ...since)) };
    },
  };
}
