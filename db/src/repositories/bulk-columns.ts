import type { SQL } from "drizzle-orm";
import { getTableColumns, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Database } from "../connect.ts";

/*
 * Rows column by column, each column one array parameter: the database makes rows of arrays faster than of JSON, and
 * the JSON of a row repeats the names of its members. A column that has one value in all rows goes out once.
 */

type Row<Table extends PgTable> = Table["$inferSelect"];
type Member<Table extends PgTable> = keyof Row<Table> & string;

const rowsPerStatement = 5_000;

/** Inserts rows that are not there. @throws the driver's error when one is */
export async function insertNew<Table extends PgTable>(
  tx: Database,
  table: Table,
  rows: readonly Row<Table>[],
): Promise<void> {
  for (const part of partsOf(rows)) await tx.execute(insertOfColumns(table, part));
}

/** The statement of `insertNew`; it may be followed by an `on conflict`. */
export function insertOfColumns<Table extends PgTable>(table: Table, rows: readonly Row<Table>[]): SQL {
  const columns = Object.entries(getTableColumns(table)) as [Member<Table>, PgColumn][];
  const { values, source } = columnsOf(columns, rows);
  const names = columns.map(([, { name }]) => sql.identifier(name));
  return sql`insert into ${table} (${sql.join(names, sql`, `)}) select ${sql.join(values, sql`, `)} from ${source}`;
}

export type Rewrite<Table extends PgTable> = {
  readonly table: Table;
  readonly key: Member<Table>;
  /** What may have changed; all else stays as it is. */
  readonly members: readonly Member<Table>[];
  readonly rows: readonly Row<Table>[];
};

/** Changes rows that are there, found by their key. */
export async function rewrite<Table extends PgTable>(tx: Database, wanted: Rewrite<Table>): Promise<void> {
  for (const rows of partsOf(wanted.rows)) await tx.execute(updateOf({ ...wanted, rows }));
}

function updateOf<Table extends PgTable>({ table, key, members, rows }: Rewrite<Table>): SQL {
  const all = getTableColumns(table) as unknown as Readonly<Record<Member<Table>, PgColumn>>;
  const columns = [key, ...members].map((member): [Member<Table>, PgColumn] => [member, all[member]]);
  const { values, source } = columnsOf(columns, rows);
  const [keyValue, ...changes] = values;
  const set = changes.map((value, index) => sql`${sql.identifier(columns[index + 1]?.[1].name ?? "")} = ${value}`);
  return sql`update ${table} set ${sql.join(set, sql`, `)} from ${source} where ${all[key]} = ${keyValue}`;
}

type Columns = {
  /** An expression for each column. */
  readonly values: SQL[];
  readonly source: SQL;
};

function columnsOf<Table extends PgTable>(
  columns: readonly (readonly [Member<Table>, PgColumn])[],
  rows: readonly Row<Table>[],
): Columns {
  const arrays: SQL[] = [];
  const names: SQL[] = [];
  const values = columns.map(([member, column]) => {
    const written = rows.map((row) => writtenIn(column, row[member]));
    const type = sql.raw(column.getSQLType());
    const [first] = written;
    if (rows.length > 1 && written.every((value) => value === first)) return sql`${first}::text::${type}`;
    const name = sql.identifier(column.name);
    arrays.push(sql`${arrayOf(written)}::text::${type}[]`);
    names.push(sql`${name}`);
    return sql`source.${name}`;
  });
  return { values, source: sql`unnest(${sql.join(arrays, sql`, `)}) as source (${sql.join(names, sql`, `)})` };
}

function writtenIn(column: PgColumn, value: unknown): string | null {
  if (value === null) return null;
  return column.dataType === "json" ? JSON.stringify(value) : String(column.mapToDriverValue(value));
}

function arrayOf(values: readonly (string | null)[]): string {
  return `{${values.map(elementOf).join(",")}}`;
}

const plain = /^(?!null$)[\w.:+-]+$/i;

/** In the literal of an array; all is quoted that could be mistaken. */
function elementOf(value: string | null): string {
  if (value === null) return "NULL";
  return plain.test(value) ? value : `"${value.replaceAll(/["\\]/g, "\\$&")}"`;
}

function* partsOf<Item>(rows: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < rows.length; start += rowsPerStatement) yield rows.slice(start, start + rowsPerStatement);
}
