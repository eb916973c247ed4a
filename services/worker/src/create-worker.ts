import type { Bus, JournalHint, NoticeHint } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Database, JournalStore, NoticeRow } from "@kontor/db";
import { createProjectionStore, noticeRecordOf } from "@kontor/db";
import type { Clock } from "@kontor/kernel";
import { applyJournal } from "./apply-journal.ts";
import { createPositions } from "./positions.ts";
import { createShardQueue } from "./shard-queue.ts";
import { createTroubles } from "./troubles.ts";

/** What the worker tells of itself; pino's shape. */
export type Log = {
  readonly info: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
};

export type WorkerOptions = {
  readonly bus: Bus;
  readonly journal: Pick<JournalStore, "readSegments">;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** How often all shards are looked through for entries that no hint told of. */
  readonly pollMs: number;
};

/**
 * `lagMicros`    the age of the newest entry at the moment it came into the read models
 * `failing`      shards whose latest turn failed
 * `stuckMicros`  how long the oldest failure that was not made good has lasted, or the turn under way; mostly 0
 */
export type WorkerStats = {
  readonly batches: number;
  readonly entries: number;
  readonly failures: number;
  readonly lagMicros: number;
  readonly failing: number;
  readonly stuckMicros: number;
};

/** Keeps the read models up with the journal. Several may run: they take turns per shard. */
export type Worker = {
  readonly start: () => void;
  /** Resolves when the batch under way is done. */
  readonly stop: () => Promise<void>;
  /** Waits until the entry `seq` of the shard is in the read models; false when that takes longer than `timeoutMs`. */
  readonly caughtUpWith: (shard: string, seq: number, options: { readonly timeoutMs: number }) => Promise<boolean>;
  readonly stats: () => WorkerStats;
};

/** Shards that one look at all of them takes up. */
const shardsPerLook = 500;

/** A shard that was brought forward rests, so that a busy auction is read in batches; who waits for it need not. */
const settleMs = 100;

export function createWorker({ bus, journal, db, clock, log, pollMs }: WorkerOptions): Worker {
  const store = createProjectionStore(db);
  const positions = createPositions();
  const queue = createShardQueue({ lookEveryMs: pollMs, settleMs });
  const stats = { batches: 0, entries: 0, failures: 0, lagMicros: 0 };
  const troubles = createTroubles(clock);
  let running: Promise<void> | undefined;
  let unsubscribe = (): void => {};

  /** One batch at a time, so that one busy shard does not keep the others waiting. */
  async function advance(shard: string): Promise<void> {
    const applied = await store.project(shard, (tx) => applyJournal(tx, { journal, shard, whole: tx.cleared }));
    const { notices, entries, newest, position, headSeq } = applied;
    if (entries > 0) {
      stats.batches += 1;
      stats.entries += entries;
      if (newest !== null) stats.lagMicros = Math.max(0, clock.now() - newest);
      publish(notices);
    }
    positions.reached(shard, position);
    queue.succeeded(shard, position >= headSeq && !positions.isAwaited(shard));
    if (position < headSeq) queue.add(shard);
  }

  /** After the commit, and only what this worker has stored: a copy that is lost is still in the list. */
  function publish(notices: readonly NoticeRow[]): void {
    for (const row of notices) {
      const hint: NoticeHint = { companyId: row.companyId, notice: { ...noticeRecordOf(row), data: row.data } };
      bus.publish(subjects.notices, hint);
    }
  }

  async function look(): Promise<void> {
    const behind = (await store.behind(shardsPerLook)).map(({ shard }) => shard);
    for (const shard of behind) queue.add(shard);
    if (behind.length < shardsPerLook) troubles.keep(behind);
  }

  async function run(): Promise<void> {
    for (;;) {
      const task = await queue.next();
      if (task === "stopped") return;
      const shard = task === "look" ? undefined : task.shard;
      troubles.begin();
      try {
        await (shard === undefined ? look() : advance(shard));
        troubles.ended(shard);
      } catch (error) {
        stats.failures += 1;
        troubles.failed(shard);
        log.error({ err: error, shard }, "read models could not follow the journal; tried again later");
        if (shard !== undefined) queue.failed(shard);
      }
    }
  }

  return {
    start() {
      if (running !== undefined) return;
      unsubscribe = bus.subscribe(subjects.journal, ({ shard }: JournalHint) => queue.add(shard));
      running = run();
      log.info({ pollMs }, "read models follow the journal");
    },

    async stop() {
      unsubscribe();
      queue.stop();
      await running;
      positions.giveUp();
    },

    caughtUpWith(shard, seq, { timeoutMs }) {
      queue.urge(shard);
      return positions.wait(shard, seq, timeoutMs);
    },

    stats: () => ({ ...stats, ...troubles.stats() }),
  };
}
