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

beforeAll(async () => {
  world = await gatewayWorld();
  metals = await market(world);
  at = `/v1/marketplaces/${metals.marketplaceId}`;
  mill = await person(world, "Mill", "Mill Ltd");
  baker = await person(world, "Baker", "Baker Ltd");
  await participate(metals, mill);
  await participate(metals, baker);
  clerk = await colleague(world, mill, { name: "Clerk", role: "buyer" });
  finance = await colleague(world, mill, { name: "Finance", role: "finance" });
});
afterAll(() => world[Symbol.asyncDispose]());

const put = (
  who: Caller,
  path: string,
  { version, ...body }: Readonly<Record<string, unknown>> & { readonly version: string },
) => who.send("PUT", `${at}/${path}`, { body, headers: { ...newKey(), "if-match": version } });

const budget = {
  name: "Year",
  validFrom: "2026-01-01T00:00:00Z",
  validUntil: "2100-01-01T00:00:00Z",
  currency: "EUR",
  amount: "1000.00",
  mode: "block",
};

/** An offer of the baker's at 600.00. */
async function bread(): Promise<string> {
  const partNo = randomUUID();
  const offerId = await listOffer(world, { ...metals, vendorId: baker.companyId, partNo });
  const [list] = await world.sql`insert into price_lists (marketplace_id, vendor_id, name, currency, valid_from)
    values (${metals.marketplaceId}, ${baker.companyId}, ${partNo}, 'EUR', '2020-01-01') returning id`;
  const listId = String(list?.["id"]);
  await world.sql`insert into prices (list_id, offer_id, unit, price, valid_from)
    values (${listId}, ${offerId}, 'C62', 600000000, '2020-01-01')`;
  await world.sql`update offers set base_list_id = ${listId}, valid_from = '2020-01-01' where id = ${offerId}`;
  return offerId;
}

async function ordered(offerId: string) {
  const cart = await clerk.post(`${at}/cart/lines`, { offerId, quantity: "1" }, newKey());
  expect(cart.status, JSON.stringify(cart.body)).toBe(200);
  const match = { "if-match": cart.headers.get("etag") ?? "" };
  return await clerk.post(`${at}/checkouts`, { checkoutId: randomUUID() }, { ...newKey(), ...match });
}

describe("cost centres and budgets", () => {
  test("are the company's own, once by code, and edited in the version that was read", async () => {
    const made = await finance.post(`${at}/cost-centers`, { code: "LAB", name: "Lab" }, newKey());
    expect([made.status, made.headers.get("etag")]).toEqual([201, '"1"']);
    const path = `cost-centers/${String(made.body["costCenterId"])}`;
    const again = await finance.post(`${at}/cost-centers`, { code: "LAB", name: "Other" }, newKey());
    expect([again.status, again.body]).toMatchObject([409, { code: "cost_center_exists", pointer: "/code" }]);
    expect((await clerk.post(`${at}/cost-centers`, { code: "X", name: "X" }, newKey())).body).toMatchObject({
      code: "forbidden",
    });
    const closed = { code: "LAB", name: "Lab", active: false };
    expect((await put(finance, path, { ...closed, version: '"7"' })).body).toMatchObject({
      code: "precondition_failed",
      actualVersion: 1,
    });
    expect((await put(baker, path, { ...closed, version: '"1"' })).body).toMatchObject({ code: "cost_center_unknown" });
    expect((await put(finance, path, { ...closed, version: '"1"' })).body).toMatchObject({ active: false, version: 2 });
    const missing = await finance.send("PUT", `${at}/${path}`, { body: closed, headers: newKey() });
    expect(missing.body).toMatchObject({ code: "precondition_required" });
  });

  test("an order over a blocking budget names it, whom to ask, and what is left; less than is used is no budget", async () => {
    const made = await finance.post(`${at}/budgets`, budget, newKey());
    const path = `budgets/${String(made.body["budgetId"])}`;
    const offerId = await bread();
    const first = await ordered(offerId);
    expect([first.status, first.body]).toMatchObject([201, { orders: [{ total: "600.00", state: "placed" }] }]);
    const second = await ordered(offerId);
    expect([second.status, second.body]).toMatchObject([
      409,
      { code: "budget_exceeded", name: "Year", ownerId: finance.userId, left: "400.00", required: "600.00" },
    ]);
    const less = await put(finance, path, { ...budget, amount: "599.99", version: '"1"' });
    expect(less.body).toMatchObject({ code: "budget_in_use", least: "600.00", pointer: "/amount" });
    const back = await put(finance, path, { ...budget, validUntil: "2020-01-01T00:00:00Z", version: '"1"' });
    expect(back.body).toMatchObject({ code: "budget_period_empty" });
    expect((await baker.get(`${at}/${path}`)).body).toMatchObject({ code: "budget_unknown", status: 404 });
    expect((await clerk.get(`${at}/${path}`)).body).toMatchObject({ held: "600.00", spent: "0.00", left: "400.00" });
    const asNumber = await finance.post(`${at}/budgets`, { ...budget, amount: 1000 }, newKey());
    expect(asNumber.body).toMatchObject({ code: "request_invalid", errors: [{ pointer: "/amount" }] });
    const fine = await finance.post(`${at}/budgets`, { ...budget, amount: "0.001" }, newKey());
    expect(fine.body).toMatchObject({ code: "amount_scale_exceeded", pointer: "/amount" });
    await put(finance, path, { ...budget, amount: "100000.00", version: '"1"' });
  });
});

