import type { Histogram, HistogramValue } from "./histogram.ts";
import { createHistogram } from "./histogram.ts";
import type { Shard } from "./shard.ts";

/** Counters since the host was made; gauges of this moment. */
export type HostStats = {
  readonly shards: { readonly serving: number; readonly loading: number; readonly frozen: number };
  /** Commands taken in and not answered yet. */
  readonly waiting: number;
  /** Journal entries committed, by what the engines said. */
  readonly accepted: number;
  readonly rejected: number;
  /** Commands answered from an earlier outcome of the same key. */
  readonly repeated: number;
  /** Refusals of the host, by code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Segments committed; a batch is one of them. */
  readonly batches: number;
  /** Entries as stored, and as they were before packing. */
  readonly bytes: number;
  readonly plainBytes: number;
  readonly statements: number;
  readonly appendsInFlight: number;
  /** Entries per batch. */
  readonly batchSize: HistogramValue;
  /** Milliseconds from sending a statement to its commit. */
  readonly commitMs: HistogramValue;
  /** Shards brought back from the journal: starts, fail-overs, refused commits, unknown outcomes. */
  readonly recoveries: number;
  readonly refusedCommits: number;
  readonly unknownCommits: number;
  readonly outages: number;
  readonly snapshots: number;
  /** What a person must look at: frozen shards, replays that differ. */
  readonly alerts: number;
};

/** The counters themselves; written by the parts of the host, read by `stats`. */
export type Counters = {
  waiting: number;
  accepted: number;
  rejected: number;
  repeated: number;
  readonly refused: Map<string, number>;
  batches: number;
  bytes: number;
  plainBytes: number;
  statements: number;
  readonly batchSize: Histogram;
  readonly commitMs: Histogram;
  recoveries: number;
  refusedCommits: number;
  unknownCommits: number;
  outages: number;
  snapshots: number;
  alerts: number;
};

/** The counters as they stand, with the gauges of this moment. */
export function statsOf(counters: Counters, shards: ReadonlyMap<string, Shard>, appendsInFlight: number): HostStats {
  const phases = { serving: 0, loading: 0, frozen: 0 };
  for (const { phase } of shards.values()) {
    if (phase === "serving" || phase === "frozen") phases[phase]++;
    else phases.loading++;
  }
  return {
    ...counters,
    shards: phases,
    refused: Object.fromEntries(counters.refused),
    batchSize: counters.batchSize.value(),
    commitMs: counters.commitMs.value(),
    appendsInFlight,
  };
}

export function createCounters(): Counters {
  return {
    waiting: 0,
    accepted: 0,
    rejected: 0,
    repeated: 0,
    refused: new Map(),
    batches: 0,
    bytes: 0,
    plainBytes: 0,
    statements: 0,
    batchSize: createHistogram([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]),
    commitMs: createHistogram([0.5, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000]),
    recoveries: 0,
    refusedCommits: 0,
    unknownCommits: 0,
    outages: 0,
    snapshots: 0,
    alerts: 0,
  };
}
