import type { CataloguePage } from "@kontor/protocol";
import type { CatalogueSearchQuery } from "@kontor/sdk";
import { requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Company, Person } from "../world/people.ts";
import { takePart } from "../world/people.ts";
import { until } from "../world/until.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/** What buyers find: what they may order, at their own prices, as it is now. */

let world: World;
let marketplaceId: string;
let ines: Company;
let otto: Company;
let kim: Company;

beforeAll(async () => {
  world = await createWorld();
  ({ marketplaceId } = world);
  const { operator } = world;
  [ines, otto, kim] = await Promise.all([
    world.company("Ines Tools"),
    world.company("Otto Tools"),
    world.company("Kim Works"),
  ]);
  for (const vendor of [ines, otto]) await takePart(vendor, { marketplaceId, operator }, "supplier");
  await takePart(kim, { marketplaceId, operator }, "buyer");
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

type Article = { readonly name: string; readonly partNo: string; readonly brand?: string };

async function listed(vendor: Company, { name, partNo, brand = "Kraftwerk" }: Article, price: string): Promise<string> {
  const { products, offers, prices } = vendor.boss.client;
  const draft = requireValue(
    await products.create(marketplaceId, {
      brand,
      partNo,
      texts: [{ language: "en", name }],
      variants: [{ baseUnit: "H87" }],
    }),
  );
  const { productId } = draft;
  requireValue(await products.activate({ marketplaceId, productId, version: draft.version }));
  const { variants } = requireValue(await products.get({ marketplaceId, productId }));
  const terms = { vendorPartNo: `${partNo}-${vendor.companyId.slice(0, 6)}`, orderUnit: "H87", minQuantity: "1" };
  const offer = requireValue(await offers.create(marketplaceId, { ...terms, variantId: variants[0]?.variantId ?? "" }));
  const key = { marketplaceId, offerId: offer.offerId };
  const { listId } = requireValue(await prices.createList(marketplaceId, { name: `For ${partNo}`, currency: "EUR" }));
  requireValue(await prices.putLadder({ ...key, listId }, [{ unit: "H87", price }]));
  const based = requireValue(await prices.setBaseList({ ...key, version: offer.version }, listId));
  const proposed = requireValue(await offers.propose({ ...key, version: based.version }));
  requireValue(await world.operator.client.offers.approve({ ...key, version: proposed.version }));
  return offer.offerId;
}

const found = async (who: Person, query: CatalogueSearchQuery): Promise<CataloguePage> =>
  requireValue(await who.client.search.find(marketplaceId, query));

const shown = (who: Person, query: CatalogueSearchQuery, wanted: (page: CataloguePage) => boolean) =>
  until(`"${query.q ?? ""}" is found as it is now`, async () => {
    const page = await found(who, query);
    return wanted(page) && page;
  });

test("a buyer finds by words, number and facets, sees his contract price, and what is paused is gone", async () => {
  const hammer = { name: "Claw hammer 500 g", partNo: "HM-500" };
  const own = await listed(ines, hammer, "19.90");
  await listed(otto, { name: "Rubber mallet", partNo: "MA-1" }, "8.50");
  const query = { q: "hamer", facet: ["brand", "vendor"] };
  const page = await shown(kim.boss, query, ({ total }) => total === 1);
  expect(page.data[0]).toMatchObject({ name: "Claw hammer 500 g", brand: "Kraftwerk", partNo: "HM-500", offerId: own });
  expect(page.data[0]?.from).toEqual({ price: "19.900000", currency: "EUR", unit: "H87" });
  expect(page.facets.find(({ facet }) => facet === "vendor")?.values).toMatchObject([
    { value: ines.companyId, count: 1, selected: false },
  ]);
  expect((await found(kim.boss, { q: "hm 500" })).data[0]?.offerId).toBe(own);
  expect((await found(kim.boss, { where: [`vendor=${otto.companyId}`] })).data.map(({ name }) => name)).toEqual([
    "Rubber mallet",
  ]);
  expect((await found(kim.boss, { range: ["price=10..30"] })).data.map(({ offerId }) => offerId)).toEqual([own]);
  expect((await found(world.operator, { q: "hammer" })).total).toBe(1);

  const { prices, agreements, offers } = ines.boss.client;
  const contract = requireValue(await prices.createList(marketplaceId, { name: "Kim", currency: "EUR" }));
  requireValue(
    await prices.putLadder({ marketplaceId, listId: contract.listId, offerId: own }, [{ unit: "H87", price: "21.00" }]),
  );
  const priceLists = [{ listId: contract.listId, priority: 0 }];
  const paymentTerm = { kind: "net_days", days: 30 } as const;
  const draft = { buyerId: kim.companyId, terms: { currency: "EUR", paymentTerm, priceLists } };
  const { agreementId, version } = requireValue(await agreements.draft(marketplaceId, draft));
  const proposed = requireValue(await agreements.propose({ marketplaceId, agreementId, version }));
  requireValue(await kim.boss.client.agreements.accept({ marketplaceId, agreementId, version: proposed.version }));
  // A dearer contract is kept to as well.
  await shown(kim.boss, { q: "hammer" }, ({ data }) => data[0]?.from?.price === "21.000000");
  expect((await found(otto.boss, { q: "hammer" })).data[0]?.from?.price).toBe("19.900000");

  const active = requireValue(await offers.get({ marketplaceId, offerId: own }));
  requireValue(await offers.pause({ marketplaceId, offerId: own, version: active.version }));
  await shown(kim.boss, { q: "hammer" }, ({ total }) => total === 0);
});

test("pages follow each other, and questions that make no sense are told why", async () => {
  for (let number = 1; number <= 5; number += 1) {
    await listed(otto, { name: `Socket ${number}`, partNo: `SO-${number}`, brand: "Nuss" }, `${number}.00`);
  }
  const query = { q: "socket", sort: "price_ascending", limit: 2 } as const;
  await shown(kim.boss, query, ({ total }) => total === 5);
  const names: string[] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await found(kim.boss, cursor === undefined ? query : { ...query, cursor });
    names.push(...page.data.map(({ name }) => name));
    cursor = page.next ?? undefined;
  }
  expect(names).toEqual([1, 2, 3, 4, 5].map((number) => `Socket ${number}`));

  const { search } = kim.boss.client;
  const { next } = await found(kim.boss, query);
  const ask = async (wrong: CatalogueSearchQuery) => {
    const answer = await search.find(marketplaceId, wrong);
    return answer.ok ? "" : answer.problem.code;
  };
  expect(await ask({ q: "socket", sort: "name", cursor: next ?? "" })).toBe("cursor_malformed");
  expect(await ask({ where: ["colour=red"] })).toBe("request_invalid");
  expect(await ask({ range: ["price=cheap"] })).toBe("request_invalid");
  const many = (count: number) => Array.from({ length: count }, (_, at) => `attribute:a${at}=x`);
  const ranges = Array.from({ length: 10 }, (_, at) => `attribute:b${at}=1..2`);
  expect(await ask({ where: many(20), range: ranges })).toBe("");
  expect(await ask({ where: many(21) })).toBe("request_invalid");
  expect(await ask({ divisionId: "0198e2a0-0000-7000-8000-000000000000" })).toBe("not_found");
  expect(await world.foreigner.boss.client.search.find(marketplaceId, {})).toMatchObject({
    ok: false,
    problem: { code: "not_found" },
  });
});

test("the operator's synonyms and order of languages are searched by, and tax rates are his", async () => {
  const { search, taxes } = world.operator.client;
  expect(requireValue(await search.settings(marketplaceId))).toMatchObject({ languages: ["en"], version: 0 });
  await listed(otto, { name: "Hex bolt", partNo: "BO-8" }, "0.40");
  await shown(kim.boss, { q: "bolt" }, ({ total }) => total === 1);
  expect((await found(kim.boss, { q: "fastener" })).total).toBe(0);
  const oneWay = { language: "en", phrases: ["fastener"], also: ["bolt", "screw"] };
  const first = requireValue(await search.writeSettings(marketplaceId, { languages: ["en"], synonyms: [oneWay] }));
  expect(first.version).toBe(1);
  await shown(kim.boss, { q: "fasteners" }, ({ total }) => total === 1);

  const languages = ["de", "en"];
  expect(await search.writeSettings(marketplaceId, { languages })).toMatchObject({
    ok: false,
    problem: { code: "precondition_failed" },
  });
  requireValue(await search.writeSettings(marketplaceId, { languages }, first.version));
  await shown(kim.boss, { q: "fasteners" }, ({ total }) => total === 0);
  expect((await search.settings(marketplaceId)).ok).toBe(true);
  expect(await kim.boss.client.search.writeSettings(marketplaceId, { languages }, 2)).toMatchObject({
    ok: false,
    problem: { code: "forbidden" },
  });

  const key = { marketplaceId, country: "DE", category: "reduced" } as const;
  const rate = requireValue(await taxes.write(key, { percent: "7.5" }));
  expect(requireValue(await taxes.write(key, { percent: "7" }, rate.version))).toMatchObject({
    percent: "7",
    version: 2,
  });
  expect(await taxes.write(key, { percent: "8" }, 1)).toMatchObject({ problem: { code: "precondition_failed" } });
  expect(requireValue(await kim.boss.client.taxes.list(marketplaceId)).data).toMatchObject([{ percent: "7" }]);
  requireValue(await taxes.remove(key, 2));
  expect(requireValue(await taxes.list(marketplaceId)).data).toEqual([]);
});

test("the least price and quantity are those of the buyer's agreement", async () => {
  const offerId = await listed(ines, { name: "Wood screw", partNo: "WS-4" }, "2.00");
  const { prices, agreements } = ines.boss.client;
  const list = requireValue(await prices.createList(marketplaceId, { name: "Rungs", currency: "EUR" }));
  const rungs = [
    { unit: "H87", price: "1.80", minQuantity: "1" },
    { unit: "H87", price: "1.50", minQuantity: "10" },
  ];
  requireValue(await prices.putLadder({ marketplaceId, listId: list.listId, offerId }, rungs));
  await shown(kim.boss, { q: "wood screw" }, ({ data }) => data[0]?.from?.price === "2.000000");
  const before = await found(kim.boss, { q: "wood screw" });
  expect(before.data[0]?.least).toEqual({ quantity: "1", unit: "H87" });
  const known = (await agreements.list(marketplaceId).all()).find(({ status }) => status === "active");
  if (known === undefined) throw new Error("an agreement was made before");
  const { agreementId, version } = known;
  const paymentTerm = { kind: "net_days", days: 30 } as const;
  const priceLists = [{ listId: list.listId, priority: 0 }];
  const quantityRules = [{ offerId, minQuantity: "12" }];
  const terms = { currency: "EUR", paymentTerm, priceLists, quantityRules };
  const revised = requireValue(await agreements.revise({ marketplaceId, agreementId, version }, terms));
  const key = { marketplaceId, agreementId, version: revised.version };
  requireValue(await kim.boss.client.agreements.accept(key));
  const page = await shown(kim.boss, { q: "wood screw" }, ({ data }) => data[0]?.from?.price === "1.500000");
  expect(page.data[0]?.least).toEqual({ quantity: "12", unit: "H87" });
  expect((await found(otto.boss, { q: "wood screw" })).data[0]).toMatchObject({
    from: { price: "2.000000" },
    least: { quantity: "1", unit: "H87" },
  });
});
