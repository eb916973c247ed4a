import type { Micros } from "@kontor/kernel";
import { inArray, sql } from "drizzle-orm";
import { recordChanges } from "../catalog/catalog-record.ts";
import type { CatalogRules } from "../catalog/catalog-rules.ts";
import { offerMembers, offerRecordOf } from "../catalog/offer-records.ts";
import type { TouchedProducts } from "../catalog/told-products.ts";
import { tellProducts, tellProductsLater } from "../catalog/told-products.ts";
import type { Database } from "../connect.ts";
import { Pipeline } from "../pipeline.ts";
import { runPrepared } from "../prepared.ts";
import { insertRows, insertWithoutIds, upsert } from "../repositories/bulk-rows.ts";
import { offers, stockLevels } from "../schema/catalog-offers.ts";
import { prices } from "../schema/catalog-prices.ts";
import type { BatchWrites, ChangedOffer, PutRung } from "./batch-writes.ts";
import type { HeldImport } from "./import-work.ts";
import { reviseProducts } from "./revise-products.ts";
import { writeProducts } from "./write-products.ts";

export type Writing = {
  readonly held: HeldImport;
  readonly writes: BatchWrites;
  readonly rules: CatalogRules;
  readonly pipeline: Pipeline;
};

/** Writes a batch in few statements, however many rows it has. What stays as it is is not touched. */
export async function writeBatch(tx: Database, batch: Omit<Writing, "pipeline">): Promise<void> {
  await Pipeline.of(async (pipeline) => {
    const writing = { ...batch, pipeline };
    const isRevising = batch.writes.revised.length > 0;
    if (!isRevising) await pipeline.send(() => tellProductsLater(tx));
    await writeProducts(tx, writing);
    await reviseProducts(tx, writing);
    // A revision may merge products that are not known here: it tells of them itself.
    if (isRevising) await pipeline.send(() => tellProductsLater(tx));
    await writeOffers(tx, writing);
    await pipeline.send(() => tellProducts(tx, touchedBy(batch.writes)));
  });
}

async function writeOffers(tx: Database, writing: Writing): Promise<void> {
  const { held, writes, pipeline } = writing;
  const made = writes.offers.map(({ row }) => row);
  await pipeline.send(() => insertRows(tx, offers, made));
  const changed = writes.changed.map(({ row }) => row);
  await pipeline.send(() => upsert(tx, { table: offers, key: [offers.id], rows: changed }));
  await pipeline.send(() => recordOffers(tx, held, writes));
  const gone = writes.goneRungs.map(({ id }) => id);
  if (gone.length > 0) await pipeline.send(async () => await tx.delete(prices).where(inArray(prices.id, gone)));
  await putRungs(tx, writing);
  const isMade = idsOf(writes.offers);
  const fresh = writes.stock.filter(({ offerId }) => isMade.has(offerId));
  await pipeline.send(() => insertRows(tx, stockLevels, fresh));
  const restocked = writes.stock.filter(({ offerId }) => !isMade.has(offerId));
  const key = [stockLevels.offerId, stockLevels.place] as const;
  await pipeline.send(() => upsert(tx, { table: stockLevels, key, rows: restocked }));
}

/** Whatever of a product is written, it is told of by one of these; other stock than before is told of by itself. */
function touchedBy({ products, offers: made, changed, goneRungs, rungs, stock }: BatchWrites): TouchedProducts {
  const isMade = idsOf(made);
  const stocked = stock.filter(({ version }) => version === 1);
  const parts = [...goneRungs, ...rungs, ...stocked].map(({ offerId }) => offerId);
  return {
    productIds: [...products, ...made].map(({ productId }) => productId),
    offerIds: [...changed.map(({ row }) => row.id), ...parts].filter((id) => !isMade.has(id)),
  };
}

const idsOf = (made: BatchWrites["offers"]): ReadonlySet<string> => new Set(made.map(({ row }) => row.id));

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
async function putRungs(tx: Database, { held: { priceListId: listId }, writes, pipeline }: Writing): Promise<void> {
  if (listId === null) return;
  const isMade = idsOf(writes.offers);
  const place = { listId, now: writes.now };
  // Of new offers there are none yet: not to ask is a fifth of the work.
  const fresh = writes.rungs.filter(({ offerId }) => isMade.has(offerId)).map((rung) => rowOf(rung, place));
  if (fresh.length > 0) await pipeline.send(() => runPrepared(tx, insertWithoutIds(prices, fresh)));
  const others = writes.rungs.filter(({ offerId }) => !isMade.has(offerId)).map((rung) => rowOf(rung, place));
  if (others.length === 0) return;
  const onConflict = sql`on conflict (offer_id, list_id, unit, min_quantity, valid_from) do update set
    price = excluded.price, price_base_quantity = excluded.price_base_quantity, valid_until = excluded.valid_until`;
  await pipeline.send(() => runPrepared(tx, sql`${insertWithoutIds(prices, others)} ${onConflict}`));
}

type Place = { readonly listId: string; readonly now: Micros };

function rowOf(rung: PutRung, { listId, now }: Place): Omit<typeof prices.$inferSelect, "id"> {
  const { offerId, unit, priceBaseQuantity, minQuantity, price, validFrom, validUntil } = rung;
  return { listId, offerId, unit, priceBaseQuantity, minQuantity, price, validFrom, validUntil, storedFrom: now };
}
