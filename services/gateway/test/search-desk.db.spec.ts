import { randomUUID } from "node:crypto";
import type { Connection } from "@kontor/db";
import { connect } from "@kontor/db";
import type { TestDatabase } from "@kontor/db/testing";
import { createTestDatabase } from "@kontor/db/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Search, SupplierAsk } from "../src/catalogue/marketplace-index.ts";
import { SearchDesk } from "../src/catalogue/search-desk.ts";
import { startSearch } from "../src/catalogue/start-search.ts";
import { Refusal } from "../src/refusal.ts";

let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect(database.url, { max: 6 });
});

afterAll(async () => {
  await connection.close();
  await database.drop();
});

const day = 86_400_000_000;
/** A clock that the test moves. */
function movedClock() {
  const clock = { at: Date.now() * 1_000, now: () => clock.at };
  return clock;
}

/** A marketplace with so many things, each sold by one vendor. */
async function marketplaceOf(things: number): Promise<string> {
  const { sql } = connection;
  const id = randomUUID();
  await sql`insert into marketplaces (id, slug, name, currency) values (${id}, ${id}, 'Works', 'EUR')`;
  await sql`insert into participations (marketplace_id, company_id, side, status, requested_by, decided_at)
    values (${id}, 'vera', 'supplier', 'approved', 'x', now())`;
  const [list] = await sql`insert into price_lists (marketplace_id, vendor_id, name, currency)
    values (${id}, 'vera', 'base', 'EUR') returning id`;
  await sql`
    with made as (insert into products (marketplace_id, status, created_by, part_no)
        select ${id}, 'active', 'x', 'N' || n from generate_series(1, ${things}) n returning id, part_no),
      told as (insert into product_texts (product_id, language, name) select id, 'en', 'Thing ' || part_no from made),
      parts as (insert into variants (product_id, marketplace_id, base_unit)
        select id, ${id}, 'C62' from made returning id),
      sold as (insert into offers (marketplace_id, vendor_id, variant_id, vendor_part_no, vendor_part_no_key, status,
          order_unit, min_quantity, base_list_id, created_by)
        select ${id}, 'vera', id, id::text, id::text, 'active', 'C62', 1000000, ${String(list?.["id"])}::uuid, 'x'
        from parts returning id)
    insert into prices (list_id, offer_id, unit, price) select ${String(list?.["id"])}::uuid, id, 'C62', 5000000 from sold`;
  return id;
}

const everything: Search = {
  ...{ text: "", language: null, unfinished: false, values: [], numbers: [], facets: [], after: null, enough: 3 },
  ...{ sort: "name" as const, limit: 10 },
};
const ask = (marketplaceId: string, search: Partial<Search> = {}) => ({
  marketplaceId,
  searcher: null,
  search: { ...everything, ...search },
});
const totalOf = async (desk: SearchDesk, marketplaceId: string, text = ""): Promise<number | undefined> =>
  (await desk.find(ask(marketplaceId, { text })))?.page.total;

test("an index that is a third dead is built anew beside itself and then put in its place", async () => {
  const marketplaceId = await marketplaceOf(600);
  const clock = movedClock();
  const desk = new SearchDesk({ db: connection.db, clock });
  expect(await totalOf(desk, marketplaceId, "thing")).toBe(600);
  for (const name of ["Object", "Article"]) {
    clock.at += 1_000_000;
    await connection.sql`update product_texts set name = ${name} || ' ' || product_id where product_id in
      (select id from products where marketplace_id = ${marketplaceId})`;
    await desk.catchUp();
  }
  const worn = desk.figures();
  expect(worn).toMatchObject({ indexes: 1, products: 600, offers: 600, building: 1, oldestMicros: 2_000_000 });
  expect(worn.deadShare).toBeGreaterThan(1 / 3);
  expect(await totalOf(desk, marketplaceId, "article")).toBe(600);
  await desk.renewed();
  await desk.catchUp();
  expect(desk.figures()).toMatchObject({ indexes: 1, products: 600, building: 0, deadShare: 0, oldestMicros: 0 });
  expect(desk.figures().bytes).toBeLessThan(worn.bytes);
  expect([await totalOf(desk, marketplaceId, "article"), await totalOf(desk, marketplaceId, "object")]).toEqual([
    600, 0,
  ]);
});

