import { eq, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { projectionCursors, shards } from "../schema/journal.ts";
import { awards, bids, contracts, initialPrices, lotBidders, lots } from "../schema/read-models-lots.ts";
import { notices, questions, tenderSuppliers, tenders } from "../schema/read-models-tenders.ts";
import { loadRows } from "./projection-load.ts";
import type { NoticeRow, RowsChanged, RowsFound, RowsWanted } from "./projection-rows.ts";
import { saveRows } from "./projection-save.ts";

/** One shard's rows and position, held by one transaction: whoever else wants to move the shard waits. */
export type ProjectionTransaction = {
  /** Null when the journal has no such shard. */
  readonly mechanism: string | null;
  /** The last entry that is in the read models, and the last of the journal. */
  readonly position: number;
  readonly headSeq: number;
  /** Rows of the shard were there and are gone: all of its journal is wanted, or readers would miss the rest. */
  readonly cleared: boolean;
  readonly load: (wanted: RowsWanted) => Promise<RowsFound>;
  /** Writes rows and the position that they stand for. Returns the notices that nobody could have read before. */
  readonly save: (changed: RowsChanged, position: number) => Promise<readonly NoticeRow[]>;
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
  /** Removes the rows of tenders that the journal does not hold. Returns their ids. */
  readonly removeStrays: () => Promise<readonly string[]>;
};

const projection = "records";

const tenderTables = [lots, lotBidders, bids, initialPrices, tenderSuppliers, questions, awards, contracts];
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
        const strays = await tx
          .select({ id: tenders.id })
          .from(tenders)
          .where(sql`not exists (select 1 from ${shards} where ${shards.shard} = ${tenders.id})`);
        for (const { id } of strays) await clear(tx, id);
        return strays.map(({ id }) => id);
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
  const kept = held.position === 0 ? await clear(tx, shard) : nothingKept;
  const result = await work({
    ...held,
    cleared: kept.tender,
    load: (wanted) => loadRows(tx, wanted),
    async save(changed, position) {
      const fresh = await saveRows(tx, changed);
      await tx.update(projectionCursors).set({ seq: position }).where(at(shard));
      return fresh.filter(({ id }) => !kept.notices.has(id));
    },
  });
  await markRead(tx, kept.notices);
  return result;
}

/** What a cleared shard had: whether there was a tender, and its notices with the marks of what was read. */
type Kept = { readonly tender: boolean; readonly notices: ReadonlyMap<string, string | null> };

const nothingKept: Kept = { tender: false, notices: new Map() };

async function clear(tx: Database, tenderId: string): Promise<Kept> {
  const [tender] = await tx.delete(tenders).where(eq(tenders.id, tenderId)).returning({ id: tenders.id });
  if (tender === undefined) return nothingKept;
  for (const table of tenderTables) await tx.delete(table).where(eq(table.tenderId, tenderId));
  const told = await tx
    .delete(notices)
    .where(eq(notices.tenderId, tenderId))
    .returning({ id: notices.id, readAt: sql<string | null>`read_at::text` });
  return { tender: true, notices: new Map(told.map(({ id, readAt }) => [id, readAt])) };
}

async function markRead(tx: Database, told: Kept["notices"]): Promise<void> {
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
