import type { Claim, JournalStore, Snapshot } from "@kontor/db";
import { chainPointOf } from "@kontor/db";
import { Fault } from "@kontor/kernel";
import type { Mechanism, Mechanisms } from "./mechanism.ts";
import type { Rebuild, Rebuilt } from "./rebuild.ts";
import { createRebuild } from "./rebuild.ts";
import { readSnapshot } from "./snapshot.ts";

/** The projection cursor that says up to where a shard's outcomes were stored by its host. */
export const keyCursor = "key-window";

/** A shard to read up to a head: that of a claim, or the one found when it is not claimed. */
export type Target = {
  readonly shard: string;
  readonly head: Pick<Claim, "headSeq" | "headHash" | "mechanism">;
};

export type Loaded = {
  readonly rebuilt: Rebuilt;
  readonly mechanism: Mechanism;
  readonly storedThrough: number;
  readonly snapshotSeq: number;
  /** Characters of the state in the snapshot it was made from. */
  readonly snapshotLength: number;
};

export type LoadOptions = {
  readonly journal: JournalStore;
  readonly mechanisms: Mechanisms;
  readonly keyWindowMax: number;
  /** Told of a snapshot that does not fit the journal. */
  readonly onBadSnapshot: (shard: string, fault: Fault) => void;
};

/** By shard; a Fault means that its journal cannot be trusted, or not be read by this release. */
export type LoadResults = Map<string, Loaded | Fault>;

/** Milliseconds of replaying after which others get the thread. */
const sliceMs = 2;

/**
 * Reads many shards in one pass over the journal: the newest snapshot of each and the segments after it. A snapshot
 * that does not fit the chain is left aside and its shard read from the first segment.
 *
 * @throws the journal's error
 */
export async function loadShards(targets: readonly Target[], options: LoadOptions): Promise<LoadResults> {
  const { journal, keyWindowMax, onBadSnapshot } = options;
  const snapshots = await snapshotsOf(targets, options);
  const manyKeys = targets.some(({ head }) => head.headSeq > keyWindowMax);
  const stored = manyKeys ? await journal.cursors.read(keyCursor) : new Map<string, number>();
  const results = await replay(targets, { ...options, stored, snapshots });
  const again = targets.filter(({ shard }) => snapshots.has(shard) && results.get(shard) instanceof Fault);
  for (const { shard } of again) onBadSnapshot(shard, results.get(shard) as Fault);
  const second = await replay(again, { ...options, stored, snapshots: new Map() });
  return new Map([...results, ...second]);
}

async function snapshotsOf(
  targets: readonly Target[],
  { journal, mechanisms }: LoadOptions,
): Promise<ReadonlyMap<string, Snapshot>> {
  const found = new Map<string, Snapshot>();
  for (const [name, { schemaVersion }] of mechanisms) {
    const ids = targets.filter(({ head }) => head.mechanism === name && head.headSeq > 0).map(({ shard }) => shard);
    if (ids.length === 0) continue;
    for (const [shard, snapshot] of await journal.snapshots.latestOf(ids, schemaVersion)) found.set(shard, snapshot);
  }
  return found;
}

type ReplayOptions = LoadOptions & {
  readonly stored: ReadonlyMap<string, number>;
  readonly snapshots: ReadonlyMap<string, Snapshot>;
};

type Work = Omit<Loaded, "rebuilt"> & { readonly target: Target; readonly rebuild: Rebuild };

async function replay(targets: readonly Target[], options: ReplayOptions): Promise<LoadResults> {
  const results: LoadResults = new Map();
  const works = new Map<string, Work>();
  const guarded = (shard: string, run: () => void): void => {
    try {
      run();
    } catch (error) {
      works.delete(shard);
      results.set(shard, faultOf(error, shard));
    }
  };
  for (const target of targets) guarded(target.shard, () => works.set(target.shard, workOf(target, options)));
  const after = new Map<string, number>();
  for (const [shard, { target, snapshotSeq }] of works) {
    if (target.head.headSeq > snapshotSeq) after.set(shard, snapshotSeq);
  }
  let sliceEnd = performance.now() + sliceMs;
  for await (const segment of after.size > 0 ? options.journal.readAll({ after }) : []) {
    const work = works.get(segment.shard);
    if (work === undefined || segment.firstSeq > work.target.head.headSeq) continue; // A later owner's.
    guarded(segment.shard, () => work.rebuild.apply(segment));
    if (performance.now() < sliceEnd) continue;
    await new Promise(setImmediate);
    sliceEnd = performance.now() + sliceMs;
  }
  for (const [shard, { target, rebuild, ...work }] of works) {
    guarded(shard, () => {
      const rebuilt = rebuild.finish(chainPointOf(target.head));
      results.set(shard, { ...work, rebuilt });
    });
  }
  return results;
}

function workOf(target: Target, { mechanisms, keyWindowMax, stored, snapshots }: ReplayOptions): Work {
  const { shard, head } = target;
  const mechanism = mechanisms.get(head.mechanism);
  if (mechanism === undefined) throw new Fault("shard_frozen", { shard, mechanism: head.mechanism });
  const row = snapshots.get(shard);
  const snapshot = row && readSnapshot(row);
  if (row && !snapshot) throw new Fault("journal_corrupt", { shard, seq: row.seq, reason: "snapshot_hash" });
  const storedThrough = stored.get(shard) ?? 0;
  const { headSeq } = head;
  const rebuild = createRebuild({ shard, mechanism, snapshot, headSeq, keyWindowMax, storedThrough });
  const [snapshotSeq, snapshotLength] = [row?.seq ?? 0, snapshot?.length ?? 0];
  return { target, mechanism, rebuild, storedThrough, snapshotSeq, snapshotLength };
}

/** An engine that fails on what it once wrote cannot be trusted with the shard either. */
function faultOf(error: unknown, shard: string): Fault {
  if (error instanceof Fault) return error;
  return new Fault("journal_corrupt", { shard, reason: "replay_failed" }, { cause: error });
}
