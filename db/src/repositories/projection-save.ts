import { and, eq, inArray, lte, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { notices } from "../schema/notices.ts";
import { awards, bids, contracts, initialPrices, lotBidders, lots } from "../schema/read-models-lots.ts";
import { questions, tenderSuppliers, tenders } from "../schema/read-models-tenders.ts";
import { insertOf, partsOf, upsert } from "./bulk-rows.ts";
import type { NoticeRow, RowsChanged } from "./projection-rows.ts";

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
  return await insertNotices(tx, changed.notices);
}

async function insertNotices(tx: Database, rows: readonly NoticeRow[]): Promise<readonly NoticeRow[]> {
  const fresh = new Set<unknown>();
  for (const part of partsOf(rows)) {
    const written = await tx.execute(sql`${insertOf(notices, part)} on conflict do nothing returning id`);
    for (const { id } of written) fresh.add(id);
  }
  return rows.filter(({ id }) => fresh.has(id));
}
