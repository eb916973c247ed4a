import type { CatalogueRow } from "@kontor/formats";
import { readBmecat } from "@kontor/formats";
import type { ImportProblem, ImportRecord } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import { createRandom } from "@kontor/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Company } from "../world/people.ts";
import { takePart } from "../world/people.ts";
import { listRandomCatalogue } from "../world/random-catalogue.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/** Catalogues that are taken along and brought in elsewhere. What is listed follows from the seeds alone. */
const seeds = [20_261_122, 7, 99];
const size = 12;

let world: World;
let marketplaceId: string;
let vendor: Company;
let listId: string;
let xml: string;

beforeAll(async () => {
  world = await createWorld();
  ({ marketplaceId } = world);
  ({ vendor, listId, xml } = await taken(seeds[0] ?? 1));
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

async function supplier(name: string): Promise<Company> {
  const company = await world.company(name);
  await takePart(company, { marketplaceId, operator: world.operator }, "supplier");
  return company;
}

/** A vendor's random catalogue, and the file that it goes out as. */
async function taken(seed: number) {
  const company = await supplier(`Takes Along ${seed}`);
  const catalogue = { marketplaceId, vendor: company, operator: world.operator };
  const listed = await listRandomCatalogue(catalogue, createRandom(seed), size);
  const wanted = { listId: listed.listId, language: "de" };
  const text = requireValue(await company.boss.client.exports.bmecat(marketplaceId, wanted));
  return { vendor: company, listId: listed.listId, xml: text };
}

const isOver = ({ state }: ImportRecord): boolean => ["done", "failed", "cancelled"].includes(state);

type Brought = { readonly record: ImportRecord; readonly problems: readonly ImportProblem[] };

type Reading = readonly [
  priceListId: string,
  mapping?: Parameters<Company["boss"]["client"]["imports"]["start"]>[1]["mapping"],
];

/** Sends a file and follows its import to the end. */
async function broughtIn({ boss }: Company, text: string, ...read: Reading): Promise<Brought> {
  const [priceListId, mapping] = read;
  const { imports } = boss.client;
  const bytes = Buffer.from(text);
  const { importId } = requireValue(await imports.create(marketplaceId, { fileName: "catalogue.xml" }));
  const key = { marketplaceId, importId };
  requireValue(await imports.upload(key, bytes));
  const live = boss.client.live();
  const stream = live.subscribe(`import:${importId}`);
  requireValue(await imports.start(key, { fileBytes: bytes.length, priceListId, ...(mapping && { mapping }) }));
  const record = (await stream.until(isOver, { timeoutMs: 60_000 })).view;
  live.close();
  return { record, problems: await imports.problems(key).all() };
}

async function rowsIn(text: string): Promise<readonly CatalogueRow[]> {
  const rows: CatalogueRow[] = [];
  const bytes = async function* () {
    yield await Promise.resolve(Buffer.from(text));
  };
  for await (const item of readBmecat(bytes()).items) {
    expect(item.kind).not.toBe("warning");
    if (item.kind === "row") rows.push(item.row);
  }
  return rows;
}

test("a catalogue goes out as BMEcat with every offer, its terms and its prices", async () => {
  const { client } = vendor.boss;
  const rows = await rowsIn(xml);
  const offers = await client.offers.list(marketplaceId, { vendor: vendor.companyId }).all();
  expect([rows.length, offers.length]).toEqual([size, size]);
  for (const offer of offers) {
    const row = rows.find(({ partNumber }) => partNumber === offer.vendorPartNo);
    expect(row).toMatchObject({
      orderUnit: offer.orderUnit,
      minQuantity: offer.minQuantity,
      condition: offer.condition,
      ...(offer.multiple === undefined ? {} : { multiple: offer.multiple }),
      ...(offer.leadTimeDays === undefined ? {} : { leadTimeDays: offer.leadTimeDays }),
    });
    const product = requireValue(await client.products.get({ marketplaceId, productId: offer.productId }));
    const names = product.texts.map(({ language, name }) => [language, name]).toSorted();
    expect(row?.texts?.map(({ language, name }) => [language, name]).toSorted()).toEqual(names);
    const ladder = requireValue(await client.prices.ladder({ marketplaceId, listId, offerId: offer.offerId }));
    const rungs = ladder.rows.map(({ minQuantity, price, priceBaseQuantity }) => [
      minQuantity,
      price,
      priceBaseQuantity,
    ]);
    const said = row?.prices?.map(({ minQuantity, amount, baseQuantity }) => [minQuantity, amount, baseQuantity]);
    expect(said?.toSorted()).toEqual(rungs.toSorted());
  }
  const report = requireValue(await client.exports.bmecatReport(marketplaceId, { listId, language: "de" }));
  expect(report).toMatchObject({ offers: size, written: size });
  expect(report.problems.length).toBe(report.problemsFound);
});

test.each(seeds)("what goes out comes in as the same offers of another vendor: catalogue %i", async (seed) => {
  const source = seed === seeds[0] ? { xml } : await taken(seed);
  const other = await supplier(`Brings In ${seed}`);
  const { client } = other.boss;
  const list = requireValue(await client.prices.createList(marketplaceId, { name: "Brought", currency: "EUR" }));
  const { record, problems } = await broughtIn(other, source.xml, list.listId);
  expect(record).toMatchObject({ state: "done", rowsRead: size, rowsFailed: 0, offersCreated: size });
  // Documents are all that is not taken.
  expect([record.warningsFound, problems.map(({ column }) => column)]).toEqual([
    problems.length,
    problems.map(() => "files"),
  ]);
  const wanted = { listId: list.listId, language: "de", status: ["proposed" as const] };
  const again = await rowsIn(requireValue(await client.exports.bmecat(marketplaceId, wanted)));
  const before = await rowsIn(source.xml);
  expect(again.map(({ files: _files, ...row }) => row)).toEqual(before.map(({ files: _files, ...row }) => row));
  const repeated = await broughtIn(other, source.xml, list.listId);
  expect(repeated.record).toMatchObject({ state: "done", offersCreated: 0, offersChanged: 0, offersUnchanged: size });
});

describe("a file of somewhere else", () => {
  const product = (partNumber: string, inner: string): string =>
    `<ARTICLE mode="new"><SUPPLIER_AID>${partNumber}</SUPPLIER_AID><ARTICLE_DETAILS><DESCRIPTION_SHORT>Pipe ${partNumber}</DESCRIPTION_SHORT></ARTICLE_DETAILS>${inner}</ARTICLE>`;
  const ordered = (unit: string): string =>
    `<ARTICLE_ORDER_DETAILS><ORDER_UNIT>${unit}</ORDER_UNIT></ARTICLE_ORDER_DETAILS>`;
  const priced = (amount: string): string =>
    `<ARTICLE_PRICE_DETAILS><ARTICLE_PRICE price_type="net_customer"><PRICE_AMOUNT>${amount}</PRICE_AMOUNT><PRICE_CURRENCY>EUR</PRICE_CURRENCY></ARTICLE_PRICE></ARTICLE_PRICE_DETAILS>`;
  const file = (transaction: string, articles: readonly string[]): string =>
    `<?xml version="1.0"?><BMECAT version="1.2"><HEADER><CATALOG><LANGUAGE>eng</LANGUAGE><CATALOG_ID>1</CATALOG_ID><CATALOG_VERSION>1.0</CATALOG_VERSION></CATALOG></HEADER><${transaction}>${articles.join("\n")}</${transaction}></BMECAT>`;

  test("is taken as far as it goes; every other thing is told with the article and place that it stands in", async () => {
    const other = await supplier("Odd Pipes");
    const { client } = other.boss;
    const list = requireValue(await client.prices.createList(marketplaceId, { name: "Odd", currency: "EUR" }));
    const features =
      "<ARTICLE_FEATURES><REFERENCE_FEATURE_SYSTEM_NAME>ECLASS-5.1</REFERENCE_FEATURE_SYSTEM_NAME><REFERENCE_FEATURE_GROUP_ID>21010101</REFERENCE_FEATURE_GROUP_ID></ARTICLE_FEATURES>";
    const articles = [
      "<CATALOG_GROUP_SYSTEM><CATALOG_STRUCTURE type='root'><GROUP_ID>1</GROUP_ID><GROUP_NAME>All</GROUP_NAME><PARENT_ID>0</PARENT_ID></CATALOG_STRUCTURE></CATALOG_GROUP_SYSTEM>",
      product("P-1", `${features}${ordered("PCE")}${priced("12,50")}`),
      product("P-2", `${ordered("THINGY")}${priced("1")}`),
      "<ARTICLE><ARTICLE_DETAILS><DESCRIPTION_SHORT>Nameless</DESCRIPTION_SHORT></ARTICLE_DETAILS></ARTICLE>",
      product("P-3", `${ordered("C62")}${priced("7")}`),
      "<ARTICLE_TO_CATALOGGROUP_MAP><ART_ID>P-3</ART_ID><CATALOG_GROUP_ID>1</CATALOG_GROUP_ID></ARTICLE_TO_CATALOGGROUP_MAP>",
    ];
    const whole = file("T_NEW_CATALOG", articles);
    const { importId } = requireValue(await client.imports.create(marketplaceId, { fileName: "pipes.xml" }));
    requireValue(await client.imports.upload({ marketplaceId, importId }, Buffer.from(whole)));
    expect(requireValue(await client.imports.preview({ marketplaceId, importId }, { rows: 1 }))).toMatchObject({
      format: "bmecat",
      rows: [{ row: 1, cells: ["P-1", "Pipe P-1", "H87", "12.5 EUR"] }],
    });
    const { record, problems } = await broughtIn(other, whole, list.listId);
    expect(record).toMatchObject({ state: "done", rowsRead: 4, rowsFailed: 2, offersCreated: 2 });
    const told = problems.map(({ row, severity, code }) => `${row} ${severity} ${code}`);
    expect(told).toEqual(
      expect.arrayContaining([
        "0 warning element_unused",
        "1 warning class_unknown",
        "1 warning unit_replaced",
        "1 warning number_rewritten",
        "2 warning unit_unknown",
        "2 error order_unit_missing",
        "3 error part_number_missing",
        "4 warning element_unused",
      ]),
    );
    expect(problems.find(({ code }) => code === "number_rewritten")).toMatchObject({
      column: expect.stringContaining("PRICE_AMOUNT"),
      value: "12,50",
      hint: expect.stringContaining("line"),
    });
    const [first, third] = await client.offers
      .list(marketplaceId, { vendor: other.companyId })
      .all()
      .then((all) => all.toSorted((a, b) => a.vendorPartNo.localeCompare(b.vendorPartNo)));
    expect([first, third]).toMatchObject([{ vendorPartNo: "P-1", orderUnit: "H87" }, { vendorPartNo: "P-3" }]);
    const dearer = file("T_UPDATE_PRICES", [`<ARTICLE><SUPPLIER_AID>P-3</SUPPLIER_AID>${priced("8.25")}</ARTICLE>`]);
    const update = await broughtIn(other, dearer, list.listId);
    expect(update.record).toMatchObject({ state: "done", rowsRead: 1, rowsFailed: 0, offersChanged: 1 });
    const key = { marketplaceId, listId: list.listId, offerId: third?.offerId ?? "" };
    expect(requireValue(await client.prices.ladder(key)).rows).toMatchObject([{ price: "8.25" }]);
    const unread = await broughtIn(other, "<ORDER/>", list.listId);
    expect(unread.record).toMatchObject({ state: "failed", failure: { code: expect.stringMatching(/^file_/) } });
    const amiss = { columns: [{ field: "part_number" as const, column: "Number that is not there" }] };
    const table = await broughtIn(other, "SKU,Name\nA-1,Pipe\n", list.listId, amiss);
    expect(table.record).toMatchObject({ state: "failed", failure: { code: "import_mapping_wrong" } });
  });
});
