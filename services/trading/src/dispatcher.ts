import type { Answering } from "./answering.ts";
import type { SnapshotSettings } from "./batch.ts";
import { prepareOutputs, sealBatch } from "./batch.ts";
import type { DecideResult } from "./decide.ts";
import { decideWaiting } from "./decide.ts";
import type { JournalWriter } from "./journal-writer.ts";
import type { HostLog } from "./log.ts";
import type { HostSettings } from "./settings.ts";
import type { Batch, Core, Shard } from "./shard.ts";

export type DispatcherOptions = {
  readonly settings: Pick<HostSettings, "batchCommandsMax" | "batchBytesMax"> & SnapshotSettings;
  readonly writer: () => JournalWriter;
  readonly answering: Answering;
  readonly log: HostLog;
  /** While true nothing is decided; `wake` or `resume` must follow. */
  readonly isPaused: () => boolean;
  /** The shard's first command is acceptable: create it. */
  readonly found: (shard: Shard, core: Core) => void;
  /** The engine failed while it changed the state. */
  readonly broken: (shard: Shard, error: unknown) => void;
  /** Nothing is in the journal of this shard, and nobody waits for it. */
  readonly abandon: (shard: Shard) => void;
};

/** Decides what waits, shard by shard, and hands it to the writer whenever that can take more. */
export type Dispatcher = {
  readonly wake: (shard: Shard) => void;
  /** Looks again at all shards that were woken. */
  readonly resume: () => void;
};

/** Commands in one statement and in one turn of the thread, as multiples of a shard's batch. */
const batchesAtOnce = 4;
/** So few commands are sent at once rather than split to keep both the thread and the journal busy. */
const unsplit = 32;

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { settings, answering, log } = options;
  const { batchCommandsMax, batchBytesMax } = settings;
  const woken = new Set<Shard>();
  let scheduled = false;

  function schedule(): void {
    if (scheduled || woken.size === 0) return;
    scheduled = true;
    setImmediate(turn);
  }

  /** Commands that arrived while a statement was on its way form the next; no timer waits for more. */
  function turn(): void {
    scheduled = false;
    if (options.isPaused()) return;
    const writer = options.writer();
    const budget = batchCommandsMax * batchesAtOnce;
    while (writer.isFree() && send(Math.min(budget, shareOf(woken))));
    decideAhead(budget);
  }

  function send(commandsMax: number): boolean {
    const batches: Batch[] = [];
    let commands = 0;
    let bytes = 0;
    for (const shard of woken) {
      const core = servedCore(shard);
      if (core === null || core.inFlight !== null) continue;
      decide(shard, core, commandsMax - commands);
      const batch = shard.core === core ? sealBatch(shard, core) : null;
      if (batch === null) continue;
      batches.push(batch);
      commands += batch.entries;
      bytes += batch.plainBytes;
      if (commands >= commandsMax || bytes >= batchBytesMax * batchesAtOnce) break;
    }
    if (batches.length === 0) return false;
    options.writer().send(batches);
    for (const batch of batches) prepare(batch);
    return true;
  }

  function prepare(batch: Batch): void {
    try {
      prepareOutputs(batch, settings);
    } catch (error) {
      options.broken(batch.shard, error);
    }
  }

  function decideAhead(budget: number): void {
    let left = budget;
    for (const shard of woken) {
      const core = servedCore(shard);
      if (core === null) continue;
      left -= decide(shard, core, left).decided;
      if (left <= 0) return schedule();
      const ready = shard.core === core && core.open !== null && core.inFlight === null;
      if (!ready) woken.delete(shard);
      if (core.mode === "unborn") options.abandon(shard);
    }
  }

  function servedCore(shard: Shard): Core | null {
    if (shard.phase === "serving" && shard.core !== null) return shard.core;
    woken.delete(shard);
    return null;
  }

  function decide(shard: Shard, core: Core, commands: number): DecideResult {
    const result = decideWaiting(shard, core, {
      commands,
      batchCommandsMax,
      batchBytesMax,
      refuse: (item, answer) => answering.refuse(shard, item, answer),
      report: (error) => log.error({ err: error, shard: shard.id }, "the engine failed on a command"),
    });
    if (result.stop === "birth") options.found(shard, core);
    if (result.stop === "broken") options.broken(shard, result.error);
    return result;
  }

  return {
    wake(shard) {
      woken.add(shard);
      schedule();
    },
    resume: schedule,
  };
}

/** Half of what waits to be sent: the thread decides the rest while the journal writes. */
function shareOf(woken: ReadonlySet<Shard>): number {
  let waiting = 0;
  for (const { queue, core } of woken) {
    waiting += queue.length;
    if (core !== null && core.open !== null && core.inFlight === null) waiting += core.decidedSeq - core.seq;
  }
  return Math.max(unsplit, Math.ceil(waiting / 2));
}
