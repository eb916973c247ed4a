import { getTableName, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Database } from "../connect.ts";
import { offers, stockLevels } from "../schema/catalog-offers.ts";
import { prices } from "../schema/catalog-prices.ts";
import {
  brands,
  catalogueRows,
  productClasses,
  products,
  productTexts,
  variantGtins,
  variants,
  variantUnits,
} from "../schema/catalog-products.ts";

/** Where the rows of a file go. */
const tables: readonly PgTable[] = [
  ...[products, productTexts, productClasses, brands, variants, variantUnits, variantGtins],
  ...[offers, prices, stockLevels, catalogueRows],
];

/**
 * Has tables counted that have become many times as long as when they were counted last. The database would get to it
 * within a minute; until then it takes them for short, and reads all offers of a vendor to find a thousand of them.
 */
export async function refreshFigures(db: Database): Promise<void> {
  const names = JSON.stringify(tables.map(getTableName));
  const grown = await db.execute<{ name: string }>(sql`
    select s.relname as name from pg_stat_user_tables s
      join jsonb_array_elements_text(${names}::jsonb) named on named = s.relname
    where s.schemaname = current_schema() and s.n_mod_since_analyze > 1000 and s.n_mod_since_analyze > s.n_live_tup / 2`);
  for (const { name } of grown) await db.execute(sql`analyze ${sql.identifier(name)}`);
}
