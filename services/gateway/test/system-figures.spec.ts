import { expect, test } from "vitest";
import { textOfFigures } from "../src/figures-text.ts";
import type { HostFigures, WorkerFigures } from "../src/system-figures.ts";
import { warningsOf } from "../src/system-figures.ts";

const host: HostFigures = {
  shards: { serving: 7, loading: 1, frozen: 0 },
  waiting: 12,
  appendsInFlight: 2,
  batches: 40,
  commitMs: { bounds: [1, 10], counts: [3, 4, 1], count: 8, sum: 250 },
  recoveries: 9,
  refusedCommits: 1,
  unknownCommits: 2,
  outages: 0,
  alerts: 0,
};
const search = {
  ...{ indexes: 2, building: 1, products: 300, offers: 900, bytes: 400_000, deadShare: 0.125 },
  ...{ oldestMicros: 90_000_000, lagMicros: 250_000 },
};
const worker: WorkerFigures = { entries: 100, failures: 3, lagMicros: 250_000, failing: 0, stuckMicros: 4_000 };

test("the figures are lines that Prometheus reads", () => {
  const text = textOfFigures({ host: () => host, worker: () => worker, search: () => search });
  const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  expect(samples).toEqual([
    'trading_shards{phase="serving"} 7',
    'trading_shards{phase="loading"} 1',
    'trading_shards{phase="frozen"} 0',
    "trading_commands_waiting 12",
    "trading_appends_in_flight 2",
    "trading_batches_total 40",
    'trading_commit_duration_seconds_bucket{le="0.001"} 3',
    'trading_commit_duration_seconds_bucket{le="0.01"} 7',
    'trading_commit_duration_seconds_bucket{le="+Inf"} 8',
    "trading_commit_duration_seconds_sum 0.25",
    "trading_commit_duration_seconds_count 8",
    "trading_recoveries_total 9",
    "trading_refused_commits_total 1",
    "trading_unknown_commits_total 2",
    "trading_outages_total 0",
    "trading_alerts_total 0",
    "read_models_entries_total 100",
    "read_models_failures_total 3",
    "read_models_lag_seconds 0.25",
    "read_models_failing_shards 0",
    "read_models_stuck_seconds 0.004",
    'search_indexes{phase="serving"} 2',
    'search_indexes{phase="building"} 1',
    "search_products 300",
    "search_offers 900",
    "search_bytes 400000",
    "search_dead_share 0.125",
    "search_oldest_seconds 90",
    "search_lag_seconds 0.25",
  ]);
  for (const sample of samples) {
    const name = sample.replace(/(_bucket|_sum|_count)?[{ ].*$/, "");
    expect(text).toMatch(new RegExp(`# HELP ${name} \\S.*\\n# TYPE ${name} (gauge|counter|histogram)\\n`));
  }
  expect(textOfFigures({})).toBe("");
  expect(textOfFigures({ search: () => null })).toBe("");
});

test("frozen shards and read models that do not come forward are warned of, nothing else is", () => {
  expect(warningsOf({ host: () => host, worker: () => worker, search: () => search })).toEqual({});
  expect(warningsOf({ search: () => ({ ...search, lagMicros: 45_000_000 }) })).toEqual({
    search: "Behind since 45 s.",
  });
  expect(warningsOf({})).toEqual({});
  const frozen = { ...host, shards: { ...host.shards, frozen: 2 } };
  const failing = { ...worker, failing: 1, stuckMicros: 90_000_000 };
  expect(warningsOf({ host: () => frozen, worker: () => failing })).toEqual({
    "trading host": "Frozen shards: 2. What is in them waits for an operator.",
    "read models": "Behind since 90 s; shards that fail: 1.",
  });
  const hanging = { ...worker, stuckMicros: 31_000_000 };
  expect(warningsOf({ worker: () => hanging })).toHaveProperty("read models");
});
