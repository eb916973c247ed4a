import type { Bus, JournalHint } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Answering } from "./answering.ts";
import { segmentOf } from "./batch.ts";
import type { OlderKeys } from "./older-keys.ts";
import type { Batch, Core, Shard } from "./shard.ts";
import type { Counters } from "./stats.ts";
import type { Timers } from "./timers.ts";
import type { ViewRequests } from "./view-requests.ts";

export type CommitsOptions = {
  readonly bus: Bus;
  readonly counters: Counters;
  readonly answering: Answering;
  readonly views: ViewRequests;
  readonly timers: Timers;
  readonly olderKeys: OlderKeys;
  /** A snapshot is due at this batch. */
  readonly snapshot: (batch: Batch) => void;
  /** No command can change the shard any more, and nothing of it is on its way. */
  readonly close: (shard: Shard, core: Core) => void;
  readonly wake: (shard: Shard) => void;
};

/**
 * Lets out what was held for a batch, now that it is in the journal: answers, changed views, hints. A batch of a shard
 * that was recovered meanwhile is passed over: the journal was asked already.
 */
export function createCommits(options: CommitsOptions): (batches: readonly Batch[]) => void {
  const { bus, counters, answering, views, timers, olderKeys, snapshot, close, wake } = options;

  function commit(batch: Batch): void {
    const { shard, core } = batch;
    if (shard.core !== core || core.inFlight !== batch) return;
    const segment = segmentOf(batch);
    core.inFlight = null;
    core.seq = segment.lastSeq;
    core.hash = segment.hash;
    core.at = batch.at;
    shard.failures = 0;
    if (core.reported.length > 0) core.reported = core.reported.filter(({ seq }) => seq > segment.lastSeq);
    counters.batches++;
    counters.bytes += segment.entries.length;
    counters.plainBytes += batch.plainBytes;
    counters.batchSize.add(batch.entries);
    for (const item of batch.items) answering.deliver(shard, item);
    publish(batch);
    for (const waiter of batch.views) views.conclude(batch, waiter);
    if (core.open === null) for (const waiter of core.viewWaiters.splice(0)) views.answer(core, waiter);
    timers.set(shard.id, core.wakeAt === core.idleWake ? null : core.wakeAt);
    olderKeys.putAway(shard, core);
    if (batch.stateHash !== null) snapshot(batch);
    if (core.finished && core.open === null && core.mode === "owned") close(shard, core);
    if (shard.queue.length > 0 || core.open !== null) wake(shard);
  }

  function publish({ shard, core, header, update }: Batch): void {
    if (update !== null) {
      core.views.publish(update);
      if (update.update !== null) bus.publish(subjects.live(shard.id), update.update);
    }
    const hint: JournalHint = { shard: shard.id, seq: header.lastSeq };
    bus.publish(subjects.journal, hint);
  }

  return (batches) => {
    for (const batch of batches) commit(batch);
  };
}
