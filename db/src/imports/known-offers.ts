import { and, eq, sql } from "drizzle-orm";
import type { RungRow } from "../catalog/price-rungs.ts";
import type { ProductRow, VariantRow } from "../catalog/product-records.ts";
import { anyOfTexts, isAnyOf } from "../catalog/sql-values.ts";
import type { Database } from "../connect.ts";
import { catalogRecord, offers, stockLevels } from "../schema/catalog-offers.ts";
import { prices } from "../schema/catalog-prices.ts";
import {
  brands,
  productClasses,
  products,
  productTexts,
  variantGtins,
  variants,
  variantUnits,
} from "../schema/catalog-products.ts";
import type { ImportDocument } from "./import-records.ts";

/** Where a vendor has what a file tells of his stock. */
export const importedPlace = "main";

export type OfferRow = typeof offers.$inferSelect;
export type StockRow = typeof stockLevels.$inferSelect;

/** A product with what an import may change of it. */
export type KnownProduct = {
  readonly product: ProductRow;
  readonly brand: string | null;
  readonly texts: readonly (typeof productTexts.$inferSelect)[];
  readonly classes: readonly (typeof productClasses.$inferSelect)[];
  readonly variants: readonly VariantRow[];
};

/** An offer of the vendor with all that a row of a file may say of it. */
export type KnownOffer = {
  readonly offer: OfferRow;
  readonly variant: VariantRow;
  readonly units: readonly (typeof variantUnits.$inferSelect)[];
  readonly gtins: readonly (typeof variantGtins.$inferSelect)[];
  readonly of: KnownProduct;
  /** In the list that prices go into. */
  readonly rungs: readonly RungRow[];
  /** In the place that files mean, which name none. */
  readonly stock: StockRow | null;
};

export type Wanted = {
  readonly partNumbers: readonly string[];
  /** Held until the end of the transaction; when nothing is to be changed, not. */
  readonly lock: boolean;
};

/** The vendor's offers of these numbers, by number. */
export async function knownOffers(
  tx: Database,
  { marketplaceId, vendorId, priceListId }: ImportDocument,
  { partNumbers, lock }: Wanted,
): Promise<ReadonlyMap<string, KnownOffer>> {
  const own = and(eq(offers.marketplaceId, marketplaceId), eq(offers.vendorId, vendorId));
  const asked = tx
    .select()
    .from(offers)
    .where(and(own, sql`${offers.vendorPartNo} in ${anyOfTexts(partNumbers)}`))
    .orderBy(offers.id)
    .$dynamic();
  const found = await (lock ? asked.for("no key update") : asked);
  if (found.length === 0) return new Map();
  const offerIds = found.map(({ id }) => id);
  const ids = [...new Set(found.map(({ variantId }) => variantId))];
  const list = priceListId === null ? undefined : eq(prices.listId, priceListId);
  const [variantRows, units, gtins, stock, rungs] = [
    await tx.select().from(variants).where(isAnyOf(variants.id, ids)),
    await tx.select().from(variantUnits).where(isAnyOf(variantUnits.variantId, ids)),
    await tx.select().from(variantGtins).where(isAnyOf(variantGtins.variantId, ids)),
    await stockOf(tx, offerIds, lock),
    list === undefined
      ? []
      : await tx
          .select()
          .from(prices)
          .where(and(list, isAnyOf(prices.offerId, offerIds))),
  ];
  const productOf = await knownProducts(tx, [...new Set(variantRows.map(({ productId }) => productId))]);
  const variantOf = new Map(variantRows.map((row) => [row.id, row]));
  const unitsOf = Map.groupBy(units, ({ variantId }) => variantId);
  const gtinsOf = Map.groupBy(gtins, ({ variantId }) => variantId);
  const rungsOf = Map.groupBy(rungs, ({ offerId }) => offerId);
  const stockAt = new Map(stock.map((row) => [row.offerId, row]));
  const known = found.flatMap((offer): [string, KnownOffer][] => {
    const variant = variantOf.get(offer.variantId);
    const of = variant && productOf.get(variant.productId);
    if (variant === undefined || of === undefined) return [];
    const parts = { units: unitsOf.get(variant.id) ?? [], gtins: gtinsOf.get(variant.id) ?? [] };
    const priced = { rungs: rungsOf.get(offer.id) ?? [], stock: stockAt.get(offer.id) ?? null };
    return [[offer.vendorPartNo, { offer, variant, of, ...parts, ...priced }]];
  });
  return new Map(known);
}

async function stockOf(tx: Database, offerIds: readonly string[], lock: boolean): Promise<readonly StockRow[]> {
  const asked = tx
    .select()
    .from(stockLevels)
    .where(and(isAnyOf(stockLevels.offerId, offerIds), eq(stockLevels.place, importedPlace)))
    .$dynamic();
  return await (lock ? asked.for("update") : asked);
}

/** Products whole, by id. */
async function knownProducts(tx: Database, ids: readonly string[]): Promise<ReadonlyMap<string, KnownProduct>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ product: products, brand: brands.name })
    .from(products)
    .leftJoin(brands, eq(brands.id, products.brandId))
    .where(isAnyOf(products.id, ids));
  const texts = await tx.select().from(productTexts).where(isAnyOf(productTexts.productId, ids));
  const classes = await tx.select().from(productClasses).where(isAnyOf(productClasses.productId, ids));
  const own = await tx.select().from(variants).where(isAnyOf(variants.productId, ids));
  const [textsOf, classesOf, variantsOf] = [
    Map.groupBy(texts, ({ productId }) => productId),
    Map.groupBy(classes, ({ productId }) => productId),
    Map.groupBy(own, ({ productId }) => productId),
  ];
  return new Map(
    rows.map(({ product, brand }) => {
      const { id } = product;
      const parts = { texts: textsOf.get(id) ?? [], classes: classesOf.get(id) ?? [] };
      return [id, { product, brand, ...parts, variants: variantsOf.get(id) ?? [] }];
    }),
  );
}

/** Those that the operator has rejected once. */
export async function rejectedOffers(tx: Database, known: readonly KnownOffer[]): Promise<ReadonlySet<string>> {
  if (known.length === 0) return new Set();
  const ids = known.map(({ offer }) => offer.id);
  const rows = await tx
    .selectDistinct({ id: catalogRecord.subjectId })
    .from(catalogRecord)
    .where(and(isAnyOf(catalogRecord.subjectId, ids), eq(catalogRecord.action, "rejected")));
  return new Set(rows.map(({ id }) => id));
}
