import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ChangePlace } from "../src/index.ts";
import {
  connect,
  currentChangePlace,
  forgetChanges,
  readChanges,
  readFeedPage,
  readFeedProducts,
} from "../src/index.ts";
import type { TestDatabase } from "../src/testing/index.ts";
import { createTestDatabase } from "../src/testing/index.ts";

let database: TestDatabase;
let connection: ReturnType<typeof connect>;
const marketplaceId = randomUUID();

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect(database.url, { max: 10 });
});

afterAll(async () => {
  await connection.close();
  await database.drop();
});

/** Whole numbers below a count, the same every time. */
function createRandom(seed: number): (count: number) => number {
  const numbers = fc.sample(fc.nat(), { seed, numRuns: 50_000 }).values();
  return (count) => (numbers.next().value ?? 0) % count;
}

/** A product with one variant, one offer and one price of it. */
async function listSomething(name: string) {
  const { sql } = connection;
  const ids = { productId: randomUUID(), variantId: randomUUID(), offerId: randomUUID(), listId: randomUUID() };
  const { productId, variantId, offerId, listId } = ids;
  await sql.begin(async (tx) => {
    await tx`insert into products (id, marketplace_id, status, created_by, part_no)
      values (${productId}, ${marketplaceId}, 'active', 'ada', ${`P-${name}`})`;
    await tx`insert into product_texts (product_id, language, name) values (${productId}, 'en', ${name})`;
    await tx`insert into variants (id, product_id, marketplace_id, base_unit, part_no)
      values (${variantId}, ${productId}, ${marketplaceId}, 'C62', ${`V-${name}`})`;
    await tx`insert into price_lists (id, marketplace_id, vendor_id, name, currency)
      values (${listId}, ${marketplaceId}, 'acme', ${name}, 'EUR')`;
    await tx`insert into offers (id, marketplace_id, vendor_id, variant_id, vendor_part_no, vendor_part_no_key, status,
      order_unit, min_quantity, base_list_id, created_by)
      values (${offerId}, ${marketplaceId}, 'acme', ${variantId}, ${name}, ${name}, 'active', 'C62', 1000000, ${listId}, 'ada')`;
    await tx`insert into prices (list_id, offer_id, unit, price) values (${listId}, ${offerId}, 'C62', 12500000)`;
  });
  return ids;
}

async function changedSince(after: ChangePlace) {
  const read = await readChanges(connection.db, { after, limit: 1_000 });
  if (read === null) throw new Error("changes were deleted");
  return read.changes;
}

test("whatever is searched leaves its product, list or company behind when it changes", async () => {
  const { sql, db } = connection;
  const start = await currentChangePlace(db);
  const { productId, variantId, offerId, listId } = await listSomething("hammer");
  const told = await changedSince(start);
  expect(new Set(told.map(({ subject, subjectId }) => `${subject} ${subjectId}`))).toEqual(
    new Set([`product ${productId}`, `price_list ${listId}`]),
  );

  const steps: readonly (readonly [what: string, expected: readonly string[], run: () => PromiseLike<unknown>])[] = [
    ["a price", [`product ${productId}`], () => sql`update prices set price = 13000000 where offer_id = ${offerId}`],
    [
      "a text",
      [`product ${productId}`],
      () => sql`update product_texts set name = 'Hammer' where product_id = ${productId}`,
    ],
    [
      "a number",
      [`product ${productId}`],
      () => sql`insert into variant_gtins (variant_id, marketplace_id, unit, gtin)
      values (${variantId}, ${marketplaceId}, 'C62', '04006381333931')`,
    ],
    [
      "a group",
      ["company bolt"],
      async () => {
        const groupId = randomUUID();
        await sql`insert into customer_groups (id, marketplace_id, name) values (${groupId}, ${marketplaceId}, 'gold')`;
        await sql`insert into customer_group_members (group_id, company_id) values (${groupId}, 'bolt')`;
      },
    ],
    [
      "stock that comes",
      [`product ${productId}`],
      () => sql`insert into stock_levels (offer_id, on_hand) values (${offerId}, 5)`,
    ],
    ["stock that stays", [], () => sql`update stock_levels set reserved = 2 where offer_id = ${offerId}`],
    [
      "stock that runs out",
      [`product ${productId}`],
      () => sql`update stock_levels set reserved = 5 where offer_id = ${offerId}`,
    ],
    ["a price that goes", [`product ${productId}`], () => sql`delete from prices where offer_id = ${offerId}`],
  ];
  for (const [what, expected, run] of steps) {
    const before = await currentChangePlace(db);
    await run();
    const changes = await changedSince(before);
    expect([what, ...new Set(changes.map(({ subject, subjectId }) => `${subject} ${subjectId}`))]).toEqual([
      what,
      ...expected,
    ]);
  }
  const past = await sql`select price::text from past_prices where offer_id = ${offerId} order by stored_until, price`;
  expect(past.map(({ price }) => price)).toEqual(["12500000", "13000000"]);
});