describe("approval rules, delegations, rates", () => {
  const rule = {
    name: "All",
    position: 0,
    condition: { vendorIds: ["nobody"] },
    tiers: [{ needs: "all", deciders: [{ kind: "role", role: "approver" }] }],
  };

  test("name people of the company, each once, and belong to it", async () => {
    const deciders = [{ kind: "person", userId: baker.userId }];
    const stranger = { ...rule, tiers: [{ needs: "any", deciders }] };
    expect((await mill.post(`${at}/approval-rules`, stranger, newKey())).body).toMatchObject({
      code: "member_unknown",
    });
    const twice = { ...rule, tiers: [{ needs: "all", deciders: [...deciders, ...deciders] }] };
    expect((await mill.post(`${at}/approval-rules`, twice, newKey())).status).toBe(400);
    const elsewhere = { ...rule, divisionId: randomUUID() };
    expect((await mill.post(`${at}/approval-rules`, elsewhere, newKey())).body).toMatchObject({
      code: "division_unknown",
    });
    const made = await mill.post(`${at}/approval-rules`, rule, newKey());
    expect([made.status, made.body]).toMatchObject([201, { ownerId: mill.userId, version: 1 }]);
    const path = `approval-rules/${String(made.body["ruleId"])}`;
    expect((await put(baker, path, { ...rule, version: '"1"' })).body).toMatchObject({ code: "approval_rule_unknown" });
    expect((await put(mill, path, { ...rule, active: false, version: '"1"' })).body).toMatchObject({
      active: false,
      version: 2,
    });
  });

  test("who delegated takes it back, nobody else", async () => {
    const period = { validFrom: "2026-01-01T00:00:00Z", validUntil: "2100-01-01T00:00:00Z" };
    const made = await mill.post(`${at}/approval-delegations`, { to: finance.userId, ...period }, newKey());
    const path = `${at}/approval-delegations/${String(made.body["delegationId"])}`;
    expect((await finance.send("DELETE", path, { headers: newKey() })).body).toMatchObject({
      code: "delegation_unknown",
    });
    expect((await mill.send("DELETE", path, { headers: newKey() })).status).toBe(200);
  });

  test("a rate is added with its source, and never changed", async () => {
    const rate = { from: "USD", to: "EUR", at: "2026-11-01T00:00:00Z", rate: "0.92", source: "Central bank" };
    expect((await mill.post(`${at}/exchange-rates`, rate, newKey())).body).toMatchObject({ code: "forbidden" });
    const { operator } = metals;
    expect((await operator.post(`${at}/exchange-rates`, rate, newKey())).status).toBe(201);
    expect((await operator.post(`${at}/exchange-rates`, { ...rate, rate: "0.920" }, newKey())).status).toBe(201);
    const other = await operator.post(`${at}/exchange-rates`, { ...rate, rate: "0.93" }, newKey());
    expect(other.body).toMatchObject({ code: "exchange_rate_exists" });
    expect((await clerk.get(`${at}/exchange-rates?from=USD&limit=1`)).body).toMatchObject({
      data: [{ rate: "0.92", source: "Central bank", at: "2026-11-01T00:00:00.000000Z" }],
      next: null,
    });
  });
});

