import type { Micros } from "@kontor/kernel";
import { and, asc, eq, gt, inArray, or, sql } from "drizzle-orm";
import { instantIn } from "../catalog/sql-values.ts";
import type { Database } from "../connect.ts";
import { offers } from "../schema/catalog-offers.ts";
import { prices } from "../schema/catalog-prices.ts";
import {
  brands,
  productClasses,
  productFiles,
  products,
  productTexts,
  variantGtins,
  variants,
  variantUnits,
} from "../schema/catalog-products.ts";
import type { OfferParts } from "./exported-row.ts";

/** Which offers of whom, and the rungs of which list; null for none. */
export type OffersWanted = {
  readonly marketplaceId: string;
  readonly vendorId: string;
  readonly statuses: readonly (typeof offers.$inferSelect)["status"][];
  readonly listId: string | null;
  /** Rungs that ended before it are left out; those that begin later are not. */
  readonly at: Micros;
};

const offersPerPage = 500;
/** Not their bytes. */
const { productId, kind, title, mediaType, url } = productFiles;
const fileColumns = { productId, fileId: productFiles.id, kind, title, mediaType, url };

/** Offers with all that is said of them, by their numbers, a page at a time; what a page says is of one instant. */
export async function* pagesOfOffers(db: Database, wanted: OffersWanted): AsyncGenerator<readonly OfferParts[]> {
  for (let last: string | null = null; ; ) {
    const after: string | null = last;
    const page: readonly OfferParts[] = await db.transaction((tx) => pageAfter(tx, wanted, after), {
      isolationLevel: "repeatable read",
      accessMode: "read only",
    });
    if (page.length > 0) yield page;
    last = page.at(-1)?.offer.vendorPartNo ?? null;
    if (last === null || page.length < offersPerPage) return;
  }
}

async function pageAfter(tx: Database, wanted: OffersWanted, last: string | null): Promise<readonly OfferParts[]> {
  const { marketplaceId, vendorId, statuses } = wanted;
  const found = await tx
    .select({ offer: offers, variant: variants, product: products, brand: brands.name })
    .from(offers)
    .innerJoin(variants, eq(variants.id, offers.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .leftJoin(brands, eq(brands.id, products.brandId))
    .where(
      and(
        eq(offers.vendorId, vendorId),
        eq(offers.marketplaceId, marketplaceId),
        inArray(offers.status, [...statuses]),
        last === null ? undefined : gt(offers.vendorPartNo, last),
      ),
    )
    .orderBy(asc(offers.vendorPartNo))
    .limit(offersPerPage);
  if (found.length === 0) return [];
  const ofProducts = await productParts(tx, [...new Set(found.map(({ product }) => product.id))]);
  const ofVariants = await variantParts(tx, [...new Set(found.map(({ variant }) => variant.id))]);
  const rungs = await rungsOf(
    tx,
    wanted,
    found.map(({ offer }) => offer.id),
  );
  return found.map((one) => ({
    ...one,
    ...ofProducts(one.product.id),
    ...ofVariants(one.variant.id),
    rungs: rungs.get(one.offer.id) ?? [],
  }));
}

async function productParts(tx: Database, ids: readonly string[]) {
  const wanted = [...ids];
  const texts = await tx
    .select()
    .from(productTexts)
    .where(inArray(productTexts.productId, wanted))
    .orderBy(productTexts.language);
  const classes = await tx
    .select()
    .from(productClasses)
    .where(inArray(productClasses.productId, wanted))
    .orderBy(sql`${productClasses.isPrimary} desc`, productClasses.scheme, productClasses.code);
  const files = await tx
    .select(fileColumns)
    .from(productFiles)
    .where(inArray(productFiles.productId, wanted))
    .orderBy(productFiles.position, productFiles.createdAt, productFiles.id);
  const [textsOf, classesOf, filesOf] = [
    Map.groupBy(texts, ({ productId }) => productId),
    Map.groupBy(classes, ({ productId }) => productId),
    Map.groupBy(files, ({ productId }) => productId),
  ];
  return (id: string) => ({
    texts: textsOf.get(id) ?? [],
    classes: classesOf.get(id) ?? [],
    files: filesOf.get(id) ?? [],
  });
}

async function variantParts(tx: Database, ids: readonly string[]) {
  const units = await tx
    .select()
    .from(variantUnits)
    .where(inArray(variantUnits.variantId, [...ids]))
    .orderBy(variantUnits.unit);
  const gtins = await tx
    .select()
    .from(variantGtins)
    .where(inArray(variantGtins.variantId, [...ids]))
    .orderBy(variantGtins.gtin);
  const [unitsOf, gtinsOf] = [
    Map.groupBy(units, ({ variantId }) => variantId),
    Map.groupBy(gtins, ({ variantId }) => variantId),
  ];
  return (id: string) => ({ units: unitsOf.get(id) ?? [], gtins: gtinsOf.get(id) ?? [] });
}

async function rungsOf(tx: Database, { listId, at }: OffersWanted, offerIds: readonly string[]) {
  if (listId === null) return new Map<string, (typeof prices.$inferSelect)[]>();
  const rows = await tx
    .select()
    .from(prices)
    .where(
      and(
        eq(prices.listId, listId),
        inArray(prices.offerId, [...offerIds]),
        or(sql`${prices.validUntil} is null`, sql`${prices.validUntil} > ${instantIn(at)}`),
      ),
    )
    .orderBy(prices.validFrom, prices.minQuantity);
  return Map.groupBy(rows, ({ offerId }) => offerId);
}
