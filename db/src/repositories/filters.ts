import { microsOfInstant } from "@kontor/kernel";
import type { Column, SQL } from "drizzle-orm";
import { and, gte, inArray, lt, sql } from "drizzle-orm";

/** Rows whose column holds the value, or one of the values; no condition when there is none. */
export function oneOf(column: Column | SQL, wanted: string | readonly string[] | undefined): SQL | undefined {
  if (wanted === undefined) return undefined;
  const values = typeof wanted === "string" ? [wanted] : [...wanted];
  return values.length === 0 ? sql`false` : inArray(column as SQL, values);
}

/** Rows where one of the columns holds the text, in any case. The text is no pattern. */
export function holding(text: string | undefined, ...columns: readonly (Column | SQL)[]): SQL | undefined {
  if (text === undefined) return undefined;
  const wanted = text.replaceAll("\u0000", ""); // The one character that no text in the database can hold.
  const places = columns.map((column) => sql`strpos(lower(${column}), lower(${wanted})) > 0`);
  return sql`(${sql.join(places, sql` or `)})`;
}

type Period = { readonly from: string | undefined; readonly until: string | undefined };

/** Rows from the instant `from` to before `until`; an instant that there is not, such as a 30 February, has no rows. */
export function during(column: Column, { from, until }: Period): SQL | undefined {
  const bound = (text: string | undefined, compare: typeof gte): SQL | undefined => {
    if (text === undefined) return undefined;
    const at = microsOfInstant(text);
    return at === null ? sql`false` : compare(column, at);
  };
  return and(bound(from, gte), bound(until, lt));
}
