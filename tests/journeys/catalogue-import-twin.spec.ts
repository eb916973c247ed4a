import type { ImportRecord, OfferRecord } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FileRow } from "../world/import-files.ts";
import { csvOf, gtinOf, startFile } from "../world/import-files.ts";
import type { Company } from "../world/people.ts";
import { takePart } from "../world/people.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/*
 * Importing rows comes to the same as writing each of them by hand. One company imports, its twin writes; their articles
 * have other brands and GTINs, so that they never meet.
 */

const seed = 20_261_122;
const runs = 4;

let world: World;
let marketplaceId: string;
let importing: Company;
let writing: Company;
const lists = new Map<Company, string>();

beforeAll(async () => {
  world = await createWorld();
  ({ marketplaceId } = world);
  importing = await world.company("Importing Vendor");
  writing = await world.company("Writing Vendor");
  for (const company of [importing, writing]) {
    await takePart(company, { marketplaceId, operator: world.operator }, "supplier");
    const list = await company.boss.client.prices.createList(marketplaceId, { name: "Twin", currency: "EUR" });
    lists.set(company, requireValue(list).listId);
  }
}, 120_000);
afterAll(async () => await world[Symbol.asyncDispose]());

type Article = {
  readonly sku: number;
  readonly brand: number | null;
  readonly part: number | null;
  readonly gtin: number | null;
  readonly min: number;
  readonly cents: number;
  readonly stock: number;
  readonly name: number;
};

const article: fc.Arbitrary<Article> = fc.record({
  sku: fc.integer({ min: 1, max: 9 }),
  brand: fc.option(fc.integer({ min: 1, max: 2 }), { freq: 8 }),
  part: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 5 }),
  gtin: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 3 }),
  min: fc.integer({ min: 1, max: 3 }),
  cents: fc.integer({ min: 1, max: 99 }),
  stock: fc.integer({ min: 0, max: 9 }),
  name: fc.integer({ min: 0, max: 99 }),
});
const file = fc.uniqueArray(article, { selector: ({ sku }) => sku, minLength: 1, maxLength: 7 });

/** Names that are like no other: likeness is not what this is about. */
const nameOf = (name: number): string => `${(name * 7_919).toString(36)}${(name * 104_729).toString(36)}`;

type Side = { readonly run: number; readonly twin: 0 | 1 };

function rowOf({ sku, brand, part, gtin, min, cents, stock, name }: Article, { run, twin }: Side): FileRow {
  const own = `${run}${twin === 0 ? "I" : "W"}`;
  return {
    sku: `${own}-${sku}`,
    name: nameOf(name + sku * 100),
    brand: brand === null ? "" : `${own} brand ${brand}`,
    part: part === null ? "" : `part ${part}`,
    gtin: gtin === null ? "" : gtinOf(1_000_000 * (2 * run + twin + 1) + gtin),
    unit: "H87",
    price: `1.${String(cents).padStart(2, "0")}`,
    qty10: "10",
    price10: "0.50",
    min: String(min),
    stock: String(stock),
  };
}

const isOver = ({ state }: ImportRecord): boolean => ["done", "failed", "cancelled"].includes(state);

async function importRows(rows: readonly FileRow[]): Promise<ImportRecord> {
  const { client } = importing.boss;
  const priceListId = lists.get(importing) ?? "";
  const key = await startFile(client, marketplaceId, { text: csvOf(rows), priceListId });
  const live = client.live();
  const { view } = await live.subscribe(`import:${key.importId}`).until(isOver, { timeoutMs: 60_000 });
  live.close();
  return view;
}

async function offerOf(company: Company, sku: string): Promise<OfferRecord | undefined> {
  const query = { vendor: company.companyId, vendorPartNo: sku };
  return requireValue(await company.boss.client.offers.list(marketplaceId, query).page()).data[0];
}

const told = (text: string | undefined): text is string => text !== undefined && text !== "";

/** The article, and the variant that is listed of it. */
async function writeProduct({ name = "", brand, part, gtin }: FileRow): Promise<string> {
  const { products } = writing.boss.client;
  const gtins = told(gtin) ? [{ gtin }] : [];
  const draft = requireValue(
    await products.create(marketplaceId, {
      texts: [{ language: "en", name }],
      variants: [{ baseUnit: "H87", gtins }],
      ...(told(brand) ? { brand } : {}),
      ...(told(part) ? { partNo: part } : {}),
    }),
  );
  const { productId, version } = draft;
  const active = requireValue(await products.activate({ marketplaceId, productId, version }));
  const kept = active.mergedInto ?? productId;
  const [variant] = requireValue(await products.get({ marketplaceId, productId: kept })).variants;
  return variant?.variantId ?? "";
}

