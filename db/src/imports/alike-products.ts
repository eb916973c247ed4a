import type { MatchProduct } from "@kontor/catalog";
import { inArray, sql } from "drizzle-orm";
import type { CatalogRules } from "../catalog/catalog-rules.ts";
import { matchProducts } from "../catalog/match-products.ts";
import type { ProductRow } from "../catalog/product-records.ts";
import { anyOfTexts } from "../catalog/sql-values.ts";
import type { Database } from "../connect.ts";
import { products } from "../schema/catalog-products.ts";

/** By what new products may be known already. */
export type Likenesses = {
  readonly gtins: readonly string[];
  /** Keys of brand and part number. */
  readonly numbers: readonly { readonly brandKey: string; readonly partNoKey: string }[];
};

export type AlikeProduct = { readonly row: ProductRow; readonly match: MatchProduct };

/** Of each GTIN and each number at most: the match queue looks at as many. */
const eachMax = 50;

/**
 * Active products of the marketplace that bear one of the GTINs, or have one of the numbers of one of the brands. Names
 * are not compared here: that takes far longer than all the rest, and never merges anything.
 */
export async function alikeProducts(
  tx: Database,
  marketplaceId: string,
  { likenesses, rules }: { readonly likenesses: Likenesses; readonly rules: CatalogRules },
): Promise<readonly AlikeProduct[]> {
  const { gtins, numbers } = likenesses;
  if (gtins.length === 0 && numbers.length === 0) return [];
  const rows = await tx.execute<{ id: string }>(sql`
    with told as (select distinct t.brand, t.part from jsonb_to_recordset(${JSON.stringify(
      numbers.map(({ brandKey, partNoKey }) => ({ brand: brandKey, part: partNoKey })),
    )}::jsonb) as t(brand text, part text)),
    named as (select b.id, told.part from told join brands b on b.marketplace_id = ${marketplaceId} and b.name_key = told.brand)
    select distinct p.id from (
      select near.product_id as id from ${anyOfTexts(gtins)} as asked(gtin)
        cross join lateral (select v.product_id from variant_gtins g join variants v on v.id = g.variant_id
          where g.marketplace_id = ${marketplaceId} and g.gtin = asked.gtin limit ${eachMax}) near
      union all select near.id from named
        cross join lateral (select o.id from products o where o.marketplace_id = ${marketplaceId}
          and o.part_no_key = named.part and o.brand_id = named.id and o.status = 'active' limit ${eachMax}) near
      union all select near.product_id from named
        cross join lateral (select v.product_id from variants v join products o on o.id = v.product_id
          where v.marketplace_id = ${marketplaceId} and v.part_no_key = named.part and o.brand_id = named.id
          limit ${eachMax}) near
    ) f join products p on p.id = f.id where p.status = 'active'`);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const matches = await matchProducts(tx, ids, rules);
  const found = await tx.select().from(products).where(inArray(products.id, ids)).orderBy(products.id).for("update");
  return found.flatMap((row) => {
    const match = matches.get(row.id);
    return match === undefined || row.status !== "active" ? [] : [{ row, match }];
  });
}
