import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { runPrepared } from "../prepared.ts";
import { anyOfUuids } from "./sql-values.ts";

/*
 * Each statement that writes part of a product tells the search that the product changed. A transaction that writes all
 * parts of thousands of products says instead that it tells of them itself, and does so once, after the last part.
 */

/** From here to `tellProducts` nothing else tells of products, in this transaction alone. */
export async function tellProductsLater(tx: Database): Promise<void> {
  await runPrepared(tx, sql`select catalog_products_told_later()`);
}

export type TouchedProducts = {
  readonly productIds: readonly string[];
  /** Of which an offer was written, or a part of one. */
  readonly offerIds: readonly string[];
};

/** Tells of each product once, and of later ones by statement again. */
export async function tellProducts(tx: Database, { productIds, offerIds }: TouchedProducts): Promise<void> {
  const [ofProducts, ofOffers] = [anyOfUuids([...new Set(productIds)]), anyOfUuids([...new Set(offerIds)])];
  await runPrepared(
    tx,
    sql`select catalog_products_told(array(
      select id from products where id = ${ofProducts}
      union select v.product_id from offers o join variants v on v.id = o.variant_id where o.id = ${ofOffers}))`,
  );
}
