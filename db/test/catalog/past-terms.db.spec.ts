import { microsOfInstant } from "@kontor/kernel";
import { sql as fragment } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asOf } from "../../src/catalog/past-terms.ts";
import type { Connection } from "../../src/index.ts";
import { connect } from "../../src/index.ts";
import type { TestDatabase } from "../../src/testing/index.ts";
import { createTestDatabase } from "../../src/testing/index.ts";

let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect(database.url, { max: 2, applicationName: "past-terms" });
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

test("each view has the columns of its table", async () => {
  const { sql } = connection;
  const of = (
    schema: string,
  ) => sql`select c.table_name, array_agg(c.column_name || ' ' || c.udt_name order by c.column_name) as columns
    from information_schema.columns c join information_schema.views v using (table_name)
    where c.table_schema = ${schema} and v.table_schema = 'as_of' group by 1 order by 1`;
  const [tables, views] = [await of("public"), await of("as_of")];
  expect(views.length).toBe(11);
  expect([...views]).toEqual([...tables]);
});

test("what was stored is read as of each instant between two hundred random changes", async () => {
  const { sql, db } = connection;
  let seed = 20_261_122;
  const below = (bound: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * bound);
  };
  const name = () => `List ${below(6)}`;
  const changes = [
    () => sql`insert into price_lists (marketplace_id, vendor_id, name, currency) values ('m', 'v', ${name()}, 'EUR')
      on conflict do nothing`,
    () => sql`update price_lists set exclusive = not exclusive, bands = '[{"scope":"all","minQuantity":"1","percent":"-5"}]'
      where name = ${name()}`,
    () => sql`update price_lists set valid_until = now() + interval '1 day' where name = ${name()}`,
    () => sql`delete from price_lists where name = ${name()}`,
    () => sql`insert into price_list_assignments (list_id, target, target_id, priority)
      select id, 'country', 'DE', ${below(9)} from price_lists where name = ${name()} on conflict (list_id, target, target_id)
      do update set priority = excluded.priority`,
    () => sql`delete from price_list_assignments a using price_lists l where l.id = a.list_id and l.name = ${name()}`,
  ] as const;
  const lists = fragment`select to_jsonb(l) as row from price_lists l order by l.id`;
  const given = fragment`select to_jsonb(a) as row from price_list_assignments a order by a.list_id`;
  const seen: { readonly at: number; readonly lists: unknown; readonly given: unknown }[] = [];
  for (let step = 0; step < 200; step += 1) {
    await changes[below(changes.length)]?.();
    const [clock] =
      await sql`select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`;
    const at = microsOfInstant(String(clock?.["at"])) ?? 0;
    seen.push({ at, lists: await db.execute(lists), given: await db.execute(given) });
  }
  for (const { at, ...then } of seen) {
    const read = await asOf(db, at, async (tx) => ({ lists: await tx.execute(lists), given: await tx.execute(given) }));
    expect(read).toEqual(then);
  }
  await expect(sql`update past_terms set row = null`).rejects.toMatchObject({ code: "KC001" });
  await expect(asOf(db, seen[0]?.at ?? 0, (tx) => tx.execute(fragment`delete from price_lists`))).rejects.toThrow();
});