/** One row by hand: a new article is described, listed and proposed; of a known one the offer is changed. */
async function writeRow(row: FileRow): Promise<void> {
  const { offers, prices } = writing.boss.client;
  const { sku = "", min = "1", price = "", price10 = "", stock = "0" } = row;
  const known = await offerOf(writing, sku);
  const terms = { vendorPartNo: sku, orderUnit: "H87", minQuantity: min };
  let offerId = known?.offerId ?? "";
  if (known === undefined) {
    const made = requireValue(await offers.create(marketplaceId, { ...terms, variantId: await writeProduct(row) }));
    ({ offerId } = made);
    requireValue(await offers.propose({ marketplaceId, offerId, version: made.version }));
  } else if (known.minQuantity !== min) {
    requireValue(await offers.revise({ marketplaceId, offerId, version: known.version }, terms));
  }
  const rungs = [
    { unit: "H87", minQuantity: "1", price },
    { unit: "H87", minQuantity: "10", price: price10 },
  ];
  requireValue(await prices.putLadder({ marketplaceId, listId: lists.get(writing) ?? "", offerId }, rungs));
  const { levels } = requireValue(await offers.stock({ marketplaceId, offerId }));
  const [level] = levels;
  const place = { marketplaceId, offerId, place: "main", ...(level === undefined ? {} : { version: level.version }) };
  requireValue(await offers.saveStock(place, { onHand: stock, backorderMax: "0" }));
}

/** What there is then, without what tells the twins apart. */
async function stateOf(company: Company, rows: readonly FileRow[]) {
  const { client } = company.boss;
  const listId = lists.get(company) ?? "";
  const found: { sku: string; variantId: string; terms: unknown[]; rungs: string[][] }[] = [];
  for (const { sku = "" } of rows) {
    const offer = await offerOf(company, sku);
    if (offer === undefined) throw new Error(`there is no offer ${sku}`);
    const { offerId, variantId, status, minQuantity, orderUnit, available } = offer;
    const ladder = requireValue(await client.prices.ladder({ marketplaceId, listId, offerId }));
    const rungs = ladder.rows.map((rung) => [rung.unit, rung.minQuantity, rung.price, rung.priceBaseQuantity]);
    found.push({ sku, variantId, terms: [status, minQuantity, orderUnit, available], rungs });
  }
  const places = [...new Set(found.map(({ variantId }) => variantId))];
  return found.map(({ sku, variantId, terms, rungs }) => ({
    sku: sku.slice(sku.indexOf("-")),
    // Which of them are one article.
    article: places.indexOf(variantId),
    terms,
    rungs,
  }));
}

/** Findings of the match queue about products of these rows, by kind and state. */
async function findingsOf(side: Side): Promise<readonly string[]> {
  const brand = `${side.run}${side.twin === 0 ? "I" : "W"} brand`.replaceAll(/\W/g, "").toLowerCase();
  const all = await world.operator.client.products.findings(marketplaceId).all();
  const told = all.filter(({ evidence }) => JSON.stringify(evidence).toLowerCase().includes(brand));
  return told.map(({ kind, state, reason }) => `${kind} ${state} ${reason}`).sort();
}

test("importing rows comes to the same as writing each of them by hand", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(file, file, async (first, second) => {
      run += 1;
      const imported: Side = { run, twin: 0 };
      const written: Side = { run, twin: 1 };
      const identity = new Map(first.map((one) => [one.sku, one]));
      // A second file says otherwise of prices, stock and minimums; articles stay what they are.
      const again = second.map((one) => {
        const known = identity.get(one.sku);
        if (known === undefined) return one;
        const { brand, part, gtin, name } = known;
        return { ...one, brand, part, gtin, name };
      });
      for (const articles of [first, again]) {
        const rows = articles.map((one) => rowOf(one, imported));
        const done = await importRows(rows);
        expect(done).toMatchObject({ state: "done", rowsFailed: 0, rowsRead: rows.length });
        for (const one of articles) await writeRow(rowOf(one, written));
      }
      const all = [...new Map([...first, ...again].map((one) => [one.sku, one])).values()];
      const [left, right] = [
        await stateOf(
          importing,
          all.map((one) => rowOf(one, imported)),
        ),
        await stateOf(
          writing,
          all.map((one) => rowOf(one, written)),
        ),
      ];
      expect(left).toEqual(right);
      expect(await findingsOf(imported)).toEqual(await findingsOf(written));
    }),
    { seed, numRuns: runs, endOnFailure: true },
  );
}, 300_000);
