import type { SearchFigures } from "./catalogue/search-figures.ts";
import type { HostFigures, MillisecondHistogram, SystemFigures, WorkerFigures } from "./system-figures.ts";

/** The figures in the text format of Prometheus; empty where no service runs here. */
export function textOfFigures({ host, worker, search }: SystemFigures): string {
  const found = search?.() ?? null;
  const blocks = [
    ...(host === undefined ? [] : hostBlocks(host())),
    ...(worker === undefined ? [] : workerBlocks(worker())),
    ...(found === null ? [] : searchBlocks(found)),
  ];
  return blocks.map((block) => `${block}\n`).join("\n");
}

function hostBlocks(host: HostFigures): readonly string[] {
  const { serving, loading, frozen } = host.shards;
  return [
    gauge("trading_shards", "Shards in memory, by what the host does with them.", [
      ['{phase="serving"}', serving],
      ['{phase="loading"}', loading],
      ['{phase="frozen"}', frozen],
    ]),
    gauge("trading_commands_waiting", "Commands taken in and not answered yet.", host.waiting),
    gauge("trading_appends_in_flight", "Journal statements without their commit.", host.appendsInFlight),
    counter("trading_batches_total", "Batches committed to the journal.", host.batches),
    histogram("trading_commit_duration_seconds", "Time from a journal statement to its commit.", host.commitMs),
    counter("trading_recoveries_total", "Shards brought back from the journal.", host.recoveries),
    counter("trading_refused_commits_total", "Commits that the journal refused.", host.refusedCommits),
    counter("trading_unknown_commits_total", "Commits whose outcome was unknown.", host.unknownCommits),
    counter("trading_outages_total", "Gaps in service that were reported to engines.", host.outages),
    counter("trading_alerts_total", "Findings that a person must look at.", host.alerts),
  ];
}

function workerBlocks({ entries, failures, lagMicros, failing, stuckMicros }: WorkerFigures): readonly string[] {
  return [
    counter("read_models_entries_total", "Journal entries taken into the read models.", entries),
    counter("read_models_failures_total", "Turns of the worker that failed.", failures),
    gauge("read_models_lag_seconds", "Age of the newest entry when it was taken in.", lagMicros / 1e6),
    gauge("read_models_failing_shards", "Shards whose latest turn failed.", failing),
    gauge("read_models_stuck_seconds", "How long the read models have not come forward.", stuckMicros / 1e6),
  ];
}

function searchBlocks(search: SearchFigures): readonly string[] {
  return [
    gauge("search_indexes", "Marketplaces by what their index does.", [
      ['{phase="serving"}', search.indexes],
      ['{phase="building"}', search.building],
    ]),
    gauge("search_products", "Products in the indexes.", search.products),
    gauge("search_offers", "Active offers in the indexes.", search.offers),
    gauge("search_bytes", "Memory that the indexes hold.", search.bytes),
    gauge(
      "search_dead_share",
      "Share of texts that newer ones replaced, of the index with the most.",
      search.deadShare,
    ),
    gauge("search_oldest_seconds", "Age of the index that was built the longest ago.", search.oldestMicros / 1e6),
    gauge("search_lag_seconds", "Since when an index may not know of a change.", search.lagMicros / 1e6),
  ];
}

type Sample = readonly [suffix: string, value: number];

function gauge(name: string, help: string, value: number | readonly Sample[]): string {
  const samples: readonly Sample[] = typeof value === "number" ? [["", value]] : value;
  return block(`${name} gauge`, help, samples);
}

function counter(name: string, help: string, value: number): string {
  return block(`${name} counter`, help, [["", value]]);
}

function histogram(name: string, help: string, { bounds, counts, count, sum }: MillisecondHistogram): string {
  let below = 0;
  const buckets = bounds.map((bound, index): Sample => {
    below += counts[index] ?? 0;
    return [`_bucket{le="${bound / 1000}"}`, below];
  });
  return block(`${name} histogram`, help, [
    ...buckets,
    ['_bucket{le="+Inf"}', count],
    ["_sum", sum / 1000],
    ["_count", count],
  ]);
}

/** @param title the metric's name and its kind */
function block(title: string, help: string, samples: readonly Sample[]): string {
  const [name = ""] = title.split(" ");
  const lines = samples.map(([suffix, value]) => `${name}${suffix} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${title}`, ...lines].join("\n");
}
