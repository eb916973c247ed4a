import type { SQL } from "drizzle-orm";
import { getTableColumns, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Database } from "../connect.ts";
import { runPrepared } from "../prepared.ts";

type Row<Table extends PgTable> = Table["$inferSelect"];

const rowsPerStatement = 5_000;

/** Rows in parts that one statement takes. */
export function* partsOf<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += rowsPerStatement) yield rows.slice(start, start + rowsPerStatement);
}

/** Whole rows as one JSON parameter, however many they are: a parameter per value would cost more than the writing. */
export function insertOf<Table extends PgTable>(table: Table, rows: readonly Row<Table>[]): SQL {
  const writers = writersOf(table);
  const records = rows.map((row) => {
    const record: Record<string, unknown> = {};
    for (const { member, name, write } of writers) {
      const value = row[member];
      record[name] = value === null ? null : write(value);
    }
    return record;
  });
  return sql`insert into ${table} select * from jsonb_populate_recordset(null::${table}, ${JSON.stringify(records)}::jsonb)`;
}

/** Writes new rows, by a statement that each connection keeps: for what writes the same tables again and again. */
export async function insertRows<Table extends PgTable>(
  tx: Database,
  table: Table,
  rows: readonly Row<Table>[],
): Promise<void> {
  if (rows.length > 0) await runPrepared(tx, insertOf(table, rows));
}

export type Upsert<Table extends PgTable> = {
  readonly table: Table;
  readonly key: readonly [PgColumn, ...PgColumn[]];
  readonly rows: readonly Row<Table>[];
};

/** Writes rows whole, by key. */
export async function upsert<Table extends PgTable>(tx: Database, { table, key, rows }: Upsert<Table>): Promise<void> {
  const columns = Object.values(getTableColumns(table)) as PgColumn[];
  const names = (some: readonly PgColumn[]) => some.map(({ name }) => sql.identifier(name));
  const changes = names(columns.filter((column) => !key.includes(column))).map(
    (name) => sql`${name} = excluded.${name}`,
  );
  const onConflict = sql`on conflict (${sql.join(names(key), sql`, `)}) do update set ${sql.join(changes, sql`, `)}`;
  for (const part of partsOf(rows)) await tx.execute(sql`${insertOf(table, part)} ${onConflict}`);
}

type Writer = { readonly member: string; readonly name: string; readonly write: (value: unknown) => unknown };

const writersKept = new WeakMap<PgTable, readonly Writer[]>();

/** What is asked of a table's columns is asked once: many rows are written by it. */
function writersOf(table: PgTable): readonly Writer[] {
  const kept = writersKept.get(table);
  if (kept !== undefined) return kept;
  const writers = Object.entries(getTableColumns(table)).map(([member, column]) => {
    return { member, name: column.name, write: writerOf(column as PgColumn) };
  });
  writersKept.set(table, writers);
  return writers;
}

/** As JSON has it: whole numbers of any size as text. */
function writerOf(column: PgColumn): Writer["write"] {
  const isJson = column.dataType === "json";
  return (value) => {
    const driven = isJson ? value : column.mapToDriverValue(value);
    return typeof driven === "bigint" ? String(driven) : driven;
  };
}
