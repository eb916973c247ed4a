import { eq, sql } from "drizzle-orm";
import { shards } from "../schema/journal.ts";
import { notices } from "../schema/notices.ts";
import { awards, bids, contracts, initialPrices, lotBidders, lots } from "../schema/read-models-lots.ts";
import { questions, tenderSuppliers, tenders } from "../schema/read-models-tenders.ts";
import { loadRows } from "./projection-load.ts";
import type { RowsChanged, RowsFound, RowsWanted } from "./projection-rows.ts";
import { saveRows } from "./projection-save.ts";
import type { Clearing, Loading, Saving } from "./row-group.ts";

const parts = [lots, lotBidders, bids, initialPrices, tenderSuppliers, questions, awards, contracts];

/** Rows of a tender; the shard is the tender. */
export const tenderRows: Loading<RowsWanted, RowsFound> & Saving<RowsChanged> & Clearing = {
  load: loadRows,
  save: saveRows,

  async clear(tx, tenderId) {
    const [tender] = await tx.delete(tenders).where(eq(tenders.id, tenderId)).returning({ id: tenders.id });
    if (tender === undefined) return null;
    for (const table of parts) await tx.delete(table).where(eq(table.tenderId, tenderId));
    const told = await tx
      .delete(notices)
      .where(eq(notices.tenderId, tenderId))
      .returning({ id: notices.id, readAt: sql<string | null>`read_at::text` });
    return { notices: new Map(told.map(({ id, readAt }) => [id, readAt])) };
  },

  async strays(tx) {
    const strays = await tx
      .select({ id: tenders.id })
      .from(tenders)
      .where(sql`not exists (select 1 from ${shards} where ${shards.shard} = ${tenders.id})`);
    return strays.map(({ id }) => id);
  },
};
