import type { ChaosReport } from "./run-chaos.ts";

/** Whether every answer that anybody was given still stands. */
export function holds({ lost, duplicated, changed, faults }: ChaosReport): boolean {
  return lost.length + duplicated.length + changed.length + faults.length === 0;
}

/** The figures of a run, for people. */
export function linesOf(report: ChaosReport): readonly string[] {
  const { kills, wear, journal, bids, orders, traded, sampled } = report;
  const { lost, duplicated, changed, faults } = report;
  const struck = kills.server + kills.postgres + kills.both;
  return [
    `kills        ${struck}: server ${kills.server}, Postgres ${kills.postgres}, both ${kills.both}`,
    `restart      ${spread(report.restartsMs)}`,
    `next answer  ${spread(report.recoveriesMs)}`,
    `felt         ${wear.requestsUnanswered} requests unanswered, ${wear.linksLost} connections lost`,
    `answers      ${bids.answered} to bids, of them ${bids.accepted} accepted; ${orders.answered} to traders, of them ${orders.accepted} accepted; ${sampled} asked for once more`,
    `exchange     ${traded.orders} orders, ${traded.trades} trades, ${traded.movements} movements of assets, ${traded.outages} reopenings`,
    `journal      ${journal.entries} entries in ${journal.segments} segments of ${journal.shards} shards, taken ${journal.epochs} times`,
    `${lost.length} lost, ${duplicated.length} duplicated, ${changed.length} changed, ${faults.length} other faults in ${seconds(report.elapsedMs)}`,
    ...[...lost, ...duplicated, ...changed, ...faults].slice(0, 20).map((line) => `  ${line}`),
  ];
}

function spread(values: readonly number[]): string {
  const ordered = [...values].sort((a, b) => a - b);
  const at = (share: number): string => seconds(ordered[Math.ceil(ordered.length * share) - 1] ?? 0);
  return `median ${at(0.5)}, 99 % within ${at(0.99)}, at most ${at(1)}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
