import { inArray } from "drizzle-orm";
import type { Change } from "../catalog/catalog-record.ts";
import { recordChanges } from "../catalog/catalog-record.ts";
import { matchProduct } from "../catalog/match-queue.ts";
import { changeOf } from "../catalog/product-lock.ts";
import type { Database } from "../connect.ts";
import { insertRows, upsert } from "../repositories/bulk-rows.ts";
import { catalogueRows, productClasses, products, productTexts, variantGtins } from "../schema/catalog-products.ts";
import type { RevisedProduct } from "./batch-writes.ts";
import type { Writing } from "./write-batch.ts";
import { brandsNamed, numbersOf, storedValue, writeClasses, writeTexts } from "./write-products.ts";

/**
 * The vendor's own products of which his file says otherwise now. Another GTIN, brand or part number may make it one
 * that is known: that is looked at as if somebody had changed it by hand.
 */
export async function reviseProducts(tx: Database, { held, writes, rules, pipeline }: Writing): Promise<void> {
  const { revised, now } = writes;
  if (revised.length === 0) return;
  const brandOf = await brandsNamed(tx, held, { names: revised.map(({ terms }) => terms.brand), rules });
  const changes = revised.map(({ known, terms }) => {
    const before = known.of.product;
    const row = {
      ...before,
      ...numbersOf(terms, { brandOf, rules }),
      attributes: terms.attributes.map(storedValue),
      version: before.version + 1,
      updatedAt: now,
    };
    return { row, described: { ...terms, productId: row.id } };
  });
  const rows = changes.map(({ row }) => row);
  const ids = rows.map(({ id }) => id);
  await upsert(tx, { table: products, key: [products.id], rows });
  await tx.delete(productTexts).where(inArray(productTexts.productId, ids));
  await tx.delete(productClasses).where(inArray(productClasses.productId, ids));
  const described = changes.map((change) => change.described);
  await writeTexts(tx, pipeline, described);
  await writeClasses(tx, { held, pipeline }, described);
  await writeGtins(tx, revised);
  const records = revised.map((one, place): Change => {
    const row = rows[place] ?? one.known.of.product;
    return { ...changeOf(row, "revised", held.createdBy), ...sidesOf(one), reason: `import ${held.fileName}` };
  });
  await recordChanges(tx, records, now);
  const keys = changes.map(({ row, described: { texts, attributes } }) => ({
    productId: row.id,
    marketplaceId: row.marketplaceId,
    companyId: held.vendorId,
    rowKey: rules.rowKey({ partNoKey: row.partNoKey, texts, attributes }),
  }));
  await upsert(tx, { table: catalogueRows, key: [catalogueRows.productId], rows: keys });
  for (const [place, one] of revised.entries()) {
    const row = rows[place];
    if (row !== undefined && isAnother(one)) await matchProduct(tx, { row, rules, by: held.createdBy });
  }
}

async function writeGtins(tx: Database, revised: readonly RevisedProduct[]): Promise<void> {
  const changed = revised.filter((one) => gtinText(one.gtins) !== gtinText(one.known.gtins));
  if (changed.length === 0) return;
  const ids = changed.map(({ known }) => known.variant.id);
  await tx.delete(variantGtins).where(inArray(variantGtins.variantId, ids));
  const rows = changed.flatMap(({ known: { variant }, gtins }) =>
    gtins.map(({ gtin, unit }) => ({ variantId: variant.id, marketplaceId: variant.marketplaceId, gtin, unit })),
  );
  await insertRows(tx, variantGtins, rows);
}

function gtinText(gtins: readonly { readonly gtin: string; readonly unit: string }[]): string {
  return gtins
    .map(({ gtin, unit }) => `${gtin} ${unit}`)
    .sort()
    .join(",");
}

/** Whether it may be taken for another product by now. */
function isAnother({ known, terms, gtins }: RevisedProduct): boolean {
  const { product, brand } = known.of;
  return terms.brand !== brand || terms.partNo !== product.partNo || gtinText(gtins) !== gtinText(known.gtins);
}

function sidesOf({ known, terms, gtins }: RevisedProduct): Pick<Change, "before" | "after"> {
  const { product, brand, texts, classes } = known.of;
  const before = {
    brand: brand ?? undefined,
    partNo: product.partNo ?? undefined,
    texts: texts.map(({ productId: _of, ...text }) => text),
    classes: classes.map(({ scheme, code, isPrimary }) => ({ scheme, code, primary: isPrimary })),
    attributes: product.attributes,
    gtins: known.gtins.map(({ gtin, unit }) => ({ gtin, unit })),
  };
  const { attributes } = terms;
  const told = { brand: terms.brand ?? undefined, partNo: terms.partNo ?? undefined };
  return { before, after: { ...told, texts: terms.texts, classes: terms.classes, attributes, gtins } };
}
