import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller, GatewayWorld } from "./gateway-world.ts";
import { gatewayWorld, newKey } from "./gateway-world.ts";
import { listOffer } from "./listed-offers.ts";
import type { Market } from "./people.ts";
import { market, participate, person } from "./people.ts";

let world: GatewayWorld;
let metals: Market;
let vendor: Caller;
let rival: Caller;
let buyer: Caller;
let other: Caller;
let at: string;

beforeAll(async () => {
  world = await gatewayWorld();
  metals = await market(world);
  at = `/v1/marketplaces/${metals.marketplaceId}`;
  vendor = await person(world, "Vendor", "Vendor Ltd");
  rival = await person(world, "Rival", "Rival Ltd");
  buyer = await person(world, "Buyer", "Buyer Ltd");
  other = await person(world, "Other", "Other Ltd");
  await participate(metals, vendor, "supplier");
  await participate(metals, rival, "both");
  await participate(metals, buyer, "buyer");
  await participate(metals, other, "buyer");
});
afterAll(() => world[Symbol.asyncDispose]());

type Body = Record<string, unknown>;
let count = 0;
const newName = (): string => {
  count += 1;
  return `Name ${count}`;
};

type Put = { readonly body?: unknown; readonly version?: number };
async function put(who: Caller, path: string, { body, version }: Put): Promise<Body> {
  const answer = await who.send("PUT", at + path, {
    ...(body === undefined ? {} : { body }),
    headers: { ...newKey(), ...(version === undefined ? {} : { "if-match": `"${version}"` }) },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

async function post(who: Caller, path: string, body: unknown): Promise<Body> {
  const answer = await who.post(at + path, body, newKey());
  expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status);
  return answer.body;
}

async function listWith(offerId: string, prices: Body, input: Body = {}): Promise<string> {
  const list = await post(vendor, "/price-lists", { name: newName(), currency: "EUR", ...input });
  const listId = String(list["listId"]);
  const rungs = Object.entries(prices).map(([minQuantity, price]) => ({ unit: "C62", minQuantity, price }));
  await put(vendor, `/price-lists/${listId}/prices/${offerId}`, { body: { rungs } });
  return listId;
}

async function offered(prices: Body, input: Body = {}): Promise<{ offerId: string; listId: string }> {
  const { marketplaceId } = metals;
  const offerId = await listOffer(world, { marketplaceId, vendorId: vendor.companyId, partNo: newName() });
  const listId = await listWith(offerId, prices, input);
  await put(vendor, `/offers/${offerId}/base-list`, { body: { listId }, version: 1 });
  return { offerId, listId };
}

/** A list of the vendor for a group of his that the buyer is in. */
async function groupPrice(offerId: string, prices: Body): Promise<string> {
  const groupId = String((await post(vendor, "/customer-groups", { name: newName() }))["groupId"]);
  await put(vendor, `/customer-groups/${groupId}/members/${buyer.companyId}`, {});
  const listId = await listWith(offerId, prices);
  const assignments = [{ target: "customer_group", targetId: groupId }];
  await put(vendor, `/price-lists/${listId}/assignments`, { body: { assignments }, version: 1 });
  return groupId;
}

const price = async (who: Caller, offerId: string, query = "") =>
  (await who.get(`${at}/offers/${offerId}/price${query}`)).body;

describe("a price", () => {
  test("is each buyer's own: lists that are not his are in no answer to him", async () => {
    const { offerId } = await offered({ "1": "10.00" });
    await groupPrice(offerId, { "1": "9.20", "500": "8.10" });
    const own = await price(buyer, offerId, "?quantity=2");
    expect(own).toMatchObject({ unitPrice: "9.2", amount: "18.40", net: "18.40", tax: "0.00", gross: "18.40" });
    expect(own["nextRungs"]).toEqual([{ minQuantity: "500", unit: "C62", price: "8.1" }]);
    const others = await price(other, offerId, "?quantity=2");
    expect(others).toMatchObject({ unitPrice: "10", trace: [{ level: "base", verdict: "chosen" }] });
    expect(others["trace"]).toHaveLength(1);
  });

  test("of his own offer a vendor asks for buyers that he knows; of others he is told the public one", async () => {
    const { offerId } = await offered({ "1": "10.00" });
    await groupPrice(offerId, { "1": "9.20" });
    expect(await price(vendor, offerId, `?buyerId=${buyer.companyId}`)).toMatchObject({ unitPrice: "9.2" });
    expect(await price(vendor, offerId, `?buyerId=${other.companyId}`)).toMatchObject({ unitPrice: "10" });
    expect(await price(vendor, offerId, "?buyerId=nobody")).toMatchObject({ unitPrice: "10" });
    expect(await price(rival, offerId, `?buyerId=${buyer.companyId}`)).toMatchObject({ code: "not_found" });
    expect(await price(buyer, offerId, `?buyerId=${other.companyId}`)).toMatchObject({ code: "not_found" });
    expect(await price(metals.operator, offerId)).toMatchObject({ unitPrice: "10" });
    expect(await price(metals.operator, offerId, `?buyerId=${buyer.companyId}`)).toMatchObject({ unitPrice: "9.2" });
  });

  test("of what is not there and what is not for sale is not told", async () => {
    const { marketplaceId } = metals;
    const listing = { marketplaceId, vendorId: vendor.companyId };
    const draft = await listOffer(world, { ...listing, partNo: newName(), status: "draft" });
    for (const offerId of [draft, randomUUID()]) {
      expect(await price(buyer, offerId)).toMatchObject({ status: 404, code: "not_found" });
    }
    const paused = await listOffer(world, { ...listing, partNo: newName(), status: "paused" });
    expect(await price(buyer, paused)).toMatchObject({ outcome: "on_request", cause: "offer_inactive" });
    expect(await price(vendor, draft)).toMatchObject({ outcome: "on_request", cause: "offer_inactive" });
    const bare = await listOffer(world, { ...listing, partNo: newName() });
    expect(await price(other, bare)).toMatchObject({ outcome: "on_request", cause: "no_price", trace: [] });
  });

  test("outside the buyer's assortment is not told", async () => {
    const [inside, outside] = [await offered({ "1": "1" }), await offered({ "1": "1" })];
    const groupId = await groupPrice(inside.offerId, { "1": "0.9" });
    const items = [{ mode: "include", kind: "offer", itemId: inside.offerId }];
    const input = { name: newName(), target: "customer_group", targetId: groupId, items };
    const made = await post(vendor, "/assortments", input);
    expect(await price(buyer, inside.offerId)).toMatchObject({ unitPrice: "0.9" });
    expect(await price(buyer, outside.offerId)).toMatchObject({ code: "not_found" });
    expect(await price(other, outside.offerId)).toMatchObject({ unitPrice: "1" });
    const path = `${at}/assortments/${String(made["assortmentId"])}`;
    const headers = { ...newKey(), "if-match": '"1"' };
    expect((await rival.send("DELETE", path, { headers })).status).toBe(404);
    expect((await vendor.send("DELETE", path, { headers: { ...headers, ...newKey() } })).status).toBe(204);
    expect(await price(buyer, outside.offerId)).toMatchObject({ unitPrice: "1" });
  });

  test("of the past is the one that was answered then", async () => {
    const { offerId, listId } = await offered({ "1": "10.00" });
    const then = String((await price(buyer, offerId))["at"]);
    await put(vendor, `/price-lists/${listId}/prices/${offerId}`, { body: { rungs: [{ unit: "C62", price: "7" }] } });
    expect(await price(buyer, offerId)).toMatchObject({ unitPrice: "7" });
    expect(await price(buyer, offerId, `?at=${then}`)).toMatchObject({ unitPrice: "10", at: then });
    const before = await price(other, offerId, "?at=2020-01-01T00:00:00Z");
    expect(before).toMatchObject({ outcome: "on_request", trace: [] });
    expect(String(before["knownFrom"]) > "2026").toBe(true);
    expect(await price(buyer, offerId, "?at=2027-02-30T00:00:00Z")).toMatchObject({ code: "period_invalid" });
  });

  test("of the past has the lists, groups, agreements and promotions of then, or says from when on it is known", async () => {
    const { offerId, listId } = await offered({ "1": "10.00" });
    const groupId = await groupPrice(offerId, { "1": "8" });
    const member = `${at}/customer-groups/${groupId}/members/${buyer.companyId}`;
    const inside = await price(buyer, offerId);
    expect(inside).toMatchObject({ unitPrice: "8" });
    const [gold, inGroup] = [String(inside["listId"]), String(inside["at"])];

    expect((await vendor.send("DELETE", member, { headers: newKey() })).status).toBeLessThan(300);
    const out = String((await price(buyer, offerId))["at"]);
    expect(await price(buyer, offerId)).toMatchObject({ unitPrice: "10" });
    await world.sql`delete from price_list_assignments where list_id = ${gold}`;
    await world.sql`update price_lists set exclusive = true, currency = 'USD' where id = ${listId}`;
    expect(await price(buyer, offerId)).toMatchObject({ outcome: "on_request" });
    const first = await price(buyer, offerId, `?at=${inGroup}`);
    expect(first).toMatchObject({ unitPrice: "8", listId: gold });
    expect(first).not.toHaveProperty("knownFrom");
    expect(await price(buyer, offerId, `?at=${out}`)).toMatchObject({ unitPrice: "10", listId });
    expect((await price(other, offerId, `?at=${inGroup}`))["unitPrice"]).toBe("10");

    await world.sql`insert into catalog_record (marketplace_id, subject, subject_id, action, before, after, by, version_after)
      values (${metals.marketplaceId}, 'offer', ${offerId}, 'revised', '{}', '{}', 'x', 9)`;
    const [changed] = await world.sql`select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
      from catalog_record where subject_id = ${offerId}`;
    expect(await price(buyer, offerId, `?at=${inGroup}`)).toMatchObject({ unitPrice: "8", knownFrom: changed?.["at"] });
  });

  test("of the future follows the periods of rungs that are stored", async () => {
    const { offerId, listId } = await offered({ "1": "10.00" });
    const until = "2199-01-01T00:00:00Z";
    const rungs = [
      { unit: "C62", price: "10", until },
      { unit: "C62", price: "12", from: until },
    ];
    await put(vendor, `/price-lists/${listId}/prices/${offerId}`, { body: { mode: "replace", rungs } });
    expect(await price(buyer, offerId)).toMatchObject({ unitPrice: "10" });
    expect(await price(buyer, offerId, `?at=${until}`)).toMatchObject({ unitPrice: "12" });
  });

  test("is lowered by promotions where its list allows it, and says by which", async () => {
    const { offerId } = await offered({ "1": "10.00" });
    const strict = await offered({ "1": "10.00" }, { stacking: "none" });
    const promotion = {
      name: newName(),
      condition: { kind: "quantity", minQuantity: "10" },
      effect: { kind: "percent", percent: "10" },
      scope: { offerIds: [offerId, strict.offerId] },
    };
    const made = await post(vendor, "/promotions", promotion);
    const { promotionId } = made;
    expect(await price(buyer, offerId, "?quantity=9")).toMatchObject({ unitPrice: "10", promotions: [] });
    expect(await price(buyer, offerId, "?quantity=10")).toMatchObject({
      unitPrice: "9",
      promotions: [{ promotionId, kind: "quantity", before: "10", after: "9" }],
    });
    expect(await price(buyer, strict.offerId, "?quantity=10")).toMatchObject({ unitPrice: "10", promotions: [] });
    const path = `${at}/promotions/${String(promotionId)}`;
    expect((await rival.get(path)).status).toBe(404);
    const foreign = await rival.post(`${at}/promotions`, { ...promotion, name: newName() }, newKey());
    expect(foreign.body).toMatchObject({ code: "offer_unknown" });
    const functional = { kind: "functional", customerGroupId: randomUUID() };
    const nobodys = { ...promotion, name: newName(), condition: functional };
    expect((await vendor.post(`${at}/promotions`, nobodys, newKey())).body).toMatchObject({
      code: "customer_group_unknown",
      pointer: "/condition/customerGroupId",
    });
    const changed = { ...promotion, condition: { kind: "loyalty", minLevel: 3 } };
    await put(vendor, `/promotions/${String(promotionId)}`, { body: changed, version: 1 });
    expect(await price(buyer, offerId, "?quantity=10")).toMatchObject({ unitPrice: "10" });
    const gold = await post(vendor, "/customer-groups", { name: newName(), loyaltyLevel: 3 });
    await put(vendor, `/customer-groups/${String(gold["groupId"])}/members/${buyer.companyId}`, {});
    expect(await price(buyer, offerId)).toMatchObject({ unitPrice: "9", promotions: [{ kind: "loyalty" }] });
    expect(await price(other, offerId)).toMatchObject({ unitPrice: "10" });
  });

  test("of gross and of net lists tells the tax where the buyer is", async () => {
    await buyer.send("PUT", "/v1/company", {
      body: { legalName: "Buyer Ltd", country: "NL" },
      headers: { ...newKey(), "if-none-match": "*" },
    });
    const { marketplaceId } = metals;
    await world.sql`insert into tax_rates (marketplace_id, country, category, percent)
      values (${marketplaceId}, 'NL', 'standard', 210000)`;
    const [net, gross] = [await offered({ "1": "10.00" }), await offered({ "1": "12.95" }, { priceMode: "gross" })];
    expect(await price(buyer, net.offerId)).toMatchObject({ net: "10.00", tax: "2.10", gross: "12.10" });
    expect(await price(buyer, gross.offerId, "?quantity=8")).toMatchObject({
      amount: "103.60",
      net: "85.62",
      tax: "17.98",
      gross: "103.60",
    });
  });

  test("of derived lists follows their bands", async () => {
    const { offerId } = await offered({ "1": "10.00" });
    const bands = [
      { scope: "all", minQuantity: "1", percent: "-5" },
      { scope: "all", minQuantity: "100", percent: "-7.5" },
    ];
    const list = await post(vendor, "/price-lists", { name: newName(), currency: "EUR", derived: { bands } });
    const assignments = [{ target: "country", targetId: "NL" }];
    await put(vendor, `/price-lists/${String(list["listId"])}/assignments`, { body: { assignments }, version: 1 });
    expect(await price(buyer, offerId)).toMatchObject({
      unitPrice: "9.5",
      source: "percent",
      percent: "-5",
      nextRungs: [{ minQuantity: "100", price: "9.25" }],
    });
    expect(await price(other, offerId)).toMatchObject({ unitPrice: "10" });
  });
});

describe("several lines", () => {
  test("are priced at once, in their order; what is not there is told line by line", async () => {
    const [one, two] = [await offered({ "1": "10", "100": "9" }), await offered({ "1": "3" })];
    const missing = randomUUID();
    const lines = [
      { offerId: two.offerId, quantity: "2" },
      { offerId: missing, quantity: "1" },
      { offerId: one.offerId, quantity: "10", unit: "BX" },
    ];
    const { body } = await other.post(`${at}/prices`, { lines }, newKey());
    expect(body["lines"]).toMatchObject([
      { offerId: two.offerId, amount: "6.00", quantityVerdict: { allowed: true } },
      { offerId: missing, outcome: "on_request", cause: "offer_unknown", trace: [] },
      { offerId: one.offerId, unitPrice: "9", amount: "900.00", basis: { unit: "C62" } },
    ]);
    const asNumber = await buyer.post(`${at}/prices`, { lines: [{ offerId: missing, quantity: 1 }] }, newKey());
    expect(JSON.stringify(asNumber.body["errors"])).toContain("/lines/0/quantity");
    const many = { lines: Array.from({ length: 201 }, () => lines[0]) };
    expect((await buyer.post(`${at}/prices`, many, newKey())).status).toBe(400);
  });
});

test("order minimums are a vendor's own, with as many decimal places as their currency", async () => {
  const minimum = { currency: "EUR", amount: "500.00", mode: "block" };
  expect((await put(vendor, "/order-minimums", { body: { minimums: [minimum] } }))["minimums"]).toEqual([minimum]);
  expect((await vendor.get(`${at}/order-minimums`)).body["minimums"]).toEqual([minimum]);
  expect((await rival.get(`${at}/order-minimums`)).body["minimums"]).toEqual([]);
  const body = { minimums: [{ currency: "JPY", amount: "100.5", mode: "fee", fee: "1" }] };
  const wrong = await vendor.send("PUT", `${at}/order-minimums`, { body, headers: newKey() });
  expect(wrong.body).toMatchObject({ code: "amount_too_fine", currency: "JPY", pointer: "/minimums/0/amount" });
});

test("customer groups are their owner's, with buyers in them", async () => {
  const group = await post(vendor, "/customer-groups", { name: "Installers" });
  const path = `/customer-groups/${String(group["groupId"])}`;
  const again = await vendor.post(`${at}/customer-groups`, { name: "Installers" }, newKey());
  expect(again.body).toMatchObject({ code: "conflict" });
  for (const who of [rival, metals.operator]) {
    const added = await who.send("PUT", `${at}${path}/members/${buyer.companyId}`, { headers: newKey() });
    expect(added.body).toMatchObject({ code: "not_found" });
  }
  const self = await vendor.send("PUT", `${at}${path}/members/${vendor.companyId}`, { headers: newKey() });
  expect(self.body).toMatchObject({ code: "buyer_unfit" });
  await put(vendor, `${path}/members/${buyer.companyId}`, {});
  expect((await vendor.get(`${at}${path}/members`)).body["data"]).toMatchObject([{ companyName: "Buyer Ltd" }]);
  expect((await rival.get(`${at}${path}/members`)).status).toBe(404);
  const gone = () => vendor.send("DELETE", `${at}${path}/members/${buyer.companyId}`, { headers: newKey() });
  expect([(await gone()).status, (await gone()).status]).toEqual([204, 204]);
  const answers = await Promise.all(
    ["A", "B"].map((name) =>
      vendor.send("PUT", at + path, { body: { name }, headers: { ...newKey(), "if-match": '"1"' } }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
});
