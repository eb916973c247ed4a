import type { SQL, SQLWrapper } from "drizzle-orm";
import { getTableColumns, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Database } from "../connect.ts";
import { runPrepared } from "../prepared.ts";

/*
 * Rows column by column, each column one array parameter: the database makes rows of arrays faster than of JSON, and
 * the JSON of a row repeats the names of its members. A column that has one value in all rows goes out once. The text of
 * a statement is the same whatever the rows are, so that each connection keeps it.
 */

type Row<Table extends PgTable> = Table["$inferSelect"];
type Member<Table extends PgTable> = keyof Row<Table> & string;
type Values = Readonly<{ [member: string]: unknown }>;

const rowsPerStatement = 5_000;

/** Rows in parts that one statement takes. */
export function* partsOf<Item>(rows: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < rows.length; start += rowsPerStatement) yield rows.slice(start, start + rowsPerStatement);
}

/** The statement of `insertRows`; it may be followed by an `on conflict`. At least one row. */
export function insertOf<Table extends PgTable>(table: Table, rows: readonly Row<Table>[]): SQL {
  return insertBy(table, rows, writersOf(table));
}

/** The same of rows whose `id` the database makes. */
export function insertWithoutIds<Table extends PgTable>(table: Table, rows: readonly Omit<Row<Table>, "id">[]): SQL {
  const writers = writersOf(table).filter(({ member }) => member !== "id");
  return insertBy(table, rows, writers);
}

/** Inserts rows that are not there. @throws the driver's error when one is */
export async function insertRows<Table extends PgTable>(
  tx: Database,
  table: Table,
  rows: readonly Row<Table>[],
): Promise<void> {
  for (const part of partsOf(rows)) await runPrepared(tx, insertOf(table, part));
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
  for (const part of partsOf(rows)) await runPrepared(tx, sql`${insertOf(table, part)} ${onConflict}`);
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
  for (const rows of partsOf(wanted.rows)) await runPrepared(tx, updateOf({ ...wanted, rows }));
}

function updateOf<Table extends PgTable>({ table, key, members, rows }: Rewrite<Table>): SQL {
  const wanted = new Set<string>([key, ...members]);
  const writers = writersOf(table).filter(({ member }) => wanted.has(member));
  const set = writers
    .filter(({ member }) => member !== key)
    .map(({ name }) => sql`${sql.identifier(name)} = source.${sql.identifier(name)}`);
  const keys = writers.filter(({ member }) => member === key).map(({ name }) => sql.identifier(name));
  const [name] = keys;
  return sql`update ${table} set ${sql.join(set, sql`, `)} from (${rowsOf(rows, writers)}) source
    where ${table}.${name} = source.${name}`;
}

function insertBy(table: PgTable, rows: readonly Values[], writers: readonly Writer[]): SQL {
  return sql`insert into ${table} (${namesOf(writers)}) ${rowsOf(rows, writers)}`;
}

/** A query for the rows: a column is told as an array, and that of one value where all rows have it. */
function rowsOf(rows: readonly Values[], writers: readonly Writer[]): SQL {
  const columns = writers.map(({ member, write }) => rows.map((row) => write(row[member])));
  const arrays = columns.map(sameOnce);
  // Rows that are all alike are as many all the same.
  if (arrays.every(({ length }) => length === 1)) arrays[0] = columns[0] ?? [];
  const told = writers.map(({ name, array }, place) => sql`${array(arrays[place] ?? [])} as ${sql.identifier(name)}`);
  const values = writers.map(({ name, value }) => {
    const column = sql.identifier(name);
    return sql`${value(column)} as ${column}`;
  });
  const plain = writers.filter(({ isJson }) => !isJson);
  const read = writers.filter(({ isJson }) => isJson);
  const of = ({ name }: Writer) => sql`told.${sql.identifier(name)}`;
  const sources = [sql`unnest(${listOf(plain.map(of))})`, ...read.map((one) => sql`jsonb_array_elements(${of(one)})`)];
  // Without the offset the arrays would be read again for each row.
  return sql`select ${listOf(values)} from (select ${listOf(told)} offset 0) told,
    rows from (${listOf(sources)}) as one (${namesOf([...plain, ...read])})`;
}

const listOf = (parts: readonly SQL[]): SQL => sql.join([...parts], sql`, `);

function sameOnce(values: readonly (string | null)[]): readonly (string | null)[] {
  const [first] = values;
  return values.every((value) => value === first) ? values.slice(0, 1) : values;
}

function namesOf(writers: readonly Writer[]): SQL {
  return sql.join(
    writers.map(({ name }) => sql.identifier(name)),
    sql`, `,
  );
}

type Writer = {
  readonly member: string;
  readonly name: string;
  readonly isJson: boolean;
  /** One value, as text. */
  readonly write: (value: unknown) => string | null;
  /** Values as one parameter. */
  readonly array: (values: readonly (string | null)[]) => SQL;
  /** A row's value of a column, from what was told of it. */
  readonly value: (column: SQLWrapper) => SQL;
};

const writersKept = new WeakMap<PgTable, readonly Writer[]>();

/** What is asked of a table's columns is asked once: many rows are written by it. */
function writersOf(table: PgTable): readonly Writer[] {
  const kept = writersKept.get(table);
  if (kept !== undefined) return kept;
  const writers = Object.entries(getTableColumns(table)).map(([member, column]) =>
    writerOf(member, column as PgColumn),
  );
  writersKept.set(table, writers);
  return writers;
}

function writerOf(member: string, column: PgColumn): Writer {
  const { name } = column;
  if (column.dataType === "json") {
    return {
      ...{ member, name, isJson: true },
      write: (value) => (value === null || value === undefined ? null : JSON.stringify(value)),
      array: (values) => sql`${`[${values.map((value) => value ?? "null").join(",")}]`}::jsonb`,
      value: (told) =>
        sql`nullif(case when jsonb_array_length(told.${told}) = 1 then told.${told} -> 0 else one.${told} end, 'null')`,
    };
  }
  const type = sql.raw(column.getSQLType());
  // An array of arrays would be taken apart to the last: they go as text.
  const element = column.dataType === "array" ? sql.raw("text") : type;
  return {
    ...{ member, name, isJson: false },
    write: (value) => (value === null || value === undefined ? null : String(column.mapToDriverValue(value))),
    array: (values) => sql`${`{${values.map(elementOf).join(",")}}`}::text::${element}[]`,
    value: (told) => sql`(case when cardinality(told.${told}) = 1 then told.${told}[1] else one.${told} end)::${type}`,
  };
}

const plain = /^(?!null$)[\w.:+-]+$/i;

/** In the literal of an array; all is quoted that could be mistaken. */
function elementOf(value: string | null): string {
  if (value === null) return "NULL";
  return plain.test(value) ? value : `"${value.replaceAll(/["\\]/g, "\\$&")}"`;
}
