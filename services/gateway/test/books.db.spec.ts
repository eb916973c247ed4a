import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller, GatewayWorld } from "./gateway-world.ts";
import { gatewayWorld, newKey } from "./gateway-world.ts";
import type { Market } from "./people.ts";
import { colleague, market, participate, person } from "./people.ts";

let world: GatewayWorld;
let metals: Market;
let mill: Caller;
let clerk: Caller;
let trader: Caller;
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
  clerk = await colleague(world, mill, { name: "Clerk", role: "finance" });
  trader = await colleague(world, mill, { name: "Trader", role: "buyer" });
  const euro = await metals.operator.post(`${at}/assets`, { kind: "currency", currency: "EUR", scale: 2 }, newKey());
  expect(euro.status, JSON.stringify(euro.body)).toBe(201);
});
afterAll(() => world[Symbol.asyncDispose]());

type Records = { readonly data: readonly Record<string, unknown>[] };
const listOf = (body: unknown) => (body as Records).data;

async function asked(who: Caller, kind: "deposits" | "withdrawals", amount: string) {
  const requestId = randomUUID();
  const answer = await who.post(`${at}/${kind}`, { requestId, assetId: "EUR", amount }, newKey());
  return { requestId, ...answer };
}

const decided = (kind: string, way: string, body?: unknown) =>
  metals.operator.post(`${at}/${kind}/${way}`, body, newKey());

async function accountOf(who: Caller) {
  const [account] = listOf((await who.get(`${at}/accounts?purpose=available&assetId=EUR`)).body);
  return account;
}

describe("assets", () => {
  const receipts = {
    kind: "good",
    assetId: "0190a7c0-0000-7000-8000-000000000009",
    unit: "TNE",
    scale: 3,
    grade: "Wheat 12.5 %",
    storageLot: "S-17",
    place: "Rouen",
    expiresOn: "2027-06-30",
  };

  test("are registered by the operator once and for good, and listed for everybody", async () => {
    const { operator } = metals;
    expect((await operator.post(`${at}/assets`, receipts, newKey())).body).toMatchObject(receipts);
    expect((await operator.post(`${at}/assets`, receipts, newKey())).status).toBe(201);
    const other = await operator.post(`${at}/assets`, { ...receipts, place: "Gent" }, newKey());
    expect([other.status, other.body]).toMatchObject([409, { code: "id_reused", id: receipts.assetId }]);
    expect(listOf((await trader.get(`${at}/assets`)).body).map(({ assetId }) => assetId)).toEqual([
      receipts.assetId,
      "EUR",
    ]);
    expect(listOf((await trader.get(`${at}/assets?kind=currency`)).body)).toMatchObject([{ unit: "EUR", scale: 2 }]);
  });

  test("are none of a member's to register, and their days exist", async () => {
    expect((await mill.post(`${at}/assets`, receipts, newKey())).body).toMatchObject({ code: "forbidden" });
    const never = { ...receipts, assetId: randomUUID(), expiresOn: "2027-02-30" };
    expect((await metals.operator.post(`${at}/assets`, never, newKey())).body).toMatchObject({
      code: "asset_malformed",
    });
  });
});

