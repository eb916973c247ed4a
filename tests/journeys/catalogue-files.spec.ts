import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CatalogueRow } from "@kontor/formats";
import { readBmecat } from "@kontor/formats";
import { requireValue } from "@kontor/sdk";
import { createRandom } from "@kontor/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { recordsFolder } from "../replay/records.ts";
import type { Company } from "../world/people.ts";
import { takePart } from "../world/people.ts";
import { listRandomCatalogue } from "../world/random-catalogue.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/** Catalogues that are taken along. What is listed follows from the seed alone. */
const seed = 20_261_122;
const size = 25;
const standards = recordsFolder("standards");

let world: World;
let marketplaceId: string;
let vendor: Company;
let listId: string;
let xml: string;

beforeAll(async () => {
  world = await createWorld();
  ({ marketplaceId } = world);
  vendor = await world.company("Takes Along");
  await takePart(vendor, { marketplaceId, operator: world.operator }, "supplier");
  const catalogue = { marketplaceId, vendor, operator: world.operator };
  ({ listId } = await listRandomCatalogue(catalogue, createRandom(seed), size));
  xml = requireValue(await vendor.boss.client.exports.bmecat(marketplaceId, { listId, language: "de" }));
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

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

describe.runIf(standards !== null)("the standard's schema", () => {
  test("passes what goes out, with prices and without", async () => {
    const schema = readFileSync(join(standards ?? "", "bmecat/2005/bmecat_2005.xsd"), "utf8");
    const bare = requireValue(await vendor.boss.client.exports.bmecat(marketplaceId));
    for (const contents of [xml, bare]) {
      const { errors } = await validateXML({
        xml: [{ fileName: "catalogue.xml", contents }],
        schema: [{ fileName: "bmecat_2005.xsd", contents: schema }],
        maxMemoryPages: 4_096,
      });
      expect(errors.map(({ message }) => message)).toEqual([]);
    }
  });
});
