import { sql } from "drizzle-orm";
import { bigint, integer, text, uuid } from "drizzle-orm/pg-core";
import { micros } from "./read-models-columns.ts";

/*
 * Columns that the tables of the catalogue share. Prices and quantities are whole millionths (of the currency's unit, of
 * the unit of measure), amounts the currency's smallest units, percentages ten-thousandths of one percent.
 */

/** Sorted by when it was made. */
export const ownId = () => uuid("id").primaryKey().default(sql`uuidv7()`);
export const inMarketplaceColumn = () => text("marketplace_id").notNull();

export const price = (name: string) => bigint(name, { mode: "bigint" });
export const quantity = (name: string) => bigint(name, { mode: "bigint" });
export const money = (name: string) => bigint(name, { mode: "bigint" });
export const percent = (name: string) => bigint(name, { mode: "bigint" });

/** Rises with every change. */
export const version = () => integer("version").notNull().default(1);
export const createdAt = () => micros("created_at").notNull().default(sql`now()`);
export const updatedAt = () => micros("updated_at").notNull().default(sql`now()`);

/** `[from, until)`; without an end where there is none. */
export const validFrom = () => micros("valid_from").notNull().default(sql`now()`);
export const validUntil = () => micros("valid_until");
