import type { Micros } from "@kontor/kernel";
import { inArray, sql } from "drizzle-orm";
import { recordChanges } from "../catalog/catalog-record.ts";
import type { CatalogRules } from "../catalog/catalog-rules.ts";
import { offerMembers, offerRecordOf } from "../catalog/offer-records.ts";
import type { Database } from "../connect.ts";
import { runPrepared } from "../prepared.ts";
import { insertOf, insertRows, upsert } from "../repositories/bulk-rows.ts";
import { newIds } from "../repositories/new-ids.ts";
import { offers, stockLevels } from "../schema/catalog-offers.ts";
import { prices } from "../schema/catalog-prices.ts";
import type { BatchWrites, ChangedOffer, PutRung } from "./batch-writes.ts";
import type { HeldImport } from "./import-work.ts";
import { reviseProducts } from "./revise-products.ts";
import { writeProducts } from "./write-products.ts";

export type Writing = { readonly held: HeldImport; readonly writes: BatchWrites; readonly rules: CatalogRules };

/** Writes a batch in few statements, however many rows it has. What stays as it is is not touched. */
export async function writeBatch(tx: Database, writing: Writing): Promise<void> {
  const { held, writes } = writing;
  await writeProducts(tx, writing);
  await reviseProducts(tx, writing);
  const made = writes.offers.map(({ row }) => row);
  await insertRows(tx, offers, made);
  if (writes.changed.length > 0) {
    await upsert(tx, { table: offers, key: [offers.id], rows: writes.changed.map(({ row }) => row) });
  }
  await recordOffers(tx, held, writes);
  const gone = writes.goneRungs.map(({ id }) => id);
  if (gone.length > 0) await tx.delete(prices).where(inArray(prices.id, gone));
  await putRungs(tx, held, writes);
  if (writes.stock.length > 0) {
    await upsert(tx, { table: stockLevels, key: [stockLevels.offerId, stockLevels.place], rows: writes.stock });
  }
}

async function recordOffers(tx: Database, { createdBy, fileName }: HeldImport, writes: BatchWrites): Promise<void> {
  const reason = `import ${fileName}`;
  const made = writes.offers.map(({ row, productId, reason: rule }) => ({
    ...subjectOf(row),
    reason: rule === null ? reason : `${reason}. ${rule}`,
    action: "created",
    before: {},
    after: membersOf(row, productId),
  }));
  const changed = writes.changed.map((one) => ({
    ...subjectOf(one.row),
    reason,
    action: one.action,
    before: membersOf(one.before.offer, one.before.variant.productId),
    after: membersOf(one.row, one.before.variant.productId),
  }));
  const all = [...made, ...changed].map((change) => ({ ...change, by: createdBy }));
  await recordChanges(tx, all, writes.now);
}

function subjectOf({ id, marketplaceId, vendorId, version }: ChangedOffer["row"]) {
  return { subject: "offer" as const, subjectId: id, marketplaceId, companyId: vendorId, version };
}

function membersOf(offer: ChangedOffer["row"], productId: string): Readonly<Record<string, unknown>> {
  return offerMembers(offerRecordOf({ offer, productId, vendorName: null, available: null }));
}

/** A rung that is there changes, and is kept as it was; its key is unit, quantity and beginning. */
async function putRungs(tx: Database, { priceListId }: HeldImport, { rungs, now }: BatchWrites): Promise<void> {
  if (rungs.length === 0 || priceListId === null) return;
  const ids = await newIds(tx, rungs.length);
  const rows = rungs.map((rung, place) => rowOf(rung, { id: ids[place] ?? "", listId: priceListId, now }));
  await runPrepared(
    tx,
    sql`${insertOf(prices, rows)}
    on conflict (offer_id, list_id, unit, min_quantity, valid_from) do update set price = excluded.price,
      price_base_quantity = excluded.price_base_quantity, valid_until = excluded.valid_until`,
  );
}

type Place = { readonly id: string; readonly listId: string; readonly now: Micros };

function rowOf(rung: PutRung, { id, listId, now }: Place): typeof prices.$inferSelect {
  const { offerId, unit, priceBaseQuantity, minQuantity, price, validFrom, validUntil } = rung;
  return { id, listId, offerId, unit, priceBaseQuantity, minQuantity, price, validFrom, validUntil, storedFrom: now };
}
