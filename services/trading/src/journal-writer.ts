import type { JournalStore } from "@kontor/db";
import { JournalWriteError } from "@kontor/db";
import { packBatch } from "./batch.ts";
import type { Batch } from "./shard.ts";
import type { Counters } from "./stats.ts";
import type { Timing } from "./timing.ts";
import { withDeadline } from "./timing.ts";

export type JournalWriterOptions = {
  readonly append: JournalStore["append"];
  readonly timing: Timing;
  readonly appendsInFlightMax: number;
  readonly appendDeadlineMs: number;
  readonly counters: Counters;
  readonly onCommitted: (batches: readonly Batch[]) => void;
  /** `refused`: the journal holds something else than these shards' owner thought. `unknown`: it may hold them. */
  readonly onFailed: (batches: readonly Batch[], outcome: "refused" | "unknown", error?: unknown) => void;
  /** A statement came back: more may be sent. */
  readonly onFree: () => void;
};

/** Puts the batches of all shards into the journal, those of one moment in one statement. */
export type JournalWriter = {
  readonly inFlight: () => number;
  /** Whether another statement may be sent now. */
  readonly isFree: () => boolean;
  readonly send: (batches: readonly Batch[]) => void;
};

export function createJournalWriter(options: JournalWriterOptions): JournalWriter {
  const { append, timing, appendsInFlightMax, appendDeadlineMs: ms, counters, onCommitted, onFailed, onFree } = options;
  let inFlight = 0;

  function send(batches: readonly Batch[]): void {
    inFlight++;
    counters.statements++;
    const sentAt = timing.monotonicMs();
    const late = () => new JournalWriteError("UNKNOWN", "the journal did not answer in time");
    void withDeadline(timing, attempt(append, batches), { ms, late }).then(
      (advanced) => {
        inFlight--;
        counters.commitMs.add(timing.monotonicMs() - sentAt);
        settle(batches, advanced);
        onFree();
      },
      (error: unknown) => {
        inFlight--;
        const outcome = error instanceof JournalWriteError && error.outcome === "NOT_APPLIED" ? "refused" : "unknown";
        onFailed(batches, outcome, error);
        onFree();
      },
    );
  }

  function settle(batches: readonly Batch[], advanced: ReadonlySet<string>): void {
    if (advanced.size === batches.length) return onCommitted(batches);
    onCommitted(batches.filter(({ shard }) => advanced.has(shard.id)));
    onFailed(
      batches.filter(({ shard }) => !advanced.has(shard.id)),
      "refused",
    );
  }

  return { inFlight: () => inFlight, isFree: () => inFlight < appendsInFlightMax, send };
}

async function attempt(append: JournalStore["append"], batches: readonly Batch[]): Promise<ReadonlySet<string>> {
  return await append(await Promise.all(batches.map(packBatch)));
}
