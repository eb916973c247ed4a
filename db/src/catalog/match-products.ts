import type { MatchProduct } from "@kontor/catalog";
import { eq, inArray } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { brands, products, productTexts, variantGtins, variants, variantUnits } from "../schema/catalog-products.ts";
import type { CatalogRules } from "./catalog-rules.ts";

/** Products as the match rules look at them, by id; withdrawn variants are left out. */
export async function matchProducts(
  tx: Database,
  ids: readonly string[],
  rules: CatalogRules,
): Promise<ReadonlyMap<string, MatchProduct>> {
  if (ids.length === 0) return new Map();
  const wanted = [...ids];
  const [rows, texts, own] = await Promise.all([
    tx
      .select({ product: products, brandKey: brands.nameKey })
      .from(products)
      .leftJoin(brands, eq(brands.id, products.brandId))
      .where(inArray(products.id, wanted)),
    tx.select().from(productTexts).where(inArray(productTexts.productId, wanted)),
    tx.select().from(variants).where(inArray(variants.productId, wanted)),
  ]);
  const active = own.filter(({ status }) => status === "active");
  const variantIds = active.map(({ id }) => id);
  const [units, gtins] =
    variantIds.length === 0
      ? [[], []]
      : await Promise.all([
          tx.select().from(variantUnits).where(inArray(variantUnits.variantId, variantIds)),
          tx.select().from(variantGtins).where(inArray(variantGtins.variantId, variantIds)),
        ]);
  const unitsOf = Map.groupBy(units, ({ variantId }) => variantId);
  const gtinsOf = Map.groupBy(gtins, ({ variantId }) => variantId);
  const variantsOf = Map.groupBy(active, ({ productId }) => productId);
  const textsOf = Map.groupBy(texts, ({ productId }) => productId);
  const found = rows.map(({ product, brandKey }): [string, MatchProduct] => [
    product.id,
    {
      productId: product.id,
      brandKey,
      partNoKey: product.partNoKey,
      names: (textsOf.get(product.id) ?? []).map(({ name }) => name),
      attributes: product.attributes,
      variants: (variantsOf.get(product.id) ?? []).map(({ id, partNoKey, baseUnit, attributes }) => ({
        variantId: id,
        partNoKey: partNoKey ?? product.partNoKey,
        baseUnit,
        attributes,
        units: unitsOf.get(id) ?? [],
        gtins: (gtinsOf.get(id) ?? []).filter(({ gtin }) => rules.isUniqueGtin(gtin)),
      })),
    },
  ]);
  return new Map(found);
}
