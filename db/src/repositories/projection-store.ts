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
  /** The last entry that is in the read models. */
  readonly position: number;
  readonly load: (wanted: RowsWanted) => Promise<RowsFound>;
  /** Writes rows and the position that they stand for. Returns the notices that are new. */
  readonly save: (changed: RowsChanged, position: number) => Promise<readonly NoticeRow[]>;
};

export type Lag = {
  readonly shard: string;
  readonly mechanism: string;
  readonly position: number;
  readonly headSeq: number;
};

/** What projections write. Nothing here asks who is asking: it is for the worker alone. */
export type ProjectionStore = {
  /** Shards whose journal is ahead of the read models, at most `limit`. */
  readonly behind: (limit: number) => Promise<readonly Lag[]>;
  readonly lagOf: (shard: string) => Promise<Lag | undefined>;
  /** Runs `work` in a transaction on the shard's rows; all or nothing of it stays. */
  readonly project: <Result>(shard: string, work: (tx: ProjectionTransaction) => Promise<Result>) => Promise<Result>;
  /**
   * Like `project`, on a shard whose rows are gone and whose position is 0: what readers see changes at once when the
   * work is done. Marks of notices that were read outlive it.
   */
  readonly reproject: <Result>(shard: string, work: (tx: ProjectionTransaction) => Promise<Result>) => Promise<Result>;
  /** Removes the rows of tenders that the journal does not hold. Returns their ids. */
  readonly removeStrays: () => Promise<readonly string[]>;
};

const projection = "records";

const tenderTables = [lots, lotBidders, bids, initialPrices, tenderSuppliers, questions, awards, contracts, notices];

export function createProjectionStore(db: Database): ProjectionStore {
  const position = sql<number>`coalesce(${projectionCursors.seq}, 0)`.mapWith(Number);
  const lags = () =>
    db
      .select({ shard: shards.shard, mechanism: shards.mechanism, position, headSeq: shards.headSeq })
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

    project: (shard, work) =>
      db.transaction(async (tx) => {
        const held = await hold(tx, shard);
        return await work(transactionOn(tx, shard, held));
      }),

    reproject: (shard, work) =>
      db.transaction(async (tx) => {
        await hold(tx, shard);
        await tx.execute(sql`create temporary table read_marks on commit drop as
          select id, read_at from notices where tender_id = ${shard} and read_at is not null`);
        await clear(tx, shard);
        await moveTo(tx, shard, 0);
        const result = await work(transactionOn(tx, shard, 0));
        await tx.execute(sql`update notices set read_at = read_marks.read_at from read_marks
          where notices.id = read_marks.id`);
        return result;
      }),

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

/** Locks the shard's position, which must exist to be locked. */
async function hold(tx: Database, shard: string): Promise<number> {
  await tx.insert(projectionCursors).values({ projection, shard, seq: 0 }).onConflictDoNothing();
  const [row] = await tx.select({ seq: projectionCursors.seq }).from(projectionCursors).where(at(shard)).for("update");
  return row?.seq ?? 0;
}

async function moveTo(tx: Database, shard: string, seq: number): Promise<void> {
  await tx.update(projectionCursors).set({ seq }).where(at(shard));
}

function at(shard: string) {
  return sql`${projectionCursors.projection} = ${projection} and ${projectionCursors.shard} = ${shard}`;
}

async function clear(tx: Database, tenderId: string): Promise<void> {
  for (const table of tenderTables) await tx.delete(table).where(eq(table.tenderId, tenderId));
  await tx.delete(tenders).where(eq(tenders.id, tenderId));
}

function transactionOn(tx: Database, shard: string, position: number): ProjectionTransaction {
  return {
    position,
    load: (wanted) => loadRows(tx, wanted),
    async save(changed, reached) {
      const fresh = await saveRows(tx, changed);
      await moveTo(tx, shard, reached);
      return fresh;
    },
  };
}
