import type { Actor } from "@kontor/kernel";
import type { ProductRecord, ProductRevision } from "@kontor/protocol";
import { eq, sql } from "drizzle-orm";
import type { Answered, Refused } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { productClasses, products, productTexts } from "../schema/catalog-products.ts";
import { brandNamed } from "./brands.ts";
import { recordChange } from "./catalog-record.ts";
import type { CatalogRules } from "./catalog-rules.ts";
import { isVendor } from "./catalog-scope.ts";
import { noteRow } from "./cloned-rows.ts";
import { matchProduct, queueUp } from "./match-queue.ts";
import { changeOf, lockedProduct } from "./product-lock.ts";
import type { ProductRow } from "./product-records.ts";
import { productRecord } from "./product-records.ts";
import type { CheckedVariant } from "./variant-writes.ts";
import { insertVariant, variantsFault } from "./variant-writes.ts";

export type CreatedProduct = {
  readonly productId: string;
  readonly revision: ProductRevision;
  readonly variants: readonly (CheckedVariant & { readonly variantId: string })[];
};
export type RevisedProduct = {
  readonly productId: string;
  readonly revision: ProductRevision;
  readonly expectedVersion: number;
};

type Writing = { readonly actor: Actor; readonly rules: CatalogRules };

/** Of a member his company's own product, of the operator the marketplace's. */
export function createProductIn(db: Database, creating: Writing & CreatedProduct): Promise<Answered<ProductRecord>> {
  const { actor, rules, productId, revision } = creating;
  const { marketplaceId, companyId, userId } = actor;
  return wholly(db, async (tx) => {
    if (marketplaceId === null) return refused("not_found");
    if (actor.kind !== "operator" && !(await isVendor(tx, actor))) return refused("forbidden");
    const [known] = await tx.select().from(products).where(eq(products.id, productId));
    if (known !== undefined) return answered(await productRecord(tx, known));
    const owner = actor.kind === "operator" ? null : companyId;
    const columns = await columnsOf(tx, { marketplaceId, revision, rules });
    const place = { id: productId, marketplaceId, ownerCompanyId: owner, createdBy: userId };
    const [row] = await tx
      .insert(products)
      .values({ ...columns, ...place })
      .returning();
    if (row === undefined) return refused("conflict");
    const fault = await writeParts(tx, row, revision);
    if (fault !== null) return fault;
    for (const variant of creating.variants) await insertVariant(tx, row, { ...variant, rules });
    const distinct = await variantsFault(tx, productId);
    if (distinct !== null) return distinct;
    const record = await productRecord(tx, row);
    await recordChange(tx, { ...changeOf(row, "created", userId), before: {}, after: membersOf(record) });
    await noteRow(tx, { row, rules, texts: revision.texts });
    return answered(record);
  });
}

export function reviseProductIn(db: Database, revising: Writing & RevisedProduct): Promise<Answered<ProductRecord>> {
  const { actor, rules, productId, revision, expectedVersion } = revising;
  return wholly(db, async (tx) => {
    await queueUp(tx, actor);
    const stored = await lockedProduct(tx, { actor, productId, expectedVersion });
    if (!stored.ok) return stored;
    const before = await productRecord(tx, stored.value);
    const columns = await columnsOf(tx, { marketplaceId: stored.value.marketplaceId, revision, rules });
    const [row] = await tx
      .update(products)
      .set({ ...columns, version: expectedVersion + 1, updatedAt: sql`now()` })
      .where(eq(products.id, productId))
      .returning();
    if (row === undefined) return refused("not_found");
    await tx.delete(productTexts).where(eq(productTexts.productId, productId));
    await tx.delete(productClasses).where(eq(productClasses.productId, productId));
    const fault = await writeParts(tx, row, revision);
    if (fault !== null) return fault;
    const after = await productRecord(tx, row);
    const changed = { before: membersOf(before), after: membersOf(after) };
    await recordChange(tx, { ...changeOf(row, "revised", actor.userId), ...changed });
    await noteRow(tx, { row, rules, texts: revision.texts });
    return answered(await matchProduct(tx, { row, rules, by: actor.userId }));
  });
}

type Columns = { readonly marketplaceId: string; readonly revision: ProductRevision; readonly rules: CatalogRules };

async function columnsOf(tx: Database, { marketplaceId, revision, rules }: Columns) {
  const { kind, brand, partNo, taxCategory, attributes } = revision;
  const named =
    brand === undefined ? null : await brandNamed(tx, { marketplaceId, name: brand, nameKey: rules.keyOf(brand) });
  return {
    kind,
    taxCategory,
    brandId: named?.brandId ?? null,
    partNo: partNo ?? null,
    partNoKey: partNo === undefined ? null : rules.keyOf(partNo),
    attributes: attributes.map(({ attribute, value, unit }) => ({
      attribute,
      value,
      ...(unit === undefined ? {} : { unit }),
    })),
  };
}

/** Texts and classes; null when they are written. */
async function writeParts(
  tx: Database,
  { id, marketplaceId }: ProductRow,
  revision: ProductRevision,
): Promise<Refused | null> {
  const languages = revision.texts.map(({ language }) => language);
  const twice = languages.findIndex((language, index) => languages.indexOf(language) !== index);
  if (twice >= 0) return refused("text_repeated", { language: languages[twice], pointer: `/texts/${twice}/language` });
  await tx
    .insert(productTexts)
    .values(revision.texts.map(({ keywords, ...text }) => ({ ...text, keywords: [...keywords], productId: id })));
  const { classes } = revision;
  if (classes.length === 0) return null;
  if (classes.filter(({ primary }) => primary).length !== 1)
    return refused("primary_class_missing", { pointer: "/classes" });
  const rows = classes.map(({ scheme, code, primary }) => ({
    productId: id,
    marketplaceId,
    scheme,
    code,
    isPrimary: primary,
  }));
  await tx.insert(productClasses).values(rows).onConflictDoNothing();
  return null;
}

/** What of a product stands in the record. */
function membersOf({ kind, brand, partNo, taxCategory, texts, classes, attributes, variants }: ProductRecord) {
  return { kind, brand: brand?.name, partNo, taxCategory, texts, classes, attributes, variants };
}
