import type { SearchFigures } from "./catalogue/search-figures.ts";

/** Upper bounds in milliseconds, ascending, and how many fell between one and the next; one more count is above all. */
export type MillisecondHistogram = {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
  readonly count: number;
  readonly sum: number;
};

/** What a trading host tells of itself, as far as the gateway shows it. Counters since it was made, gauges of now. */
export type HostFigures = {
  readonly shards: { readonly serving: number; readonly loading: number; readonly frozen: number };
  readonly waiting: number;
  readonly appendsInFlight: number;
  readonly batches: number;
  readonly commitMs: MillisecondHistogram;
  readonly recoveries: number;
  readonly refusedCommits: number;
  readonly unknownCommits: number;
  readonly outages: number;
  readonly alerts: number;
};

/** What a worker tells of itself, as far as the gateway shows it. */
export type WorkerFigures = {
  readonly entries: number;
  readonly failures: number;
  readonly lagMicros: number;
  /** Shards whose latest turn failed. */
  readonly failing: number;
  /** For how long the read models have not come forward where they should; 0 when all is well. */
  readonly stuckMicros: number;
};

/** The services behind the gateway, where they run in one process with it. */
export type SystemFigures = {
  /** Null before the search has told anything. */
  readonly search?: () => SearchFigures | null;
  readonly host?: () => HostFigures;
  readonly worker?: () => WorkerFigures;
};

/** A turn of the worker that takes longer is told of; large journals need a while. */
const stuckAfterMs = 30_000;

/** What a person must look at, by service, in a sentence each; nothing here keeps the installation from serving. */
export function warningsOf({ host, worker, search }: SystemFigures): Readonly<Record<string, string>> {
  const frozen = host?.().shards.frozen ?? 0;
  const { failing = 0, stuckMicros = 0 } = worker?.() ?? {};
  const stuckMs = stuckMicros / 1000;
  const isStuck = failing > 0 || stuckMs > stuckAfterMs;
  const searchMs = (search?.()?.lagMicros ?? 0) / 1000;
  return {
    ...(searchMs > stuckAfterMs ? { search: `Behind since ${Math.ceil(searchMs / 1000)} s.` } : {}),
    ...(frozen === 0 ? {} : { "trading host": `Frozen shards: ${frozen}. What is in them waits for an operator.` }),
    ...(isStuck ? { "read models": `Behind since ${Math.ceil(stuckMs / 1000)} s; shards that fail: ${failing}.` } : {}),
  };
}
