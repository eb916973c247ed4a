import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller, GatewayWorld } from "./gateway-world.ts";
import { gatewayWorld, newKey } from "./gateway-world.ts";
import { listOffer } from "./listed-offers.ts";
import type { Market } from "./people.ts";
import { colleague, market, participate, person } from "./people.ts";

let world: GatewayWorld;
let metals: Market;
let vendor: Caller;
let rival: Caller;
let buyer: Caller;
let clerk: Caller;
let at: string;
let offer: string;
let listId: string;

beforeAll(async () => {
  world = await gatewayWorld();
  metals = await market(world);
  at = `/v1/marketplaces/${metals.marketplaceId}`;
  vendor = await person(world, "Vendor", "Vendor Ltd");
  rival = await person(world, "Rival", "Rival Ltd");
  buyer = await person(world, "Buyer", "Buyer Ltd");
  await participate(metals, vendor, "supplier");
  await participate(metals, rival, "both");
  await participate(metals, buyer, "buyer");
  clerk = await colleague(world, buyer, { name: "Clerk", role: "buyer" });
  offer = await listOffer(world, {
    marketplaceId: metals.marketplaceId,
    vendorId: vendor.companyId,
    partNo: "V-1",
  });
  listId = await priceList("Contract", "8.80");
  const base = await priceList("Base", "10.00");
  const set = await vendor.send("PUT", `${at}/offers/${offer}/base-list`, {
    body: { listId: base },
    headers: { ...newKey(), "if-match": '"1"' },
  });
  expect(set.status, JSON.stringify(set.body)).toBe(200);
});
afterAll(() => world[Symbol.asyncDispose]());

type Body = Record<string, unknown>;
type Document = Body & { readonly agreementId: string; readonly version: number };

async function priceList(name: string, price: string, currency = "EUR"): Promise<string> {
  const made = await vendor.post(`${at}/price-lists`, { name, currency }, newKey());
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const id = String(made.body["listId"]);
  const body = { rungs: [{ unit: "C62", price }] };
  const put = await vendor.send("PUT", `${at}/price-lists/${id}/prices/${offer}`, { body, headers: newKey() });
  expect(put.status, JSON.stringify(put.body)).toBe(200);
  return id;
}

const terms = (more: Body = {}): Body => ({
  currency: "EUR",
  paymentTerm: { kind: "deferred", days: 60, limit: "25000.00" },
  priceLists: [{ listId }],
  ...more,
});

const drafted = (more: Body = {}, of: Body = {}) =>
  vendor.post(`${at}/agreements`, { buyerId: buyer.companyId, terms: terms(more), ...of }, newKey());

async function draft(more: Body = {}): Promise<Document> {
  const answer = await drafted(more);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body as Document;
}

type Step = readonly [method: "POST" | "PUT", path: string, body?: unknown];
const propose: Step = ["POST", "proposal"];
const accept: Step = ["POST", "acceptance", {}];
const refuse: Step = ["POST", "refusal", { reason: "too dear" }];
const end: Step = ["POST", "ending", { reason: "moved away" }];
const revise = (more: Body): Step => ["PUT", "terms", terms(more)];

const step = (who: Caller, { agreementId, version }: Document, [method, path, body]: Step) =>
  who.send(method, `${at}/agreements/${agreementId}/${path}`, {
    ...(body === undefined ? {} : { body }),
    headers: { ...newKey(), "if-match": `"${version}"` },
  });

async function done(who: Caller, document: Document, one: Step): Promise<Document> {
  const answer = await step(who, document, one);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as Document;
}

async function inForce(more: Body = {}): Promise<Document> {
  return await done(buyer, await done(vendor, await draft(more), propose), accept);
}

async function ended(document: Document): Promise<void> {
  await done(vendor, document, end);
}

const price = async (who: Caller, query = "") => (await who.get(`${at}/offers/${offer}/price${query}`)).body;

