import { eq, sql } from "drizzle-orm";
import { bigint, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connect } from "../../src/index.ts";
import { insertRows, rewrite, upsert } from "../../src/repositories/bulk-rows.ts";
import type { TestDatabase } from "../../src/testing/index.ts";
import { createTestDatabase } from "../../src/testing/index.ts";

/** Rows that go out as columns come back as they were, whatever is in them and however alike they are. */

const things = pgTable(
  "things",
  {
    group: text("group").notNull(),
    no: bigint("no", { mode: "bigint" }).notNull(),
    id: uuid("id"),
    name: text("name"),
    words: text("words").array(),
    facts: jsonb("facts"),
    at: timestamp("at", { withTimezone: true, mode: "string" }),
  },
  (table) => [primaryKey({ columns: [table.group, table.no] })],
);
type Thing = typeof things.$inferSelect;

let database: TestDatabase;
let connection: ReturnType<typeof connect>;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect(database.url, { max: 2 });
  await connection.sql.unsafe(`create table things ("group" text not null, no bigint not null, id uuid, name text,
    words text[], facts jsonb, at timestamptz, primary key ("group", no))`);
});
beforeEach(async () => await connection.sql`truncate things`);
afterAll(async () => {
  await connection.close();
  await database.drop();
});

/** Texts that could be mistaken for the signs of an array or of nothing. */
const tricky = fc.constantFrom(
  "",
  "null",
  "NULL",
  "{}",
  "[]",
  '"',
  "\\",
  "a,b",
  '{a,"b"}',
  "'",
  " ",
  "\n",
  "é€😀",
  "0",
);
const words = fc.oneof(tricky, fc.string({ unit: "grapheme" })).map((word) => word.replaceAll("\u0000", ""));
const inner = fc.oneof(words, fc.integer(), fc.boolean(), fc.constant(null));
/** Without signs that JSON escapes: Node 24.21 may read a key that is one escape as another that it read before. */
const key = words.map((word) => word.replaceAll(/["\\\p{Cc}]/gu, ""));
/** As columns of JSON have them: lists and objects. */
const fact = fc.oneof(
  fc.constant(null),
  fc.array(inner, { maxLength: 3 }),
  fc.dictionary(key, inner, { maxKeys: 3, noNullPrototype: true }),
);
const instants = ["2026-01-01 00:00:00+00", "2026-11-22 20:30:00.123456+00"] as const;
const thing = fc.record({
  group: fc.constantFrom("a", "b"),
  no: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  id: fc.option(fc.uuid()),
  name: fc.option(words),
  words: fc.option(fc.array(words, { maxLength: 3 })),
  facts: fact,
  at: fc.option(fc.constantFrom(...instants)),
});
/** Often with a column that is the same in all rows. */
const rows = fc
  .tuple(
    fc.uniqueArray(thing, { selector: ({ group, no }) => `${group} ${no}`, minLength: 1, maxLength: 8 }),
    fc.record({ name: fc.option(words), words: fc.constant<string[]>([]), facts: fact }, { requiredKeys: [] }),
  )
  .map(([all, same]) => all.map((one): Thing => ({ ...one, ...same })));

async function stored(): Promise<ReadonlyMap<string, Thing>> {
  const found = await connection.db.select().from(things);
  return new Map(found.map((row) => [keyOf(row), row]));
}

const keyOf = ({ group, no }: Thing): string => `${group} ${no}`;
const byKey = (all: readonly Thing[]): ReadonlyMap<string, Thing> => new Map(all.map((row) => [keyOf(row), row]));
const settings = { seed: 20_261_122, numRuns: 120 };

test("rows that are inserted are there as they were", async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (all) => {
      await connection.sql`truncate things`;
      await insertRows(connection.db, things, all);
      expect(await stored()).toEqual(byKey(all));
    }),
    settings,
  );
});

test("rows that are written by key replace those that were there, whole", async () => {
  await fc.assert(
    fc.asyncProperty(rows, rows, async (before, after) => {
      await connection.sql`truncate things`;
      await insertRows(connection.db, things, before);
      await upsert(connection.db, { table: things, key: [things.group, things.no], rows: after });
      expect(await stored()).toEqual(new Map([...byKey(before), ...byKey(after)]));
    }),
    settings,
  );
});

test("rows that are rewritten change in the members that are named alone", async () => {
  const made = (no: bigint, name: string, facts: unknown): Thing => {
    return { group: "a", no, id: null, name, words: ["w"], facts, at: null };
  };
  await insertRows(connection.db, things, [made(1n, "one", [1]), made(2n, "two", [2]), made(3n, "three", [3])]);
  const changed = [made(1n, "uno", { now: true }), made(2n, "dos", null)];
  await rewrite(connection.db, { table: things, key: "no", members: ["facts"], rows: changed });
  expect(await stored()).toEqual(
    byKey([made(1n, "one", { now: true }), made(2n, "two", null), made(3n, "three", [3])]),
  );
});

test("rows that are alike in every column are as many all the same", async () => {
  await connection.sql`create table alike (name text, facts jsonb)`;
  const alike = pgTable("alike", { name: text("name"), facts: jsonb("facts") });
  await insertRows(
    connection.db,
    alike,
    [1, 2, 3].map(() => ({ name: "same", facts: { a: 1 } })),
  );
  const [count] = await connection.db
    .select({ rows: sql<number>`count(*)::int` })
    .from(alike)
    .where(eq(alike.name, "same"));
  expect(count?.rows).toBe(3);
});
