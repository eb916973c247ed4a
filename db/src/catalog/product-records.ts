import type { AttributeValue, ProductRecord, ProductSummary, VariantRecord } from "@kontor/protocol";
import { asc, eq, inArray } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import type { products, AttributeValue as StoredValue } from "../schema/catalog-products.ts";
import {
  brands,
  productClasses,
  productTexts,
  variantGtins,
  variants,
  variantUnits,
} from "../schema/catalog-products.ts";

export type ProductRow = typeof products.$inferSelect;
export type VariantRow = typeof variants.$inferSelect;

/** Products as lists show them, in the order of the rows. */
export async function productSummaries(db: Database, rows: readonly ProductRow[]): Promise<readonly ProductSummary[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const brandIds = rows.flatMap(({ brandId }) => brandId ?? []);
  const [texts, named] = await Promise.all([
    db.select().from(productTexts).where(inArray(productTexts.productId, ids)).orderBy(asc(productTexts.language)),
    brandIds.length === 0 ? [] : db.select().from(brands).where(inArray(brands.id, brandIds)),
  ]);
  const textsOf = Map.groupBy(texts, ({ productId }) => productId);
  const brandOf = new Map(named.map(({ id, name }) => [id, { brandId: id, name }]));
  return rows.map((row) => {
    const { id, marketplaceId, ownerCompanyId, kind, partNo, status, mergedInto, createdAt, updatedAt, version } = row;
    const brand = row.brandId === null ? undefined : brandOf.get(row.brandId);
    const told = (textsOf.get(id) ?? []).map(({ language, name, description, keywords }) => {
      return { language, name, description, keywords: [...keywords] };
    });
    return {
      productId: id,
      marketplaceId,
      kind,
      status,
      texts: told,
      createdAt: instantOf(createdAt),
      updatedAt: instantOf(updatedAt),
      version,
      ...present({ ownerCompanyId, brand, partNo, mergedInto }),
    };
  });
}

/** A product whole. */
export async function productRecord(db: Database, row: ProductRow): Promise<ProductRecord> {
  const [[summary], classes, own] = await Promise.all([
    productSummaries(db, [row]),
    db
      .select()
      .from(productClasses)
      .where(eq(productClasses.productId, row.id))
      .orderBy(asc(productClasses.scheme), asc(productClasses.code)),
    db.select().from(variants).where(eq(variants.productId, row.id)).orderBy(asc(variants.id)),
  ]);
  if (summary === undefined) throw new Error(`product ${row.id} has no summary`);
  return {
    ...summary,
    taxCategory: row.taxCategory,
    classes: classes.map(({ scheme, code, isPrimary }) => ({ scheme, code, primary: isPrimary })),
    attributes: valuesOf(row.attributes),
    variants: [...(await variantRecords(db, own))],
  };
}

export async function variantRecords(db: Database, rows: readonly VariantRow[]): Promise<readonly VariantRecord[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [units, gtins] = await Promise.all([
    db.select().from(variantUnits).where(inArray(variantUnits.variantId, ids)).orderBy(asc(variantUnits.unit)),
    db.select().from(variantGtins).where(inArray(variantGtins.variantId, ids)).orderBy(asc(variantGtins.gtin)),
  ]);
  const unitsOf = Map.groupBy(units, ({ variantId }) => variantId);
  const gtinsOf = Map.groupBy(gtins, ({ variantId }) => variantId);
  return rows.map(({ id, productId, partNo, baseUnit, status, attributes, version }) => {
    const own = unitsOf.get(id) ?? [];
    const base = own.find(({ unit }) => unit === baseUnit);
    return {
      variantId: id,
      productId,
      baseUnit,
      decimals: base?.decimals ?? 0,
      sold: base?.isSold ?? true,
      status,
      attributes: valuesOf(attributes),
      units: own
        .filter(({ unit }) => unit !== baseUnit)
        .map(({ unit, num, den, decimals, isSold }) => ({
          unit,
          num: num.toString(),
          den: den.toString(),
          decimals,
          sold: isSold,
        })),
      gtins: (gtinsOf.get(id) ?? []).map(({ gtin, unit }) => ({ gtin, unit })),
      version,
      ...present({ partNo }),
    };
  });
}

function valuesOf(stored: readonly StoredValue[]): AttributeValue[] {
  return stored.map(({ attribute, value, unit }) => ({
    attribute,
    value: typeof value === "object" ? [...value] : value,
    ...present({ unit }),
  }));
}
