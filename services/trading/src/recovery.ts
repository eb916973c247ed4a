import { Fault } from "@kontor/kernel";
import type { Arrival } from "./arrival.ts";
import type { Departure } from "./departure.ts";
import type { LoadOptions, Target } from "./load.ts";
import { loadShards } from "./load.ts";
import type { HostLog } from "./log.ts";
import type { Holding, Ownership } from "./ownership.ts";
import type { Shard } from "./shard.ts";
import type { Timing } from "./timing.ts";
import { delay } from "./timing.ts";

export type RecoveryOptions = {
  readonly load: LoadOptions;
  readonly ownership: Ownership;
  readonly arrival: Arrival;
  readonly departure: Departure;
  readonly timing: Timing;
  readonly log: HostLog;
  readonly recoveryGraceMs: number;
  /** The host is going down: whoever waits is told so instead. */
  readonly isStopped: () => boolean;
};

export type RecoverOptions = {
  /** Takes shards from living hosts too. */
  readonly force?: boolean;
  /** Gives up once nobody waits for the shard any more; else it goes on until the journal answers. */
  readonly onlyWhileWanted?: boolean;
};

/**
 * The one way in which a shard comes into memory: at start, at fail-over, on demand, after a refused commit and after
 * one whose outcome is unknown. Claim, read, verify, apply, answer who waits, serve.
 */
export type Recovery = (shards: readonly Shard[], options?: RecoverOptions) => Promise<void>;

const backoffMsMax = 1_000;

export function createRecovery(options: RecoveryOptions): Recovery {
  const { load, ownership, arrival, departure, timing, log, recoveryGraceMs, isStopped } = options;

  async function attempt(shards: readonly Shard[], force: boolean): Promise<void> {
    const holdings = await ownership.take(
      shards.map(({ id }) => id),
      force,
    );
    const targets: Target[] = [];
    const held = new Map<string, Held>();
    for (const shard of shards) {
      const holding = holdings.get(shard.id) ?? { kind: "unborn" };
      if (holding.kind === "unborn") arrival.unborn(shard, holding.claim);
      else if (holding.kind === "taken" && !isInDoubt(shard)) departure.taken(shard);
      else {
        const head = holding.kind === "claimed" ? holding.claim : holding.head;
        targets.push({ shard: shard.id, head });
        held.set(shard.id, { shard, holding });
      }
    }
    const results = targets.length > 0 ? await loadShards(targets, load) : new Map<string, never>();
    for (const [id, result] of results) {
      const found = held.get(id);
      if (found === undefined) continue;
      if (result instanceof Fault) departure.frozen(found.shard, result);
      else arrival.loaded(found.shard, result, found.holding);
    }
  }

  const busy = new Set<Shard>();

  async function recover(shards: readonly Shard[], { force = false, onlyWhileWanted = false }: RecoverOptions = {}) {
    let left: readonly Shard[] = shards.filter((shard) => !busy.has(shard));
    const mine = left;
    for (const shard of mine) {
      busy.add(shard);
      arrival.dropMemory(shard);
    }
    const cancel = timing.schedule(recoveryGraceMs, () => {
      for (const shard of left) departure.shed(shard);
    });
    for (let tries = 0; left.length > 0 && !isStopped(); tries++) {
      try {
        await attempt(left, force);
      } catch (error) {
        if (tries === 0) log.warn({ err: error, shards: left.length }, "the journal does not answer; trying again");
        await delay(timing, Math.min(backoffMsMax, 20 * 2 ** tries));
      }
      left = left.filter(({ phase }) => phase === "loading");
      if (onlyWhileWanted) left = left.filter((shard) => !departure.forgotten(shard));
    }
    cancel();
    for (const shard of mine) busy.delete(shard);
    for (const shard of left) departure.stopped(shard);
  }

  return recover;
}

type Held = { readonly shard: Shard; readonly holding: Exclude<Holding, { kind: "unborn" }> };

function isInDoubt({ pending }: Shard): boolean {
  for (const item of pending.values()) if (item.inDoubt) return true;
  return false;
}