test("synonyms and tax rates are taken by the index that serves, languages and classes by a new one", async () => {
  const { sql } = connection;
  const marketplaceId = await marketplaceOf(3);
  await sql`insert into product_texts (product_id, language, name)
    select id, 'de', 'Ding ' || part_no from products where marketplace_id = ${marketplaceId}`;
  const clock = movedClock();
  const desk = new SearchDesk({ db: connection.db, clock });
  expect(await totalOf(desk, marketplaceId, "gadget")).toBe(0);
  const ages: number[] = [];
  const steps = [
    () => sql`insert into search_settings (marketplace_id, languages, synonyms)
      values (${marketplaceId}, '{en}', '[{"language":"en","phrases":["gadget"],"also":["thing"]}]')`,
    () => sql`insert into tax_rates (marketplace_id, country, category, percent)
      values (${marketplaceId}, 'DE', 'standard', 190000)`,
    () => sql`update search_settings set languages = '{de,en}' where marketplace_id = ${marketplaceId}`,
    () =>
      sql`insert into class_schemes (marketplace_id, scheme, release, name) values (${marketplaceId}, 'own', '1', 'Own')`,
  ];
  for (const step of steps) {
    clock.at += 1_000_000;
    await step();
    await desk.catchUp();
    await desk.renewed();
    expect(await totalOf(desk, marketplaceId, "gadgets")).toBe(3);
    ages.push(desk.figures().oldestMicros);
  }
  expect(ages).toEqual([1_000_000, 2_000_000, 0, 0]);
  expect((await desk.find(ask(marketplaceId)))?.languages).toEqual(["de", "en"]);
  expect((await desk.find(ask(marketplaceId, { language: "fr" })))?.languages).toEqual(["fr", "de", "en"]);
});

test("a transaction that stays open elsewhere does not keep a change from being found", async () => {
  const { sql } = connection;
  const marketplaceId = await marketplaceOf(2);
  const desk = new SearchDesk({ db: connection.db, clock: movedClock() });
  expect(await totalOf(desk, marketplaceId)).toBe(2);
  const slow = await sql.reserve();
  try {
    await slow`begin`;
    await slow`insert into divisions (company_id, name) values ('slow', 'Slow')`;
    await sql`update offers set status = 'paused' where id =
      (select id from offers where marketplace_id = ${marketplaceId} limit 1)`;
    await desk.catchUp();
    expect(await totalOf(desk, marketplaceId)).toBe(1);
  } finally {
    await slow`rollback`;
    slow.release();
  }
});

test("a certificate does not count from the day after its last", async () => {
  const { sql } = connection;
  const marketplaceId = await marketplaceOf(1);
  const clock = movedClock();
  const today = new Date(clock.at / 1_000).toISOString().slice(0, 10);
  await sql`insert into supplier_profiles (marketplace_id, company_id, regions, texts, supplies)
    values (${marketplaceId}, 'vera', '{DE}', '[]', '[]')`;
  await sql`insert into supplier_certificates (marketplace_id, company_id, standard, issuer, number, valid_until)
    values (${marketplaceId}, 'vera', 'ISO 9001', 'Board', '1', ${today}::date + 1)`;
  const desk = new SearchDesk({ db: connection.db, clock });
  const { enough: _enough, ...plain } = everything;
  const search: SupplierAsk = { ...plain, sort: "name", values: [{ facet: "certificate", anyOf: ["ISO 9001"] }] };
  const found: (number | undefined)[] = [];
  for (const later of [0, day, day]) {
    clock.at += later;
    await desk.catchUp();
    found.push((await desk.findSuppliers({ marketplaceId, search }))?.page.total);
  }
  expect(found).toEqual([1, 1, 0]);
});

test("the busiest marketplaces are made ready before anybody asks, and who asks too early is told when to come again", async () => {
  const busy = await marketplaceOf(900);
  const desk = new SearchDesk({ db: connection.db, clock: movedClock() });
  await desk.warmUp(1);
  expect(desk.figures()).toMatchObject({ indexes: 1, products: 900 });

  const troubles: Error[] = [];
  const onTrouble = (error: Error): void => void troubles.push(error);
  const search = startSearch({ databaseUrl: database.url, pollMs: 20, warmMax: 0, patienceMs: 0, onTrouble });
  try {
    const early = await search.find(ask(busy)).catch((error: unknown) => error);
    expect(early).toBeInstanceOf(Refusal);
    expect((early as Refusal).problem).toMatchObject({ code: "search_warming", status: 503, retryAfterMs: 5_000 });
    const patience = { timeout: 60_000, interval: 20 };
    await vi.waitFor(async () => expect((await search.find(ask(busy)))?.page.total).toBe(900), patience);
    await vi.waitFor(() => expect(search.figures()?.products).toBe(900), patience);
    expect(search.figures()).toMatchObject({ indexes: 1, products: 900, offers: 900, building: 0, deadShare: 0 });
  } finally {
    await search.stop();
  }
  expect(troubles).toEqual([]);
});