describe("deposits", () => {
  test("are asked for by who keeps the money, and booked when the operator confirms", async () => {
    expect((await asked(trader, "deposits", "100")).body).toMatchObject({ code: "forbidden" });
    const { requestId, status, body } = await asked(clerk, "deposits", "1000.50");
    expect([status, body]).toMatchObject([201, { state: "requested", amount: "1000.50", asset: { assetId: "EUR" } }]);
    expect(await accountOf(clerk)).toMatchObject({ balance: "0.00" });
    expect((await decided("deposits", `${requestId}/confirmation`)).body).toMatchObject({ state: "confirmed" });
    expect(await accountOf(trader)).toMatchObject({ balance: "1000.50", available: "1000.50", creditLimit: "0.00" });
    const unknown = await decided("deposits", `${randomUUID()}/confirmation`);
    expect([unknown.status, unknown.body]).toMatchObject([404, { code: "request_unknown" }]);
    const again = await decided("deposits", `${requestId}/confirmation`);
    expect([again.status, again.body]).toMatchObject([409, { code: "request_decided" }]);
    const own = listOf((await metals.operator.get(`${at}/accounts?purpose=outside`)).body);
    expect(own).toMatchObject([{ balance: "-1000.50" }]);
    expect(own[0]).not.toHaveProperty("companyId");
    expect(own[0]).not.toHaveProperty("creditLimit");
  });

  test("may be refused with a reason, and reversed after they were confirmed", async () => {
    const { requestId } = await asked(clerk, "deposits", "5");
    const early = await decided("deposits", `${requestId}/reversal`, { reason: "bounced" });
    expect(early.body).toMatchObject({ code: "request_not_confirmed" });
    await decided("deposits", `${requestId}/confirmation`);
    const before = await accountOf(clerk);
    const reversed = await decided("deposits", `${requestId}/reversal`, { reason: "bounced" });
    expect(reversed.body).toMatchObject({ state: "reversed", reason: "bounced" });
    expect(Number((await accountOf(clerk))?.["balance"])).toBe(Number(before?.["balance"]) - 5);
    const other = await asked(clerk, "deposits", "7");
    const refusal = await decided("deposits", `${other.requestId}/refusal`, { reason: "nothing came" });
    expect(refusal.body).toMatchObject({ state: "refused", reason: "nothing came" });
  });

  test("are the same when they are asked for again, and another under the same id is refused", async () => {
    const deposit = { requestId: randomUUID(), assetId: "EUR", amount: "3" };
    const first = await clerk.post(`${at}/deposits`, deposit, newKey());
    expect((await clerk.post(`${at}/deposits`, deposit, newKey())).body).toEqual(first.body);
    const other = await clerk.post(`${at}/deposits`, { ...deposit, amount: "4" }, newKey());
    expect(other.body).toMatchObject({ code: "id_reused", id: deposit.requestId });
  });

  test.each([
    [
      { assetId: "USD", amount: "1" },
      { status: 404, code: "asset_unknown", pointer: "/assetId" },
    ],
    [
      { assetId: "EUR", amount: "1.005" },
      { status: 422, code: "amount_scale_exceeded", scale: 2 },
    ],
    [
      { assetId: "EUR", amount: "99999999999999999" },
      { status: 422, code: "amount_invalid", max: "9999999999999999.99" },
    ],
    [
      { assetId: "EUR", amount: "0.00" },
      { status: 400, code: "request_invalid" },
    ],
    [
      { assetId: "EUR", amount: 12 },
      { status: 400, code: "request_invalid" },
    ],
  ])("are refused for %j", async (wrong, problem) => {
    const { body } = await clerk.post(`${at}/deposits`, { requestId: randomUUID(), ...wrong }, newKey());
    expect(body).toMatchObject(problem);
  });
});

