import type { Bus, CommandAnswer, ViewAnswer } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Database, ShardPort } from "@kontor/db";
import { createAllocationRepository, createSettlementRepository, createSweepRepository } from "@kontor/db";
import type { Clock } from "@kontor/kernel";
import { limits } from "@kontor/kernel";
import type { BackgroundJobs } from "../background-jobs.ts";
import { createBackgroundJobs } from "../background-jobs.ts";
import type { Log } from "../create-worker.ts";

export type ClearingOptions = {
  readonly bus: Bus;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** How often unfinished allocations are looked for. */
  readonly resumeMs: number;
  /** How often the rest is: standing instructions, settlements, what shards must be told. */
  readonly settleMs: number;
  readonly commandTimeoutMs: number;
};

/** Does in the background what nobody waits for. */
export function createClearing(options: ClearingOptions): BackgroundJobs {
  const { bus, db, clock, log, resumeMs, settleMs, commandTimeoutMs: timeoutMs } = options;
  const port: ShardPort = {
    command: (request) => bus.request<CommandAnswer>(subjects.command, request, { timeoutMs }),
    view: (request) => bus.request<ViewAnswer>(subjects.view, request, { timeoutMs }),
  };
  const allocations = createAllocationRepository(db);
  const sweeps = createSweepRepository(db);
  const settlements = createSettlementRepository(db);
  const due = () => ({ at: clock.now(), limit: limits.clearingBatchMax });
  const jobs = [
    { name: "allocations", everyMs: resumeMs, run: () => allocations.resume(port, due()) },
    { name: "standing instructions", everyMs: settleMs, run: () => sweeps.sweep(port, due()) },
    { name: "settlements", everyMs: settleMs, run: () => settlements.run(due()) },
    { name: "corrections", everyMs: settleMs, run: () => settlements.correct(port, due()) },
  ];
  return createBackgroundJobs(jobs, { log, failed: "clearing could not do its work; again later" });
}
