import type { Bus, NoticeHint } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { BuyingEngine, Database, NoticeRow } from "@kontor/db";
import { expireOrders, noticeRecordOf, runStandingOrders, tellExpiredQuotes, tellNotices } from "@kontor/db";
import type { Clock } from "@kontor/kernel";
import { limits } from "@kontor/kernel";
import type { BackgroundJobs } from "../background-jobs.ts";
import { createBackgroundJobs } from "../background-jobs.ts";
import type { Log } from "../create-worker.ts";

export type BuyingOptions = {
  readonly bus: Bus;
  readonly db: Database;
  readonly engine: BuyingEngine;
  readonly clock: Clock;
  readonly log: Log;
  /** How often notices that were not told yet are looked for. */
  readonly tellMs: number;
  /** How often the rest is: orders that nobody approved, dates of standing orders, quotes that ran out. */
  readonly dueMs: number;
};

/** What falls due in buying, and telling of it. */
export function createBuying({ bus, db, engine, clock, log, tellMs, dueMs }: BuyingOptions): BackgroundJobs {
  const due = () => ({ at: clock.now(), limit: limits.clearingBatchMax });
  const tell = (row: NoticeRow): void => {
    const { companyId, userId } = row;
    const hint: NoticeHint = { companyId, notice: { ...noticeRecordOf(row), data: row.data } };
    bus.publish(subjects.notices, userId === null ? hint : { ...hint, userId });
  };
  const tellAll = async (): Promise<void> => {
    const limit = limits.clearingBatchMax;
    for (let told: number = limit; told === limit; ) told = await tellNotices(db, { limit, tell });
  };
  return createBackgroundJobs(
    [
      { name: "notices", everyMs: tellMs, run: tellAll },
      { name: "unapproved orders", everyMs: dueMs, run: () => expireOrders({ db, engine }, due()) },
      { name: "standing orders", everyMs: dueMs, run: () => runStandingOrders({ db, engine }, due()) },
      { name: "quotes that ran out", everyMs: dueMs, run: () => tellExpiredQuotes(db, due()) },
    ],
    { log, failed: "buying could not do its work; again later" },
  );
}
