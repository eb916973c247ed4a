import { sql } from "drizzle-orm";
import { bigint, boolean, index, pgTable, text } from "drizzle-orm/pg-core";
import { jsonOf, micros } from "./read-models-columns.ts";

/* What price lists, agreements, groups, promotions and assortments were: the schema `as_of` has views of them. */

/**
 * A row as it was until `at`, written by triggers; null where there was none before. Rows are added, never changed. With
 * the tables as they are now each of them can be read as of any instant since `past_terms_kept`.
 */
export const pastTerms = pgTable(
  "past_terms",
  {
    seq: bigint("seq", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    tableName: text("table_name").notNull(),
    /** Its key's columns, joined by blanks. */
    rowKey: text("row_key").notNull(),
    row: jsonOf<Readonly<Record<string, unknown>>>("row"),
    at: micros("at").notNull().default(sql`now()`),
  },
  (table) => [
    index("past_terms_of_row").on(table.tableName, table.rowKey, table.at),
    index("past_terms_by_time").on(table.tableName, table.at),
  ],
);

/** Since when they are kept: one row. */
export const pastTermsKept = pgTable("past_terms_kept", {
  one: boolean("one").primaryKey(),
  since: micros("since").notNull(),
});