describe("orders", () => {
  test("a key asked again gives the first answer; the vendor's walls are 404 for everybody else", async () => {
    const offerId = await bread();
    const cart = await clerk.post(`${at}/cart/lines`, { offerId, quantity: "1" }, newKey());
    const headers = { ...newKey(), "if-match": cart.headers.get("etag") ?? "" };
    const checkout = { checkoutId: randomUUID() };
    const first = await clerk.post(`${at}/checkouts`, checkout, headers);
    const again = await clerk.post(`${at}/checkouts`, checkout, headers);
    expect([again.headers.get("idempotency-replayed"), again.body]).toEqual(["true", first.body]);
    const [order] = first.body["orders"] as readonly { readonly orderId: string }[];
    const path = `${at}/purchase-orders/${order?.orderId}`;
    const other = await person(world, "Stranger", "Stranger Ltd");
    await participate(metals, other);
    for (const who of [other]) {
      const [foreign, missing] = [await who.get(path), await who.get(`${at}/purchase-orders/${randomUUID()}`)];
      const bare = ({ status, body }: typeof foreign) => [status, { ...body, instance: "" }];
      expect(bare(foreign)).toEqual(bare(missing));
      expect(foreign.body).toMatchObject({ code: "purchase_order_unknown" });
    }
    expect((await metals.operator.get(path)).body).toMatchObject({ state: "placed" });
    expect((await baker.post(`${path}/cancellation`, { reason: "x" }, newKey())).body).toMatchObject({
      code: "purchase_order_unknown",
    });
    expect((await clerk.post(`${path}/cancellation`, { reason: "not needed" }, newKey())).body).toMatchObject({
      state: "cancelled",
    });
    const reordered = await clerk.post(`${path}/cart`, {}, newKey());
    expect(reordered.body).toMatchObject({
      left: [],
      cart: { lines: expect.arrayContaining([expect.objectContaining({ offerId, quantity: "1" })]) },
    });
  });

  test("a cart holds so many lines and no more", async () => {
    const offers = await world.sql`
      with p as (insert into products (marketplace_id, status, created_by)
          values (${metals.marketplaceId}, 'active', 'x') returning id),
        v as (insert into variants (product_id, marketplace_id, base_unit)
          select id, ${metals.marketplaceId}, 'C62' from p returning id)
      insert into offers (marketplace_id, vendor_id, variant_id, vendor_part_no, vendor_part_no_key, status, order_unit,
        min_quantity, created_by) select ${metals.marketplaceId}, ${baker.companyId}, v.id, 'many ' || n, 'many' || n,
        'active', 'C62', 1000000, 'x' from v, generate_series(1, 501) n returning id`;
    const line = (row: (typeof offers)[number] | undefined) => ({
      offerId: String(row?.["id"]),
      quantity: "1",
      unit: "C62",
    });
    const list = { name: "All", lines: offers.slice(0, 500).map(line) };
    const made = await finance.post(`${at}/requisition-lists`, list, newKey());
    expect(made.body).toMatchObject({ code: "forbidden" });
    const own = await mill.post(`${at}/requisition-lists`, list, newKey());
    const filled = await mill.post(`${at}/requisition-lists/${String(own.body["listId"])}/cart`, undefined, newKey());
    expect(filled.body).toMatchObject({ left: [] });
    const more = await mill.post(`${at}/cart/lines`, line(offers[500]), newKey());
    expect([more.status, more.body]).toMatchObject([409, { code: "cart_too_large", max: 500 }]);
  });
});
