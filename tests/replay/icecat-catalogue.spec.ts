import { createTestDatabase } from "@kontor/db/testing";
import type { CatalogueSearch } from "@kontor/gateway";
import { startSearch } from "@kontor/gateway";
import { checkGtin } from "@kontor/standards";
import { createRandom } from "@kontor/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { IcecatProduct } from "./icecat-catalogue.ts";
import { readIcecat, storeIcecat, vendorOf } from "./icecat-catalogue.ts";
import { recordsFolder } from "./records.ts";

const folder = recordsFolder("catalog/icecat-it-office");
const seed = 20_261_122;
const sampleSize = 200;

type Search = Parameters<CatalogueSearch["find"]>[0]["search"];

const nothing: Search = {
  ...{ text: "", language: "en", unfinished: false, values: [], numbers: [], facets: [], after: null, enough: 3 },
  ...{ sort: "relevance" as const, limit: 10 },
};

describe.runIf(folder !== null)("a catalogue of 19,406 products of 161 vendors", () => {
  let products: readonly IcecatProduct[] = [];
  let byProduct = new Map<string, IcecatProduct>();
  let find: (search: Partial<Search>) => Promise<NonNullable<Awaited<ReturnType<CatalogueSearch["find"]>>>["page"]>;
  const closers: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    products = readIcecat(folder ?? "");
    byProduct = new Map(products.map((product) => [product.productId, product]));
    const database = await createTestDatabase();
    const marketplaceId = await storeIcecat(database.url, products);
    const onTrouble = (error: Error): void => {
      throw error;
    };
    const catalogue = startSearch({ databaseUrl: database.url, pollMs: 1_000, patienceMs: 120_000, onTrouble });
    closers.push(catalogue.stop, () => database.drop());
    find = async (search) => {
      const found = await catalogue.find({ marketplaceId, searcher: null, search: { ...nothing, ...search } });
      if (found === null) throw new Error("there is no such marketplace");
      return found.page;
    };
  }, 120_000);

  afterAll(async () => {
    for (const close of closers) await close();
  });

  const sample = (): readonly IcecatProduct[] => {
    const random = createRandom(seed);
    return Array.from({ length: sampleSize }, () => random.pick(products));
  };

  test("all of it is there, and each vendor's share is counted", async () => {
    const facets = ["vendor", "brand"].map((facet) => ({ kind: "values", facet, top: 500 }) as const);
    const page = await find({ facets, limit: 1 });
    expect(page.total).toBe(19_406);
    const counts = Map.groupBy(products, ({ supplier }) => vendorOf(supplier));
    for (const facet of page.facets) {
      if (facet.kind !== "values") throw new Error("values were asked for");
      expect([facet.values.length, facet.more]).toEqual([161, 0]);
      const told = facet.values.map(({ value, count }) => [vendorOf(value), count] as const);
      expect(new Map(told)).toEqual(new Map([...counts].map(([vendor, some]) => [vendor, some.length])));
    }
  });

  test("every article is found by its manufacturer's number, before all that merely mention it", async () => {
    const key = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
    for (const { name, productId } of sample()) {
      const { hits } = await find({ text: name, limit: 50 });
      const first = byProduct.get(hits[0]?.productId ?? "");
      expect([name, first && key(first.name)]).toEqual([name, key(name)]);
      const ofThatName = products.filter((product) => key(product.name) === key(name)).length;
      if (ofThatName <= 50) expect(hits.map((hit) => hit.productId)).toContain(productId);
    }
  });

  test("every article is found by its GTIN, with and without leading zeros", async () => {
    for (const { gtins } of sample()) {
      const [gtin] = gtins;
      if (gtin === undefined) continue;
      for (const text of [gtin, gtin.replace(/^0+/, "")]) {
        if (!checkGtin(text).ok) continue;
        const { hits } = await find({ text, limit: 1 });
        expect(byProduct.get(hits[0]?.productId ?? "")?.gtins ?? []).toContain(gtin);
      }
    }
  });

  test("pages by price come in order, each product once, at its own price", async () => {
    const seen: IcecatProduct[] = [];
    let total = 0;
    for (let after: Search["after"] = null, more = true; more; more = after !== null) {
      const page = await find({ text: "laptop", sort: "price_ascending", limit: 100, after });
      total = page.total;
      after = page.next;
      for (const { productId, fromPrice } of page.hits) {
        const product = byProduct.get(productId);
        if (product === undefined) throw new Error("a product that nobody lists");
        expect(fromPrice).toBe(product.price * 10_000);
        seen.push(product);
      }
    }
    expect(total).toBeGreaterThan(100);
    expect(new Set(seen).size).toBe(total);
    const prices = seen.map(({ price }) => price);
    expect(prices).toEqual([...prices].sort((a, b) => a - b));
  });

  test("a filter leaves what fits it, and its own facet counts the alternatives", async () => {
    const vendor = vendorOf("HP");
    const page = await find({
      values: [{ facet: "vendor", anyOf: [vendor] }],
      facets: [{ kind: "values", facet: "vendor", top: 500 }],
    });
    const ofHp = products.filter(({ supplier }) => supplier === "HP").length;
    expect(page.total).toBe(ofHp);
    const [facet] = page.facets;
    expect(facet?.kind === "values" && facet.values.length).toBe(161);
  });
});
