import { and, eq, getTableColumns, inArray, lte, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Database } from "../connect.ts";
import { outcomes } from "../schema/journal.ts";
import { awards, bids, contracts, initialPrices, lotBidders, lots } from "../schema/read-models-lots.ts";
import { notices, questions, tenderSuppliers, tenders } from "../schema/read-models-tenders.ts";
import type { NoticeRow, RowsChanged } from "./projection-rows.ts";

/** A statement takes at most 65,535 parameters. */
const rowsPerStatement = 1_000;

/** Writes changed rows whole, by key. Returns the notices that were not there yet. */
export async function saveRows(tx: Database, changed: RowsChanged): Promise<readonly NoticeRow[]> {
  await upsert(tx, { table: tenders, key: [tenders.id], rows: changed.tenders });
  if (changed.removedLotIds.length > 0) await tx.delete(lots).where(inArray(lots.id, [...changed.removedLotIds]));
  await upsert(tx, { table: lots, key: [lots.id], rows: changed.lots });
  await upsert(tx, { table: lotBidders, key: [lotBidders.lotId, lotBidders.companyId], rows: changed.lotBidders });
  for (const { lotId, reason, seq } of changed.fallenBids) {
    await tx
      .update(bids)
      .set({ voided: true, voidReason: reason, seq })
      .where(and(eq(bids.lotId, lotId), eq(bids.voided, false), lte(bids.seq, seq)));
  }
  await upsert(tx, { table: bids, key: [bids.id], rows: changed.bids });
  await upsert(tx, {
    table: initialPrices,
    key: [initialPrices.lotId, initialPrices.companyId],
    rows: changed.initialPrices,
  });
  await upsert(tx, {
    table: tenderSuppliers,
    key: [tenderSuppliers.tenderId, tenderSuppliers.companyId],
    rows: changed.suppliers,
  });
  await upsert(tx, { table: questions, key: [questions.id], rows: changed.questions });
  await upsert(tx, { table: awards, key: [awards.id], rows: changed.awards });
  await upsert(tx, { table: contracts, key: [contracts.id], rows: changed.contracts });
  for (const rows of chunksOf(changed.outcomes)) {
    await tx.insert(outcomes).values(rows).onConflictDoNothing();
  }
  const fresh: NoticeRow[] = [];
  for (const rows of chunksOf(changed.notices)) {
    fresh.push(...(await tx.insert(notices).values(rows).onConflictDoNothing().returning()));
  }
  return fresh;
}

type Upsert<Table extends PgTable> = {
  readonly table: Table;
  readonly key: readonly [PgColumn, ...PgColumn[]];
  readonly rows: readonly Table["$inferSelect"][];
};

async function upsert<Table extends PgTable>(tx: Database, { table, key, rows }: Upsert<Table>): Promise<void> {
  const others = Object.entries(getTableColumns(table)).filter(([, column]) => !key.includes(column as PgColumn));
  const set = Object.fromEntries(
    others.map(([member, column]) => [member, sql`excluded.${sql.identifier(column.name)}`]),
  );
  for (const part of chunksOf(rows)) {
    await tx
      .insert(table as PgTable)
      .values(part)
      .onConflictDoUpdate({ target: [...key], set });
  }
}

function* chunksOf<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += rowsPerStatement) yield rows.slice(start, start + rowsPerStatement);
}
