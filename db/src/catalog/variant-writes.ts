import type { VariantMeasures } from "@kontor/catalog";
import type { Actor } from "@kontor/kernel";
import { canonicalJson } from "@kontor/kernel";
import type { AttributeValue, VariantRecord } from "@kontor/protocol";
import { and, eq, ne, sql } from "drizzle-orm";
import type { Answered, Refused } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { offers } from "../schema/catalog-offers.ts";
import { products, variantGtins, variants, variantUnits } from "../schema/catalog-products.ts";
import { recordChange } from "./catalog-record.ts";
import type { CatalogRules } from "./catalog-rules.ts";
import { matchProduct, queueUp } from "./match-queue.ts";
import { changeOf, lockedProduct } from "./product-lock.ts";
import type { ProductRow, VariantRow } from "./product-records.ts";
import { variantRecords } from "./product-records.ts";

/** Units by their codes, ratios exact, GTINs in fourteen digits: as the engine gave them back. */
export type CheckedVariant = {
  readonly partNo: string | null;
  readonly attributes: readonly AttributeValue[];
  readonly measures: VariantMeasures;
};

export type AddedVariant = CheckedVariant & { readonly productId: string; readonly variantId: string };
export type RevisedVariant = CheckedVariant & { readonly variantId: string; readonly expectedVersion: number };
export type VariantStep = {
  readonly variantId: string;
  readonly status: "active" | "withdrawn";
  readonly expectedVersion: number;
};

type Writing = { readonly actor: Actor; readonly rules: CatalogRules };

const variantsMax = 200;

export function addVariantIn(db: Database, adding: Writing & AddedVariant): Promise<Answered<VariantRecord>> {
  const { actor, rules, productId, variantId } = adding;
  return wholly(db, async (tx) => {
    await queueUp(tx, actor);
    const product = await lockedProduct(tx, { actor, productId });
    if (!product.ok) return product;
    const [known] = await tx.select().from(variants).where(eq(variants.id, variantId));
    if (known !== undefined) return await recordIn(tx, variantId);
    const count = await tx.$count(variants, eq(variants.productId, productId));
    if (count >= variantsMax) return refused("variants_too_many", { limit: variantsMax });
    await insertVariant(tx, product.value, adding);
    return await noted(tx, { actor, rules, product: product.value, variantId, action: "variant_added" });
  });
}

export function reviseVariantIn(db: Database, revising: Writing & RevisedVariant): Promise<Answered<VariantRecord>> {
  const { actor, rules, variantId, expectedVersion, measures, partNo, attributes } = revising;
  return wholly(db, async (tx) => {
    await queueUp(tx, actor);
    const found = await lockedVariant(tx, { actor, variantId, expectedVersion });
    if (!found.ok) return found;
    const { product, variant } = found.value;
    const [before] = await variantRecords(tx, [variant]);
    const used = await unitsInUse(tx, variant, measures);
    if (used !== null) return used;
    const numbers = { partNo, partNoKey: partNo === null ? null : rules.keyOf(partNo) };
    await tx
      .update(variants)
      .set({
        ...numbers,
        baseUnit: measures.baseUnit,
        attributes: attributes.map(stored),
        version: expectedVersion + 1,
      })
      .where(eq(variants.id, variantId));
    await tx.delete(variantUnits).where(eq(variantUnits.variantId, variantId));
    await tx.delete(variantGtins).where(eq(variantGtins.variantId, variantId));
    await writeMeasures(tx, { variantId, marketplaceId: variant.marketplaceId, measures });
    return await noted(tx, { actor, rules, product, variantId, action: "variant_revised", before });
  });
}

export function stepVariant(db: Database, step: Writing & VariantStep): Promise<Answered<VariantRecord>> {
  const { actor, rules, variantId, status, expectedVersion } = step;
  return wholly(db, async (tx) => {
    await queueUp(tx, actor);
    const found = await lockedVariant(tx, { actor, variantId, expectedVersion });
    if (!found.ok) return found;
    const { product, variant } = found.value;
    if (variant.status === status) return await recordIn(tx, variantId);
    const [before] = await variantRecords(tx, [variant]);
    await tx
      .update(variants)
      .set({ status, version: expectedVersion + 1 })
      .where(eq(variants.id, variantId));
    const action = status === "active" ? "variant_activated" : "variant_withdrawn";
    return await noted(tx, { actor, rules, product, variantId, action, before });
  });
}

type Inserted = CheckedVariant & { readonly variantId: string; readonly rules: CatalogRules };

export async function insertVariant(
  tx: Database,
  { id: productId, marketplaceId }: ProductRow,
  { variantId, partNo, attributes, measures, rules }: Inserted,
): Promise<void> {
  const numbers = { partNo, partNoKey: partNo === null ? null : rules.keyOf(partNo) };
  await tx.insert(variants).values({
    ...numbers,
    id: variantId,
    productId,
    marketplaceId,
    baseUnit: measures.baseUnit,
    attributes: attributes.map(stored),
  });
  await writeMeasures(tx, { variantId, marketplaceId, measures });
}

