import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller, GatewayWorld } from "./gateway-world.ts";
import { gatewayWorld, newKey } from "./gateway-world.ts";
import { listOffer } from "./listed-offers.ts";
import type { Market } from "./people.ts";
import { colleague, market, participate, person } from "./people.ts";

let world: GatewayWorld;
let metals: Market;
let mill: Caller;
let clerk: Caller;
let finance: Caller;
let baker: Caller;
let at: string;
let offerId: string;

beforeAll(async () => {
  world = await gatewayWorld();
  metals = await market(world);
  at = `/v1/marketplaces/${metals.marketplaceId}/standing-orders`;
  mill = await person(world, "Mill", "Mill Ltd");
  baker = await person(world, "Baker", "Baker Ltd");
  await participate(metals, mill);
  await participate(metals, baker);
  clerk = await colleague(world, mill, { name: "Clerk", role: "buyer" });
  finance = await colleague(world, mill, { name: "Finance", role: "finance" });
  offerId = await listOffer(world, { ...metals, vendorId: baker.companyId, partNo: "Bread" });
  const [list] = await world.sql`insert into price_lists (marketplace_id, vendor_id, name, currency, valid_from)
    values (${metals.marketplaceId}, ${baker.companyId}, 'Bread', 'EUR', '2020-01-01') returning id`;
  const listId = String(list?.["id"]);
  await world.sql`insert into prices (list_id, offer_id, unit, price, valid_from)
    values (${listId}, ${offerId}, 'C62', 600000000, '2020-01-01')`;
  await world.sql`update offers set base_list_id = ${listId}, valid_from = '2020-01-01' where id = ${offerId}`;
});
afterAll(() => world[Symbol.asyncDispose]());

const plan = (more: object = {}) => ({
  name: "Bread",
  rule: { unit: "week", every: 1, on: 1 },
  startOn: "2190-01-04",
  ...more,
  lines: [{ offerId, quantity: "2" }],
});

async function made(): Promise<string> {
  const { status, body } = await clerk.post(at, plan(), newKey());
  expect(status, JSON.stringify(body)).toBe(201);
  return `${at}/${body["standingOrderId"]}`;
}

const put = (path: string, body: object, version: string) =>
  clerk.send("PUT", path, { body, headers: { ...newKey(), "if-match": version } });

describe("a standing order over HTTP", () => {
  test("is made once for one key, and read by colleagues alone", async () => {
    const key = newKey();
    const first = await clerk.post(at, plan(), key);
    expect(first).toMatchObject({
      status: 201,
      body: { state: "active", tolerance: "0", consentDays: 7, rule: { shift: "following" } },
    });
    expect((await clerk.post(at, plan(), key)).body).toEqual(first.body);
    const path = `${at}/${first.body["standingOrderId"]}`;
    expect((await finance.get(path)).body).toEqual(first.body);
    expect(await baker.get(path)).toMatchObject({ status: 404, body: { code: "standing_order_unknown" } });
    expect(await finance.post(at, plan(), newKey())).toMatchObject({ status: 403, body: { code: "forbidden" } });
  });

  test("is changed in the version that was read, never past it", async () => {
    const path = await made();
    const { rule: _rule, startOn: _startOn, ...change } = plan({ name: "Rolls" });
    const bare = await clerk.send("PUT", path, { body: change, headers: newKey() });
    expect(bare).toMatchObject({ status: 428, body: { code: "precondition_required" } });
    expect(await put(path, change, '"1"')).toMatchObject({ status: 200, body: { name: "Rolls", version: 2 } });
    expect(await put(path, change, '"1"')).toMatchObject({ status: 412, body: { actualVersion: 2 } });
    expect(await put(path, plan(), '"2"')).toMatchObject({ status: 400, body: { code: "request_invalid" } });
  });

  test("has dates that are moved one by one, between their neighbours", async () => {
    const path = await made();
    const moved = await put(`${path}/dates/2190-01-11`, { orderOn: "2190-01-12" }, '"1"');
    expect(moved.status, JSON.stringify(moved.body)).toBe(200);
    expect(moved.body["dates"]).toMatchObject([
      { orderOn: "2190-01-04" },
      { orderOn: "2190-01-12" },
      {},
      {},
      {},
      {},
      {},
      {},
      {},
      {},
      {},
      {},
    ]);
    const beyond = await put(`${path}/dates/2190-01-18`, { orderOn: "2190-01-25" }, '"2"');
    expect(beyond).toMatchObject({
      status: 409,
      body: { code: "standing_date_out_of_order", after: "2190-01-12", before: "2190-01-25", pointer: "/orderOn" },
    });
    const strange = await put(`${path}/dates/2190-01-19`, { orderOn: "2190-01-20" }, '"2"');
    expect(strange).toMatchObject({ status: 404, body: { code: "standing_date_unknown" } });
  });
});

describe("what cannot be", () => {
  test.each([
    ["a day that the calendar has not", { startOn: "2190-02-30" }, 422, "period_invalid"],
    ["an end before the start", { endOn: "2190-01-01" }, 422, "period_invalid"],
    ["a rule that is none", { rule: { unit: "week", every: 1, on: 8 } }, 400, "request_invalid"],
    ["a division that is not there", { divisionId: randomUUID() }, 404, "division_unknown"],
    ["more than all of the price on top", { tolerance: "100.1" }, 400, "request_invalid"],
  ])("%s is refused by name", async (...[, more, status, code]) => {
    expect(await clerk.post(at, plan(more), newKey())).toMatchObject({ status, body: { code } });
  });

  test("a quantity or price as a JSON number is refused where it stands", async () => {
    const wrong = { ...plan(), lines: [{ offerId, quantity: 2 }] };
    expect(await clerk.post(at, wrong, newKey())).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: "/lines/0/quantity" }] },
    });
    const path = await made();
    const consent = { answer: "once", prices: [{ lineNo: 1, unitPrice: 600 }] };
    const answer = await clerk.send("POST", `${path}/dates/2190-01-04/consent`, {
      body: consent,
      headers: { ...newKey(), "if-match": '"1"' },
    });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: "/prices/0/unitPrice" }] } });
  });
});
