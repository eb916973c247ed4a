import type { Claim, JournalStore, ShardHead } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import { Fault } from "@kontor/kernel";
import type { Leases, Roll } from "./leases.ts";
import type { Timing } from "./timing.ts";
import { withDeadline } from "./timing.ts";

/** What this host may do with a shard. */
export type Holding =
  /** The journal has no such shard, or nothing in it. */
  | { readonly kind: "unborn"; readonly claim?: Claim }
  /** Taken: `lastSign` is when its previous owner was last heard of, null when that was never. */
  | { readonly kind: "claimed"; readonly claim: Claim; readonly head: ShardHead; readonly lastSign: Micros | null }
  /** Ended: it can be read and answered from, by anybody. */
  | { readonly kind: "closed"; readonly head: ShardHead }
  /** A living host has it. */
  | { readonly kind: "taken"; readonly head: ShardHead };

export type OwnershipOptions = {
  readonly journal: JournalStore;
  readonly leases: Leases;
  readonly hostId: string;
  readonly timing: Timing;
  /** For one statement. */
  readonly deadlineMs: number;
};

export type Ownership = {
  /**
   * Claims those of the shards that can be had. `force` takes also what a living host holds; the epoch fences it off.
   *
   * @throws the journal's error, or Fault journal_unavailable
   */
  readonly take: (shards: readonly string[], force: boolean) => Promise<ReadonlyMap<string, Holding>>;
  /** Creates the shard in the journal and claims it. */
  readonly found: (shard: string, mechanism: string) => Promise<Claim>;
};

export function createOwnership({ journal, leases, hostId, timing, deadlineMs }: OwnershipOptions): Ownership {
  const late = () => new Fault("journal_unavailable", { withinMs: deadlineMs });
  const inTime = <Result>(work: Promise<Result>) => withDeadline(timing, work, { ms: deadlineMs, late });

  async function hold(head: ShardHead, roll: Roll, force: boolean): Promise<Holding> {
    if (head.closedAt !== null) return { kind: "closed", head };
    if (roll.isTaken(head) && !force) return { kind: "taken", head };
    const claim = await inTime(journal.claim(head.shard, hostId));
    if (claim.headSeq === 0) return { kind: "unborn", claim };
    return { kind: "claimed", claim, head, lastSign: roll.lastSignOf(head) };
  }

  return {
    async take(shards, force) {
      const heads = await inTime(journal.heads(shards));
      const roll = heads.size > 0 ? await inTime(leases.roll()) : null;
      const holdings = new Map<string, Holding>();
      await Promise.all(
        shards.map(async (shard) => {
          const head = heads.get(shard);
          holdings.set(shard, head && roll ? await hold(head, roll, force) : { kind: "unborn" });
        }),
      );
      return holdings;
    },
    async found(shard, mechanism) {
      await inTime(journal.createShard(shard, mechanism));
      return await inTime(journal.claim(shard, hostId));
    },
  };
}