const stored = ({ attribute, value, unit }: AttributeValue) => ({
  attribute,
  value,
  ...(unit === undefined ? {} : { unit }),
});

type Measured = { readonly variantId: string; readonly marketplaceId: string; readonly measures: VariantMeasures };

async function writeMeasures(tx: Database, { variantId, marketplaceId, measures }: Measured): Promise<void> {
  const units = measures.units.map(({ sold, ...unit }) => ({ ...unit, isSold: sold, variantId }));
  if (units.length > 0) await tx.insert(variantUnits).values(units);
  const gtins = measures.gtins.map((gtin) => ({ ...gtin, variantId, marketplaceId }));
  if (gtins.length > 0) await tx.insert(variantGtins).values(gtins);
}

/** Variants of one product that say the same of themselves, or bear one GTIN; null when they are apart. */
export async function variantsFault(tx: Database, productId: string): Promise<Refused | null> {
  const rows = await tx
    .select()
    .from(variants)
    .where(and(eq(variants.productId, productId), eq(variants.status, "active")));
  const said = new Map<string, string>();
  for (const { id, attributes } of rows) {
    const sorted = [...attributes].sort((a, b) => (a.attribute < b.attribute ? -1 : 1));
    const text = canonicalJson(sorted);
    const other = said.get(text);
    if (other !== undefined) return refused("variant_not_distinct", { variantId: id, sameAs: other });
    said.set(text, id);
  }
  const bearers = new Map<string, string>();
  for (const { variantId, gtins } of await variantRecords(tx, rows)) {
    for (const { gtin } of gtins) {
      const other = bearers.get(gtin);
      if (other !== undefined) return refused("gtin_repeated", { gtin, variantId, sameAs: other });
      bearers.set(gtin, variantId);
    }
  }
  return null;
}

type Locking = { readonly actor: Actor; readonly variantId: string; readonly expectedVersion: number };
type Locked = { readonly product: ProductRow; readonly variant: VariantRow };

async function lockedVariant(tx: Database, { actor, variantId, expectedVersion }: Locking): Promise<Answered<Locked>> {
  const [known] = await tx.select().from(variants).where(eq(variants.id, variantId));
  if (known === undefined) return refused("not_found");
  const product = await lockedProduct(tx, { actor, productId: known.productId });
  if (!product.ok) return product;
  const [variant] = await tx.select().from(variants).where(eq(variants.id, variantId)).for("update");
  if (variant === undefined) return refused("not_found");
  if (variant.version !== expectedVersion) return refused("precondition_failed", { actualVersion: variant.version });
  return answered({ product: product.value, variant });
}

/** Offers are sold in the units they name, and stock counts in base units: neither is taken away below them. */
async function unitsInUse(tx: Database, variant: VariantRow, measures: VariantMeasures): Promise<Refused | null> {
  const sold = await tx
    .selectDistinct({ unit: offers.orderUnit })
    .from(offers)
    .where(and(eq(offers.variantId, variant.id), ne(offers.status, "withdrawn")));
  if (sold.length === 0) return null;
  const base = variant.baseUnit;
  if (measures.baseUnit !== base) return refused("unit_in_use", { unit: base, pointer: "/baseUnit" });
  const [known] = await variantRecords(tx, [variant]);
  for (const { unit } of sold) {
    const before = known?.units.find((one) => one.unit === unit);
    const after = measures.units.find((one) => one.unit === unit);
    const same = unit === base || (String(after?.num) === before?.num && String(after?.den) === before?.den);
    if (after?.sold !== true || !same) return refused("unit_in_use", { unit, pointer: "/units" });
  }
  return null;
}

type Noting = Writing & {
  readonly product: ProductRow;
  readonly variantId: string;
  readonly action: string;
  readonly before?: VariantRecord | undefined;
};

/** The product has changed with its variant: its version rises, and it is looked at again. */
async function noted(tx: Database, noting: Noting): Promise<Answered<VariantRecord>> {
  const { actor, rules, product, variantId, action, before } = noting;
  const fault = await variantsFault(tx, product.id);
  if (fault !== null) return fault;
  const [row] = await tx
    .update(products)
    .set({ version: product.version + 1, updatedAt: sql`now()` })
    .where(eq(products.id, product.id))
    .returning();
  const after = await recordIn(tx, variantId);
  if (row === undefined || !after.ok) return refused("not_found");
  const changed = { before: { variant: before }, after: { variant: after.value } };
  await recordChange(tx, { ...changeOf(row, action, actor.userId), ...changed });
  await matchProduct(tx, { row, rules, by: actor.userId });
  return await recordIn(tx, variantId);
}

async function recordIn(tx: Database, variantId: string): Promise<Answered<VariantRecord>> {
  const records = await variantRecords(tx, await tx.select().from(variants).where(eq(variants.id, variantId)));
  return records[0] === undefined ? refused("not_found") : answered(records[0]);
}
