import { eq, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import type { Outcome } from "../journal/journal-store.ts";
import { outcomePlaceOf } from "../journal/outcomes.ts";
import { outcomePlaces, projectionCursors, shards } from "../schema/journal.ts";
import { insertOf, partsOf } from "./bulk-rows.ts";
import { marketRows } from "./market-rows.ts";
import type { NoticeRow } from "./projection-rows.ts";
import type { Cleared, Clearing, Loading, Saving } from "./row-group.ts";
import { tenderRows } from "./tender-rows.ts";

/** One shard's rows and position, held by one transaction: whoever else wants to move the shard waits. */
export type ProjectionTransaction = {
  /** Null when the journal has no such shard. */
  readonly mechanism: string | null;
  /** The last entry that is in the read models, and the last of the journal. */
  readonly position: number;
  readonly headSeq: number;
  /** Rows of the shard were there and are gone: all of its journal is wanted, or readers would miss the rest. */
  readonly cleared: boolean;
  readonly load: <Wanted, Found>(rows: Loading<Wanted, Found>, wanted: Wanted) => Promise<Found>;
  /** Returns the notices that nobody could have read before. */
  readonly save: <Changed>(rows: Saving<Changed>, changed: Changed) => Promise<readonly NoticeRow[]>;
  /** Keeps the outcomes of the entries up to `position` and says that what was saved stands for them. */
  readonly moveTo: (position: number, outcomes: readonly Outcome[]) => Promise<void>;
};

/** Where the read models of a shard stand. */
export type Lag = { readonly shard: string; readonly position: number; readonly headSeq: number };

/** What projections write. Nothing here asks who is asking: it is for the worker alone. */
export type ProjectionStore = {
  /** Shards whose journal is ahead of the read models, at most `limit`. */
  readonly behind: (limit: number) => Promise<readonly Lag[]>;
  readonly lagOf: (shard: string) => Promise<Lag | undefined>;
  /**
   * Runs `work` in a transaction on the shard's rows; all or nothing of it stays. At position 0 the shard's rows are
   * removed first, so that whatever was there before is never counted twice.
   */
  readonly project: <Result>(shard: string, work: (tx: ProjectionTransaction) => Promise<Result>) => Promise<Result>;
  /** As `project`, from position 0. Readers see the old rows until the work is done; marks of what was read stay. */
  readonly reproject: <Result>(shard: string, work: (tx: ProjectionTransaction) => Promise<Result>) => Promise<Result>;
  /** Removes the rows of shards that the journal does not hold. Returns their ids. */
  readonly removeStrays: () => Promise<readonly string[]>;
};

const projection = "records";

/** Whatever kind of shard it is, its rows are in one of them. */
const groups: readonly Clearing[] = [tenderRows, marketRows];
const marksPerStatement = 5_000;

export function createProjectionStore(db: Database): ProjectionStore {
  const position = sql<number>`coalesce(${projectionCursors.seq}, 0)`.mapWith(Number);
  const lags = () =>
    db
      .select({ shard: shards.shard, position, headSeq: shards.headSeq })
      .from(shards)
      .leftJoin(
        projectionCursors,
        sql`${projectionCursors.shard} = ${shards.shard} and ${projectionCursors.projection} = ${projection}`,
      )
      .$dynamic();

  return {
    behind: (limit) => lags().where(sql`${shards.headSeq} > ${position}`).orderBy(shards.shard).limit(limit),

    async lagOf(shard) {
      const [lag] = await lags().where(eq(shards.shard, shard));
      return lag;
    },

    project: (shard, work) => db.transaction(async (tx) => run(tx, { shard, work, held: await hold(tx, shard) })),

    reproject: (shard, work) =>
      db.transaction(async (tx) => run(tx, { shard, work, held: { ...(await hold(tx, shard)), position: 0 } })),

    removeStrays: () =>
      db.transaction(async (tx) => {
        const removed: string[] = [];
        for (const group of groups) {
          const strays = await group.strays(tx);
          for (const shard of strays) await group.clear(tx, shard);
          removed.push(...strays);
        }
        return removed;
      }),
  };
}

type Held = Pick<ProjectionTransaction, "mechanism" | "position" | "headSeq">;

/** Locks the shard's position, which must exist to be locked. */
async function hold(tx: Database, shard: string): Promise<Held> {
  const look = () =>
    tx
      .select({ position: projectionCursors.seq, mechanism: shards.mechanism, headSeq: shards.headSeq })
      .from(projectionCursors)
      .leftJoin(shards, eq(shards.shard, projectionCursors.shard))
      .where(at(shard))
      .for("update", { of: projectionCursors });
  const [known] = await look();
  if (known === undefined)
    await tx.insert(projectionCursors).values({ projection, shard, seq: 0 }).onConflictDoNothing();
  const held = known ?? (await look())[0];
  return { position: held?.position ?? 0, mechanism: held?.mechanism ?? null, headSeq: held?.headSeq ?? 0 };
}

type Run<Result> = {
  readonly shard: string;
  readonly work: (tx: ProjectionTransaction) => Promise<Result>;
  readonly held: Held;
};

async function run<Result>(tx: Database, { shard, work, held }: Run<Result>): Promise<Result> {
  const cleared = held.position === 0 ? await clear(tx, shard) : null;
  const told = cleared?.notices ?? new Map<string, string | null>();
  let isTelling = false;
  const result = await work({
    ...held,
    cleared: cleared !== null,
    load: (rows, wanted) => rows.load(tx, wanted),
    async save(rows, changed) {
      const fresh = await rows.save(tx, changed);
      isTelling ||= fresh.length > 0;
      return fresh.filter(({ id }) => !told.has(id));
    },
    async moveTo(position, outcomes) {
      for (const part of partsOf(outcomes))
        await tx.execute(sql`${insertOf(outcomePlaces, part.map(outcomePlaceOf))} on conflict do nothing`);
      await tx.execute(sql`update ${projectionCursors} set seq = ${position} where ${at(shard)}
        returning set_config('synchronous_commit', ${isTelling ? null : "off"}, true)`);
    },
  });
  await markRead(tx, told);
  return result;
}

async function clear(tx: Database, shard: string): Promise<Cleared | null> {
  for (const group of groups) {
    const cleared = await group.clear(tx, shard);
    if (cleared !== null) return cleared;
  }
  return null;
}

async function markRead(tx: Database, told: Cleared["notices"]): Promise<void> {
  const read = [...told].filter(([, readAt]) => readAt !== null);
  for (let start = 0; start < read.length; start += marksPerStatement) {
    const marks = Object.fromEntries(read.slice(start, start + marksPerStatement));
    await tx.execute(sql`update notices set read_at = mark.value::timestamptz
      from jsonb_each_text(${JSON.stringify(marks)}::jsonb) mark where notices.id = mark.key`);
  }
}

function at(shard: string) {
  return sql`${projectionCursors.projection} = ${projection} and ${projectionCursors.shard} = ${shard}`;
}
