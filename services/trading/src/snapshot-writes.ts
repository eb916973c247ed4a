import type { JournalStore } from "@kontor/db";
import { Fault } from "@kontor/kernel";
import type { LoadOptions } from "./load.ts";
import { loadShards } from "./load.ts";
import { snapshotOf } from "./snapshot.ts";
import { stateTextOf } from "./state-hash.ts";

/** A committed position of a shard, with the hash of the live state there, if it was taken. */
export type SnapshotDue = {
  readonly shard: string;
  readonly mechanism: string;
  readonly epoch: number;
  readonly seq: number;
  readonly hash: Uint8Array;
  readonly stateHash: string | null;
};

/**
 * `unreadable`  the journal of a shard that is being served cannot be replayed; `error` says why
 * `differs`     a replay ends in another state than the live one; `replayed` is its hash. Nothing was written
 */
export type SnapshotOutcome =
  | { readonly kind: "written" }
  | { readonly kind: "unreadable"; readonly error: string }
  | { readonly kind: "differs"; readonly replayed: string };

/** Replays a shard's journal up to where a snapshot is due and writes that; rejects when the database does not answer. */
export type SnapshotWrite = (due: SnapshotDue) => Promise<SnapshotOutcome>;

/** Writes them in this thread, which a replay then has to itself for two milliseconds at a time. */
export function createSnapshotWrite(journal: JournalStore, load: LoadOptions): SnapshotWrite {
  return async ({ shard, mechanism: name, epoch, seq, hash, stateHash }) => {
    const head = { headSeq: seq, headHash: hash, mechanism: name };
    const loaded = (await loadShards([{ shard, head }], load)).get(shard);
    if (loaded === undefined || loaded instanceof Fault) return { kind: "unreadable", error: textOf(loaded) };
    const replayed = stateTextOf(loaded.mechanism, loaded.rebuilt.state);
    if (stateHash !== null && stateHash !== replayed.stateHash)
      return { kind: "differs", replayed: replayed.stateHash };
    const { schemaVersion } = loaded.mechanism;
    await journal.snapshots.put(await snapshotOf({ shard, epoch, schemaVersion }, loaded.rebuilt, replayed.text));
    return { kind: "written" };
  };
}

function textOf(fault: Fault | undefined): string {
  return fault?.message ?? "nothing was read";
}
