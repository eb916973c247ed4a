import { microsOfMs } from "@kontor/kernel";
import type { Held } from "./arrival.ts";
import type { Gap, ServiceGaps } from "./service-gaps.ts";
import type { Core, Shard } from "./shard.ts";

export type MissedGapsOptions = {
  readonly hostId: string;
  readonly outageMinMs: number;
  readonly gaps: ServiceGaps;
  /** False while the host takes its first shards: one with its name on it was then served by an earlier process. */
  readonly isStarted: () => boolean;
};

/** Gaps in service that a shard's engine has not heard of when the shard comes into memory. */
export type MissedGaps = (shard: Shard, core: Core, holding: Held) => readonly Gap[];

export function createMissedGaps({ hostId, outageMinMs, gaps, isStarted }: MissedGapsOptions): MissedGaps {
  /** By the owner's last sign; this host's own silences it knows itself. */
  function silences(core: Core, holding: Held): readonly Gap[] {
    if (holding.kind !== "claimed") return [];
    const { head, lastSign } = holding;
    if (head.owner === hostId && isStarted()) return gaps.endedAfter(core.at);
    if (lastSign === null) return [];
    const gap = { from: Math.max(lastSign, core.at), to: core.servingFrom };
    return gap.to - gap.from > microsOfMs(outageMinMs) ? [gap] : [];
  }

  return (shard, core, holding) => {
    const earlier = shard.gaps.splice(0);
    const heard = new Set(earlier.filter(({ seq }) => seq <= core.seq).map(({ gap }) => gap));
    const open = [...earlier.map(({ gap }) => gap), ...silences(core, holding)];
    return [...new Set(open)].filter((gap) => !heard.has(gap));
  };
}