describe("withdrawals", () => {
  test("hold their amount from the request until the operator decides", async () => {
    const { requestId, body } = await asked(clerk, "withdrawals", "400");
    expect(body).toMatchObject({ state: "requested" });
    expect(await accountOf(clerk)).toMatchObject({ balance: "1000.50", held: "400.00", available: "600.50" });
    const more = await asked(clerk, "withdrawals", "600.51");
    expect([more.status, more.body]).toMatchObject([
      409,
      { code: "insufficient_balance", available: "600.50", required: "600.51", creditLimit: "0.00" },
    ]);
    expect((await clerk.get(`${at}/withdrawals/${more.requestId}`)).status).toBe(404);
    await decided("withdrawals", `${requestId}/refusal`, { reason: "no such bank" });
    expect(await accountOf(clerk)).toMatchObject({ held: "0.00" });
    const second = await asked(clerk, "withdrawals", "400");
    expect((await decided("withdrawals", `${second.requestId}/confirmation`)).body).toMatchObject({
      state: "confirmed",
    });
    expect(await accountOf(clerk)).toMatchObject({ balance: "600.50", held: "0.00" });
    await decided("withdrawals", `${second.requestId}/reversal`, { reason: "came back" });
    expect(await accountOf(clerk)).toMatchObject({ balance: "1000.50" });
    const account = String((await accountOf(clerk))?.["accountId"]);
    const holds = listOf((await clerk.get(`${at}/accounts/${account}/holds`)).body);
    expect(holds.map(({ status, amount }) => [status, amount])).toEqual([
      ["voided", "400.00"],
      ["posted", "400.00"],
    ]);
  });

  test("go below zero as far as the operator allows", async () => {
    const id = String((await accountOf(clerk))?.["accountId"]);
    const limit = (who: Caller, creditLimit: string) =>
      who.send("PUT", `${at}/accounts/${id}/credit-limit`, { body: { creditLimit }, headers: newKey() });
    expect((await limit(clerk, "100")).body).toMatchObject({ code: "forbidden" });
    expect((await limit(metals.operator, "100")).body).toMatchObject({ creditLimit: "100.00" });
    const { requestId } = await asked(clerk, "withdrawals", "1050.50");
    expect((await limit(metals.operator, "49.99")).body).toMatchObject({ code: "credit_limit_in_use", least: "50.00" });
    await decided("withdrawals", `${requestId}/refusal`, { reason: "enough" });
    expect((await limit(metals.operator, "0")).body).toMatchObject({ creditLimit: "0.00" });
    const nobodys = `${at}/accounts/${randomUUID()}/credit-limit`;
    const unknown = await metals.operator.send("PUT", nobodys, { body: { creditLimit: "1" }, headers: newKey() });
    expect(unknown.body).toMatchObject({ code: "account_unknown" });
  });
});

describe("what others see", () => {
  test("is nothing: not the account, its postings or holds, nor the request", async () => {
    const account = String((await accountOf(clerk))?.["accountId"]);
    for (const path of [`/accounts/${account}`, `/accounts/${account}/postings`, `/accounts/${account}/holds`]) {
      const [foreign, missing] = [
        await baker.get(at + path),
        await baker.get(at + path.replace(account, randomUUID())),
      ];
      expect([foreign.status, foreign.body["code"], missing.status]).toEqual([404, "not_found", 404]);
      expect((await metals.operator.get(at + path)).status).toBe(200);
    }
    expect(listOf((await baker.get(`${at}/accounts?companyId=${mill.companyId}`)).body)).toEqual([]);
    expect(listOf((await baker.get(`${at}/deposits`)).body)).toEqual([]);
    expect(listOf((await metals.operator.get(`${at}/deposits?companyId=${mill.companyId}`)).body)).not.toEqual([]);
    const [deposit] = listOf((await clerk.get(`${at}/deposits?state=confirmed`)).body);
    expect((await baker.get(`${at}/deposits/${String(deposit?.["requestId"])}`)).status).toBe(404);
    expect((await clerk.get(`${at}/withdrawals/${String(deposit?.["requestId"])}`)).status).toBe(404);
  });

  test("a statement tells each posting with the balance after it, page by page", async () => {
    const account = String((await accountOf(clerk))?.["accountId"]);
    const first = await clerk.get(`${at}/accounts/${account}/postings?limit=2`);
    expect(listOf(first.body)).toMatchObject([
      { no: 1, kind: "transfer", amount: "1000.50", balance: "1000.50" },
      { no: 2, amount: "5.00", balance: "1005.50" },
    ]);
    const next = String(first.body["next"]);
    const second = await clerk.get(`${at}/accounts/${account}/postings?limit=2&cursor=${next}`);
    expect(listOf(second.body)).toMatchObject([
      { no: 3, kind: "reversal", amount: "-5.00" },
      { no: 4, amount: "-400.00" },
    ]);
    const never = await clerk.get(`${at}/accounts/${account}/postings?from=2027-02-30T00:00:00Z`);
    expect(listOf(never.body)).toEqual([]);
  });
});
