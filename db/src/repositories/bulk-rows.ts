import type { SQL } from "drizzle-orm";
import { getTableColumns, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Database } from "../connect.ts";

type Row<Table extends PgTable> = Table["$inferSelect"];

const rowsPerStatement = 5_000;

/** Rows in parts that one statement takes. */
export function* partsOf<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += rowsPerStatement) yield rows.slice(start, start + rowsPerStatement);
}

/** Whole rows as one JSON parameter, however many they are: a parameter per value would cost more than the writing. */
export function insertOf<Table extends PgTable>(table: Table, rows: readonly Row<Table>[]): SQL {
  const columns = Object.entries(getTableColumns(table));
  const records = rows.map((row) =>
    Object.fromEntries(columns.map(([member, column]) => [column.name, written(column as PgColumn, row[member])])),
  );
  return sql`insert into ${table} select * from jsonb_populate_recordset(null::${table}, ${JSON.stringify(records)}::jsonb)`;
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

function written(column: PgColumn, value: unknown): unknown {
  const driven = value === null || column.dataType === "json" ? value : column.mapToDriverValue(value);
  return typeof driven === "bigint" ? String(driven) : driven;
}
