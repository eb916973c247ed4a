import type { Micros } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";
import type { SQL } from "drizzle-orm";
import { sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { never } from "../schema/read-models-columns.ts";

/*
 * Values as statements of the catalogue that are written by hand give and take them: one parameter per array, instants
 * as numbers, whole numbers of any size as text.
 */

/** Several values as one parameter: the statement's text stays the same, however many they are. */
export function anyOfTexts(values: readonly string[]): SQL {
  return sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;
}

/** The same for a column of ids. */
export function anyOfUuids(values: readonly string[]): SQL {
  return sql`any(${`{${values.join(",")}}`}::uuid[])`;
}

/** One parameter, where a list of its own for each id would be as many to name, to send and to plan for. */
export function isAnyOf(column: PgColumn, ids: readonly string[]): SQL {
  return sql`${column} = ${anyOfUuids(ids)}`;
}

/** The rows of a statement as one value: an array of objects, which the driver parses. */
export function jsonRows(statement: SQL): SQL {
  return sql`(select coalesce(json_agg(one), '[]') from (${statement}) one)`;
}

/** UTC microseconds; null stays, and so does what never ends. */
export function microsIn(column: SQL): SQL {
  return sql`(extract(epoch from nullif(${column}, 'infinity')) * 1000000)::bigint::float8`;
}

export function instantIn(at: Micros): SQL {
  return at === never ? sql`'infinity'::timestamptz` : sql`${instantOfMicros(at)}::timestamptz`;
}

/** A whole number of any size, from the text that it came as. */
export function wholeIn(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}

/** The first instant of all stands for "from the beginning": a row's start is part of its key and cannot be null. */
export const beginning: Micros = 0;

/** A period as it is stored, from what `microsIn` gave. */
export function periodOf(from: Micros | null, until: Micros | null): { from: Micros | null; to: Micros | null } {
  return { from: from === beginning ? null : from, to: until };
}