test("a change that is committed late is not passed over", async () => {
  const { sql, db } = connection;
  const { productId: early } = await listSomething("early");
  const { productId: late } = await listSomething("late");
  let place = await currentChangePlace(db);
  const seen: string[] = [];
  const read = async (): Promise<void> => {
    for (let more = true; more; ) {
      const found = await readChanges(db, { after: place, limit: 1 });
      if (found === null) throw new Error("changes were deleted");
      seen.push(...found.changes.map(({ subjectId }) => subjectId));
      place = found.next;
      more = found.changes.length > 0;
    }
  };
  const slow = await sql.reserve();
  await slow`begin`;
  await slow`update products set updated_at = now() where id = ${late}`;
  await sql`update products set updated_at = now() where id = ${early}`;
  await read();
  expect(seen).toEqual([]);
  await slow`commit`;
  slow.release();
  await read();
  expect(seen).toEqual([late, early]);
});

test("what runs for long elsewhere on the server delays nothing", async () => {
  const { sql, db } = connection;
  const { productId } = await listSomething("quick");
  await using other = await openElsewhere();
  const slow = await sql.reserve();
  try {
    await slow`begin`;
    await slow`insert into brands (marketplace_id, name, name_key) values (${marketplaceId}, 'Slow', 'slow')`;
    const place = await currentChangePlace(db);
    await sql`update products set updated_at = now() where id = ${productId}`;
    expect((await changedSince(place)).map(({ subjectId }) => subjectId)).toEqual([productId]);
    expect(other.isOpen).toBe(true);
  } finally {
    await slow`rollback`;
    slow.release();
  }
});

/** A transaction in another database of the server that has written and does not end. */
async function openElsewhere() {
  const elsewhere = await createTestDatabase();
  const there = connect(elsewhere.url, { max: 1 });
  const session = await there.sql.reserve();
  await session`begin`;
  await session`insert into marketplaces (id, slug, name, currency) values ('m', 'm', 'M', 'EUR')`;
  const [row] = await session<{ open: boolean }[]>`select pg_current_xact_id_if_assigned() is not null as open`;
  return {
    isOpen: row?.open === true,
    async [Symbol.asyncDispose]() {
      await session`rollback`;
      session.release();
      await there.close();
      await elsewhere.drop();
    },
  };
}

test("writers side by side lose no change to a reader, in whatever order they end", async () => {
  const { sql, db } = connection;
  const random = createRandom(11);
  const products: string[] = [];
  for (let n = 0; n < 12; n++) products.push((await listSomething(`side ${n}`)).productId);
  const start = await currentChangePlace(db);
  let place = start;
  const seen: number[] = [];
  const read = async (): Promise<void> => {
    const found = await readChanges(db, { after: place, limit: 1 + random(5) });
    if (found === null) throw new Error("changes were deleted");
    seen.push(...found.changes.map(({ seq }) => seq));
    place = found.next;
  };
  let writing = 6;
  const write = async (): Promise<void> => {
    const session = await sql.reserve();
    for (let round = 0; round < 40; round++) {
      await session`begin`;
      for (const name of ["a", "b", "c"].slice(random(3))) {
        await session.unsafe(`savepoint ${name}`);
        await session`update product_texts set name = name || '.' where product_id = ${products[random(12)] ?? ""}
          and pg_try_advisory_xact_lock(hashtextextended(product_id::text, 0))`;
        if (random(3) === 0) await session.unsafe(`rollback to ${name}`);
      }
      await session.unsafe(random(5) === 0 ? "rollback" : "commit");
    }
    session.release();
    writing--;
  };
  const writers = Promise.all(Array.from({ length: writing }, write));
  while (writing > 0) await read();
  await writers;
  for (let before = -1; before !== place; await read()) before = place;
  const kept = await sql<
    { seq: number }[]
  >`select seq::float8 as seq from catalog_changes where seq > ${start} order by seq`;
  expect(seen).toEqual(kept.map(({ seq }) => seq));
  expect(seen.length).toBeGreaterThan(100);
});

test("a reader that slept longer than changes are kept learns that it has missed some", async () => {
  const { sql, db } = connection;
  const place = await currentChangePlace(db);
  await listSomething("forgotten");
  await sql`update catalog_changes set created_at = now() - interval '2 days'`;
  expect(await forgetChanges(db, 86_400_000)).toBeGreaterThan(0);
  expect(await readChanges(db, { after: place, limit: 10 })).toBeNull();
  expect(await readChanges(db, { after: await currentChangePlace(db), limit: 10 })).toMatchObject({ changes: [] });
});

test("a product is read with all that is searched of it", async () => {
  const { productId, offerId, listId } = await listSomething("saw");
  const { db } = connection;
  const [product] = await readFeedProducts(db, [productId]);
  expect(product).toMatchObject({
    ...{ id: productId, brand: null, partNos: ["V-saw", "P-saw"], classes: [], attributes: [], buyerNumbers: [] },
    texts: [{ language: "en", name: "saw", description: "", keywords: [] }],
  });
  expect(product?.offers).toMatchObject([
    {
      ...{ id: offerId, vendorId: "acme", vendorActive: false, isActive: true, vendorPartNo: "saw", baseUnit: "C62" },
      ...{ orderUnit: "C62", minQuantity: "1000000", baseListId: listId, validUntil: null },
      prices: [{ listId, unit: "C62", price: "12500000", minQuantity: "1000000", validUntil: null }],
    },
  ]);
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const page = await readFeedPage(db, { marketplaceId, after, limit: 2 });
    ids.push(...page.map(({ id }) => id));
    after = page.at(-1)?.id ?? null;
    if (page.length < 2) break;
  }
  expect(ids).toEqual([...ids].sort());
  expect(ids).toContain(productId);
  expect(new Set(ids).size).toBe(ids.length);
});
