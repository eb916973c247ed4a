import type { Bus, CommandAnswer, ViewAnswer } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Database, ShardPort } from "@kontor/db";
import {
  createAllocationRepository,
  createSettlementRepository,
  createSweepRepository,
  expireOrders,
} from "@kontor/db";
import type { Clock } from "@kontor/kernel";
import { limits } from "@kontor/kernel";
import type { Log } from "../create-worker.ts";

export type ClearingOptions = {
  readonly bus: Bus;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** How often unfinished allocations are looked for. */
  readonly resumeMs: number;
  /** How often the rest is: standing instructions, settlements, what shards must be told, orders nobody approved. */
  readonly settleMs: number;
  readonly commandTimeoutMs: number;
};

/** Does in the background what nobody waits for. Several may run: each piece of work is done once. */
export type Clearing = {
  readonly start: () => void;
  /** Resolves when the work under way is done. */
  readonly stop: () => Promise<void>;
};

type Job = { readonly name: string; readonly everyMs: number; readonly run: () => Promise<unknown> };

export function createClearing(options: ClearingOptions): Clearing {
  const { bus, db, clock, log, resumeMs, settleMs, commandTimeoutMs: timeoutMs } = options;
  const port: ShardPort = {
    command: (request) => bus.request<CommandAnswer>(subjects.command, request, { timeoutMs }),
    view: (request) => bus.request<ViewAnswer>(subjects.view, request, { timeoutMs }),
  };
  const allocations = createAllocationRepository(db);
  const sweeps = createSweepRepository(db);
  const settlements = createSettlementRepository(db);
  const due = () => ({ at: clock.now(), limit: limits.clearingBatchMax });
  const jobs: readonly Job[] = [
    { name: "allocations", everyMs: resumeMs, run: () => allocations.resume(port, due()) },
    { name: "standing instructions", everyMs: settleMs, run: () => sweeps.sweep(port, due()) },
    { name: "settlements", everyMs: settleMs, run: () => settlements.run(due()) },
    { name: "unapproved orders", everyMs: settleMs, run: () => expireOrders(db, due()) },
    { name: "corrections", everyMs: settleMs, run: () => settlements.correct(port, due()) },
  ];
  const stopping = new AbortController();
  let running: Promise<unknown> | undefined;

  async function repeat({ name, everyMs, run }: Job): Promise<void> {
    while (!stopping.signal.aborted) {
      await run().catch((error: unknown) =>
        log.error({ err: error, job: name }, "clearing could not do its work; again later"),
      );
      await pause(everyMs, stopping.signal);
    }
  }

  return {
    start() {
      running ??= Promise.all(jobs.map(repeat));
    },

    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