describe("an agreement", () => {
  test("is the vendor's alone until he proposes it, and nobody's but the parties' and staff's then", async () => {
    const made = await draft();
    const path = `${at}/agreements/${made.agreementId}`;
    const status = async (who: Caller) => (await who.get(path)).status;
    expect([await status(vendor), await status(buyer), await status(metals.operator)]).toEqual([200, 404, 200]);
    await done(vendor, made, propose);
    expect([await status(buyer), await status(rival)]).toEqual([200, 404]);
    expect((await rival.get(`${path}/record`)).status).toBe(404);
    expect((await rival.get(`${at}/agreements`)).body["data"]).toEqual([]);
    expect((await step(rival, { ...made, version: 2 }, refuse)).body).toMatchObject({ code: "not_found" });
    const missing = await rival.get(`${at}/agreements/${randomUUID()}`);
    expect([missing.status, missing.body["code"]]).toEqual([404, "not_found"]);
    await done(buyer, { ...made, version: 2 }, refuse);
  });

  test("is decided by who may bind the buyer, under the version that he read", async () => {
    const proposed = await done(vendor, await draft(), propose);
    expect((await step(clerk, proposed, accept)).body).toMatchObject({ code: "forbidden" });
    expect((await step(vendor, proposed, accept)).body).toMatchObject({ code: "forbidden" });
    const revised = await done(vendor, proposed, revise({ deliveryTerm: "DAP", deliveryPlace: "Bremen" }));
    const stale = await step(buyer, proposed, accept);
    expect([stale.status, stale.body]).toMatchObject([412, { actualVersion: revised.version }]);
    const active = await done(buyer, revised, accept);
    expect(active).toMatchObject({ status: "active", terms: { deliveryTerm: "DAP" }, termsVersion: 1 });
    const again = await step(buyer, active, accept);
    expect([again.status, again.body]).toMatchObject([409, { code: "agreement_state_wrong", state: "active" }]);
    await ended(active);
  });

  test("of two answers to one version one counts", async () => {
    const proposed = await done(vendor, await draft(), propose);
    const answers = await Promise.all([step(buyer, proposed, accept), step(buyer, proposed, refuse)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const now = (await buyer.get(`${at}/agreements/${proposed.agreementId}`)).body as Document;
    if (now["status"] === "active") await ended(now);
  });

  test("has a number of each side, which each writes for itself", async () => {
    const active = await inForce();
    const numbered = await done(vendor, active, ["PUT", "number", { number: "V-2027/7" }]);
    const both = await done(clerk, numbered, ["PUT", "number", { number: "4500012" }]);
    expect(both).toMatchObject({ numberVendor: "V-2027/7", numberBuyer: "4500012", termsVersion: 1 });
    await ended(both);
  });

  test("gives its prices from the acceptance to the end, and none before", async () => {
    expect(await price(buyer)).toMatchObject({ unitPrice: "10" });
    const active = await inForce();
    expect(await price(buyer)).toMatchObject({ unitPrice: "8.8", agreement: { version: 1 } });
    expect(await price(rival)).toMatchObject({ unitPrice: "10" });
    const before = String(active["createdAt"]);
    await ended(active);
    expect(await price(buyer)).toMatchObject({ unitPrice: "10" });
    // Before the acceptance the agreement's list was not the buyer's.
    expect(await price(buyer, `?at=${before}`)).toMatchObject({ unitPrice: "10" });
  });

  test("of which other terms are proposed serves with the old ones until the buyer accepts", async () => {
    const active = await inForce({ orderMinimum: { currency: "EUR", amount: "500.00" } });
    const cheaper = await priceList(`Cheaper ${randomUUID()}`, "8.00");
    const changed = await done(vendor, active, revise({ priceLists: [{ listId: cheaper }] }));
    expect(changed).toMatchObject({
      status: "active",
      termsVersion: 1,
      terms: { priceLists: [{ listId }], orderMinimum: { amount: "500.00", mode: "block" } },
      proposal: { priceLists: [{ listId: cheaper }] },
    });
    expect(await price(buyer)).toMatchObject({ unitPrice: "8.8" });
    const kept = await done(buyer, changed, refuse);
    expect(kept).not.toHaveProperty("proposal");
    const again = await done(vendor, kept, revise({ priceLists: [{ listId: cheaper }] }));
    const renewed = await done(buyer, again, accept);
    expect(renewed).toMatchObject({ termsVersion: 2, terms: { priceLists: [{ listId: cheaper }] } });
    expect(renewed["terms"]).not.toHaveProperty("orderMinimum");
    expect(await price(buyer)).toMatchObject({ unitPrice: "8", agreement: { version: 2 } });
    const { body } = await buyer.get(`${at}/agreements/${active.agreementId}/record`);
    expect((body["entries"] as Body[]).map(({ action }) => action)).toEqual([
      "proposed",
      "accepted",
      "change_proposed",
      "change_refused",
      "change_proposed",
      "change_accepted",
    ]);
    const whole = await vendor.get(`${at}/agreements/${active.agreementId}/record`);
    expect((whole.body["entries"] as Body[])[0]).toMatchObject({ action: "drafted", version: 1 });
    await ended(renewed);
  });

  test("that was refused is the vendor's draft again once he revises it", async () => {
    const refused = await done(buyer, await done(vendor, await draft(), propose), refuse);
    expect(refused).toMatchObject({ status: "refused" });
    const revised = await done(vendor, refused, revise({ priceLists: [] }));
    expect(revised).toMatchObject({ status: "draft" });
    expect((await buyer.get(`${at}/agreements/${refused.agreementId}`)).status).toBe(404);
  });

  test("names only the vendor's own lists and offers, one currency and a buyer", async () => {
    const foreign = await rival.post(`${at}/price-lists`, { name: "Foreign", currency: "EUR" }, newKey());
    const dollars = await priceList("Dollars", "9", "USD");
    const told: readonly (readonly [Body, Body])[] = [
      [{ priceLists: [{ listId: foreign.body["listId"] }] }, { code: "price_list_unknown" }],
      [{ priceLists: [{ listId: dollars }] }, { code: "agreement_currency_differs", currency: "USD" }],
      [{ orderMinimum: { currency: "USD", amount: "5" } }, { code: "agreement_currency_differs" }],
      [{ orderMinimum: { currency: "EUR", amount: "5.005" } }, { code: "amount_too_fine", decimals: 2 }],
      [
        { currency: "JPY", priceLists: [], paymentTerm: { kind: "deferred", days: 30, limit: "100.5" } },
        { code: "amount_too_fine", pointer: "/terms/paymentTerm/limit", decimals: 0 },
      ],
      [{ quantityRules: [{ offerId: randomUUID(), multiple: "2" }] }, { code: "offer_unknown" }],
      [{ quantityRules: [{ multiple: "2" }, { multiple: "3" }] }, { code: "quantity_rule_repeated" }],
      [
        { from: "2027-01-01", until: "2027-01-01" },
        { code: "period_invalid", pointer: "/terms/until" },
      ],
    ];
    for (const [more, problem] of told) expect((await drafted(more)).body).toMatchObject(problem);
    for (const buyerId of [vendor.companyId, "nobody"]) {
      expect((await drafted({}, { buyerId })).body).toMatchObject({ code: "buyer_unfit" });
    }
    const number = await drafted({ paymentTerm: { kind: "deferred", days: 30, limit: 100 } });
    expect(number.body).toMatchObject({ code: "request_invalid" });
    expect(JSON.stringify(number.body["errors"])).toContain("/terms/paymentTerm/limit");
  });

  test("of which there are two with one vendor leaves no doubt which holds", async () => {
    const [one, other] = [await inForce(), await inForce({ priceLists: [] })];
    const ambiguous = await buyer.get(`${at}/offers/${offer}/price`);
    expect([ambiguous.status, ambiguous.body]).toMatchObject([
      409,
      { code: "agreement_ambiguous", choices: [one.agreementId, other.agreementId].sort() },
    ]);
    expect(await price(buyer, `?agreementId=${one.agreementId}`)).toMatchObject({ unitPrice: "8.8" });
    expect(await price(buyer, `?agreementId=${other.agreementId}`)).toMatchObject({ unitPrice: "10" });
    expect(await price(buyer, `?agreementId=${randomUUID()}`)).toMatchObject({ code: "agreement_not_in_force" });
    const lines = await buyer.post(`${at}/prices`, { lines: [{ offerId: offer, quantity: "1" }] }, newKey());
    expect(lines.body["lines"]).toMatchObject([{ unitPrice: "10", termsFault: { code: "agreement_ambiguous" } }]);
    await ended(one);
    await ended(other);
  });
});

describe("divisions", () => {
  const divisions = "/v1/company/divisions";
  const add = (who: Caller, name: string, parentId?: string) =>
    who.post(divisions, { name, ...(parentId === undefined ? {} : { parentId }) }, newKey());

  test("are a tree of a company, eight deep, without circles; others do not see it", async () => {
    let parentId: string | undefined;
    const ids: string[] = [];
    for (let depth = 1; depth <= 8; depth += 1) {
      const made = await add(buyer, `Level ${depth}`, parentId);
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      parentId = String(made.body["divisionId"]);
      ids.push(parentId);
    }
    expect((await add(buyer, "Level 9", parentId)).body).toMatchObject({ code: "division_too_deep", limit: 8 });
    expect((await add(buyer, "Level 1")).body).toMatchObject({ code: "conflict" });
    expect((await add(clerk, "Mine")).body).toMatchObject({ code: "forbidden" });
    const under = (who: Caller, body: unknown, version = 1) =>
      who.send("PUT", `${divisions}/${ids[0]}`, { body, headers: { ...newKey(), "if-match": `"${version}"` } });
    expect((await under(buyer, { name: "Level 1", parentId: ids[3] })).body).toMatchObject({ code: "division_cyclic" });
    expect((await under(rival, { name: "Taken" })).body).toMatchObject({ code: "not_found" });
    expect((await rival.get(`${divisions}/${ids[0]}`)).status).toBe(404);
    expect((await add(rival, "Below", ids[0])).body).toMatchObject({ code: "not_found", pointer: "/parentId" });
    const gone = await buyer.send("DELETE", `${divisions}/${ids[0]}`, { headers: { ...newKey(), "if-match": '"1"' } });
    expect(gone.body).toMatchObject({ code: "division_in_use" });
    const listed = (await clerk.get(divisions)).body["divisions"] as Body[];
    expect(listed.map(({ divisionId }) => divisionId)).toEqual(ids);
  });

  test("have the agreements for them and for those above, never for their sisters", async () => {
    const [north, south] = [await add(buyer, "North"), await add(buyer, "South")];
    const shop = await add(buyer, "Shop", String(north.body["divisionId"]));
    const id = ({ body }: { body: Body }) => String(body["divisionId"]);
    const proposed = await done(vendor, await draft(), propose);
    const foreign = String((await add(rival, "Foreign")).body["divisionId"]);
    const wrong = await step(buyer, proposed, ["POST", "acceptance", { divisionId: foreign }]);
    expect(wrong.body).toMatchObject({ code: "not_found", pointer: "/divisionId" });
    const active = await done(buyer, proposed, ["POST", "acceptance", { divisionId: id(north) }]);
    expect(active).toMatchObject({ divisionId: id(north) });
    const paid = async (divisionId: string) => (await price(buyer, `?divisionId=${divisionId}`))["unitPrice"];
    expect([await paid(id(shop)), await paid(id(north)), await paid(id(south))]).toEqual(["8.8", "8.8", "10"]);
    expect(await price(buyer)).toMatchObject({ unitPrice: "10" });
    expect(await price(buyer, `?divisionId=${foreign}`)).toMatchObject({ code: "not_found" });
    expect(await price(buyer, `?divisionId=${randomUUID()}`)).toMatchObject({ code: "not_found" });
    await ended(active);
  });
});
