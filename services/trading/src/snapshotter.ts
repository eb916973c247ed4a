import type { HostLog } from "./log.ts";
import type { SnapshotDue, SnapshotWrite } from "./snapshot-writes.ts";
import type { Counters } from "./stats.ts";

export type SnapshotterOptions = {
  readonly write: SnapshotWrite;
  readonly log: HostLog;
  readonly counters: Counters;
};

/** Has snapshots written, one at a time, each from a replay of the journal: never from the memory that it will replace. */
export type Snapshotter = {
  readonly request: (due: SnapshotDue) => void;
  /** Resolves when nothing is left to write. */
  readonly idle: () => Promise<void>;
};

export function createSnapshotter({ write, log, counters }: SnapshotterOptions): Snapshotter {
  const waiting = new Map<string, SnapshotDue>();
  let running: Promise<void> | null = null;

  async function written(due: SnapshotDue): Promise<void> {
    const { shard, seq, stateHash } = due;
    const outcome = await write(due);
    if (outcome.kind === "written") {
      counters.snapshots++;
      return log.info({ shard, seq }, "snapshot written");
    }
    counters.alerts++;
    if (outcome.kind === "differs") {
      return log.error({ shard, seq, live: stateHash, replayed: outcome.replayed }, "replay and live state differ");
    }
    const { error } = outcome;
    log.error({ shard, seq, error }, "the journal of a shard that is being served cannot be replayed");
  }

  async function run(): Promise<void> {
    for (const [shard, due] of waiting) {
      waiting.delete(shard);
      await written(due).catch((error: unknown) => log.warn({ err: error, shard }, "a snapshot could not be written"));
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
