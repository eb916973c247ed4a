import type { JournalStore } from "@kontor/db";
import { Fault } from "@kontor/kernel";
import type { LoadOptions } from "./load.ts";
import { loadShards } from "./load.ts";
import type { HostLog } from "./log.ts";
import { snapshotOf } from "./snapshot.ts";
import { stateTextOf } from "./state-hash.ts";
import type { Counters } from "./stats.ts";

/** A committed position of a shard, with the hash of the live state there, if it was taken. */
export type SnapshotDue = {
  readonly shard: string;
  readonly mechanism: string;
  readonly epoch: number;
  readonly seq: number;
  readonly hash: Uint8Array;
  readonly stateHash: string | null;
};

export type SnapshotterOptions = {
  readonly journal: JournalStore;
  readonly load: LoadOptions;
  readonly log: HostLog;
  readonly counters: Counters;
};

/** Writes snapshots, one at a time, each from a replay of the journal: never from the memory that it will replace. */
export type Snapshotter = {
  readonly request: (due: SnapshotDue) => void;
  /** Resolves when nothing is left to write. */
  readonly idle: () => Promise<void>;
};

export function createSnapshotter({ journal, load, log, counters }: SnapshotterOptions): Snapshotter {
  const waiting = new Map<string, SnapshotDue>();
  let running: Promise<void> | null = null;

  async function write(due: SnapshotDue): Promise<void> {
    const { shard, mechanism: name, epoch, seq, hash, stateHash } = due;
    const head = { headSeq: seq, headHash: hash, mechanism: name };
    const loaded = (await loadShards([{ shard, head }], load)).get(shard);
    if (loaded === undefined || loaded instanceof Fault) {
      counters.alerts++;
      return log.error({ err: loaded, shard, seq }, "the journal of a shard that is being served cannot be replayed");
    }
    const replayed = stateTextOf(loaded.mechanism, loaded.rebuilt.state);
    if (stateHash !== null && stateHash !== replayed.stateHash) {
      counters.alerts++;
      return log.error({ shard, seq, live: stateHash, replayed: replayed.stateHash }, "replay and live state differ");
    }
    const { schemaVersion } = loaded.mechanism;
    await journal.snapshots.put(await snapshotOf({ shard, epoch, schemaVersion }, loaded.rebuilt, replayed.text));
    counters.snapshots++;
    log.info({ shard, seq }, "snapshot written");
  }

  async function run(): Promise<void> {
    for (const [shard, due] of waiting) {
      waiting.delete(shard);
      await write(due).catch((error: unknown) => log.warn({ err: error, shard }, "a snapshot could not be written"));
    }
    running = null;
  }

  return {
    request(due) {
      waiting.set(due.shard, due);
      running ??= run();
    },
    idle: () => running ?? Promise.resolve(),
  };
}
