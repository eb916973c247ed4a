import type { VariantUnits } from "@kontor/catalog";
import { inArray } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { variants, variantUnits } from "../schema/catalog-products.ts";

/** By variant, as the engine converts with them. */
export async function unitsOfVariants(
  db: Database,
  variantIds: readonly string[],
): Promise<ReadonlyMap<string, VariantUnits>> {
  const ids = [...new Set(variantIds)];
  if (ids.length === 0) return new Map();
  const bases = await db
    .select({ id: variants.id, base: variants.baseUnit })
    .from(variants)
    .where(inArray(variants.id, ids));
  const rows = await db.select().from(variantUnits).where(inArray(variantUnits.variantId, ids));
  const byVariant = Map.groupBy(rows, ({ variantId }) => variantId);
  return new Map(
    bases.map(({ id, base }) => {
      const others = (byVariant.get(id) ?? []).map(({ unit, num, den, decimals, isSold }) => {
        return [unit, { ratio: { num, den }, decimals, sold: isSold }] as const;
      });
      return [id, { base, others: new Map(others) }];
    }),
  );
}
