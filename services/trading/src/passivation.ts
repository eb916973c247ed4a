import type { Shard } from "./shard.ts";
import { isQuiet } from "./shard.ts";

export type PassivationLimits = { readonly liveShardsMax: number; readonly idleMs: number };

/**
 * Shards that may leave memory: finished ones that nobody has asked for, and the longest unused ones while there are
 * too many. Their wake-ups stay with the host, which loads them again when they come or when somebody asks.
 */
export function passiveShards(
  shards: ReadonlyMap<string, Shard>,
  nowMs: number,
  { liveShardsMax, idleMs }: PassivationLimits,
): readonly Shard[] {
  const quiet = [...shards.values()].filter((shard) => shard.phase === "serving" && isQuiet(shard));
  const finished = quiet.filter(({ core, usedAt }) => core?.mode === "closed" && nowMs - usedAt >= idleMs);
  const surplus = shards.size - finished.length - liveShardsMax;
  if (surplus <= 0) return finished;
  const rest = quiet.filter((shard) => !finished.includes(shard)).sort((a, b) => a.usedAt - b.usedAt);
  return [...finished, ...rest.slice(0, surplus)];
}
