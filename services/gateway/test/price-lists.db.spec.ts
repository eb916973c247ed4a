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
let at: string;
let offer: string;
let foreignOffer: string;

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
  const { marketplaceId } = metals;
  offer = await listOffer(world, { marketplaceId, vendorId: vendor.companyId, partNo: "V-1" });
  foreignOffer = await listOffer(world, { marketplaceId, vendorId: rival.companyId, partNo: "R-1" });
});
afterAll(() => world[Symbol.asyncDispose]());

type Body = Record<string, unknown>;
let names = 0;
const newName = (): string => {
  names += 1;
  return `List ${names}`;
};

async function made(who: Caller, input: Body = {}) {
  const answer = await who.post(`${at}/price-lists`, { name: newName(), currency: "EUR", ...input }, newKey());
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body as Body & { listId: string; version: number };
}

type Sent = { readonly body: unknown; readonly version?: number };
const put = (who: Caller, path: string, { body, version }: Sent) =>
  who.send("PUT", `${at}${path}`, {
    body,
    headers: { ...newKey(), ...(version === undefined ? {} : { "if-match": `"${version}"` }) },
  });

type Ladder = { readonly listId: string; readonly of?: string; readonly mode?: string };
const rungs = (who: Caller, { listId, of = offer, mode = "merge" }: Ladder, list: readonly Body[]) =>
  put(who, `/price-lists/${listId}/prices/${of}`, { body: { mode, rungs: list } });
const rung = (minQuantity: string, price: unknown, more: Body = {}) => ({ unit: "C62", minQuantity, price, ...more });
const rowsOf = (body: Body) =>
  (body["rows"] as Body[]).map(({ minQuantity, price }) => `${String(minQuantity)}: ${String(price)}`);

describe("price lists", () => {
  test("are a vendor's own or the marketplace's, and nobody else's to see or change", async () => {
    const own = await made(vendor);
    expect(own).toMatchObject({ vendorId: vendor.companyId, version: 1, tierScope: "line", assignments: [] });
    const shared = await made(metals.operator);
    expect(shared).not.toHaveProperty("vendorId");
    for (const [who, listId] of [
      [rival, own.listId],
      [vendor, shared.listId],
      [vendor, randomUUID()],
    ] as const) {
      expect((await who.get(`${at}/price-lists/${listId}`)).status).toBe(404);
      const body = { name: "Taken over", currency: "EUR" };
      expect((await put(who, `/price-lists/${listId}`, { body, version: 1 })).body).toMatchObject({
        code: "not_found",
      });
      expect((await rungs(who, { listId }, [rung("1", "1")])).status).toBe(404);
    }
    expect(
      (await put(metals.operator, `/price-lists/${own.listId}`, { body: { name: "x", currency: "EUR" }, version: 1 }))
        .status,
    ).toBe(404);
    expect((await metals.operator.get(`${at}/price-lists/${own.listId}`)).status).toBe(200);
    const seen = (await vendor.get(`${at}/price-lists`)).body["data"] as Body[];
    expect(seen.map(({ listId }) => listId)).toEqual([own.listId]);
  });

  test("of two writers with one version one is told; the other change is on record", async () => {
    const { listId } = await made(vendor);
    const answers = await Promise.all(
      ["First", "Second"].map((name) =>
        put(vendor, `/price-lists/${listId}`, { body: { name, currency: "EUR" }, version: 1 }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const lost = answers.find(({ status }) => status === 412);
    expect(lost?.body).toMatchObject({ code: "precondition_failed", actualVersion: 2 });
    expect((await vendor.get(`${at}/price-lists/${listId}`)).headers.get("etag")).toBe('"2"');
    const record = await world.sql`
      select action, after->>'name' as name from catalog_record where subject_id = ${listId} order by version_after`;
    expect(record.map(({ action }) => action)).toEqual(["created", "changed"]);
  });

  test("need the version that was read, and a name of their own", async () => {
    const [one, other] = [await made(vendor), await made(vendor)];
    const body = { name: one["name"], currency: "EUR" };
    expect((await put(vendor, `/price-lists/${other.listId}`, { body })).status).toBe(428);
    expect((await put(vendor, `/price-lists/${other.listId}`, { body, version: 1 })).body).toMatchObject({
      code: "conflict",
    });
    expect((await vendor.post(`${at}/price-lists`, body, newKey())).body).toMatchObject({ code: "conflict" });
  });

  test("begin and end on days of their zone", async () => {
    const list = await made(vendor, { timeZone: "Europe/Berlin", from: "2027-03-28", until: "2027-03-29" });
    // The day on which clocks go forward has 23 hours.
    expect(list).toMatchObject({ from: "2027-03-27T23:00:00.000000Z", until: "2027-03-28T22:00:00.000000Z" });
    const wrong = (input: Body) =>
      vendor.post(`${at}/price-lists`, { name: newName(), currency: "EUR", ...input }, newKey());
    expect((await wrong({ timeZone: "Mars/Olympus" })).body).toMatchObject({ code: "time_zone_unknown" });
    expect((await wrong({ from: "2027-02-30" })).body).toMatchObject({ code: "period_invalid", pointer: "/from" });
    expect((await wrong({ from: "2027-02-02", until: "2027-02-02" })).body).toMatchObject({
      code: "period_invalid",
      pointer: "/until",
    });
  });

  test("are given to groups of their owner or the marketplace, to countries and to this marketplace", async () => {
    const { listId } = await made(vendor);
    const group = async (who: Caller) =>
      String((await who.post(`${at}/customer-groups`, { name: newName() }, newKey())).body["groupId"]);
    const [own, shared, foreign] = [await group(vendor), await group(metals.operator), await group(rival)];
    const assignments = [
      { target: "customer_group", targetId: own, priority: 5 },
      { target: "customer_group", targetId: shared },
      { target: "country", targetId: "DE" },
      { target: "marketplace", targetId: metals.marketplaceId },
    ];
    const path = `/price-lists/${listId}/assignments`;
    const assigned = await put(vendor, path, { body: { assignments }, version: 1 });
    expect([assigned.status, assigned.body["version"]]).toEqual([200, 2]);
    expect(assigned.body["assignments"]).toHaveLength(4);
    for (const target of [
      { target: "customer_group", targetId: foreign },
      { target: "marketplace", targetId: "another" },
    ]) {
      const refused = await put(vendor, path, { body: { assignments: [assignments[0], target] }, version: 2 });
      expect(refused.body).toMatchObject({ code: "assignment_target_unknown", pointer: "/assignments/1/targetId" });
    }
  });
});

describe("ladders", () => {
  test("are written all rungs at once: told ones are set, blank ones go, others stay or go as is said", async () => {
    const { listId } = await made(vendor);
    const first = await rungs(vendor, { listId }, [rung("1", "10.00"), rung("100", "9.50"), rung("500", "9")]);
    expect(rowsOf(first.body)).toEqual(["1: 10", "100: 9.5", "500: 9"]);
    const merged = await rungs(vendor, { listId }, [rung("100", ""), rung("500", "8.89404")]);
    expect(rowsOf(merged.body)).toEqual(["1: 10", "500: 8.89404"]);
    const replaced = await rungs(vendor, { listId, mode: "replace" }, [rung("1", "11")]);
    expect(rowsOf(replaced.body)).toEqual(["1: 11"]);
    const past =
      await world.sql`select price::text as price from past_prices where list_id = ${listId} order by past_prices.price`;
    expect(past.map(({ price }) => price)).toEqual(["8894040", "9000000", "9500000", "10000000"]);
    const path = `${at}/price-lists/${listId}/prices/${offer}`;
    expect((await vendor.send("DELETE", path, { headers: newKey() })).status).toBe(204);
    expect(rowsOf((await vendor.get(path)).body)).toEqual([]);
  });

  test("that rise are refused whole, also when a rung is deleted or the base list changes", async () => {
    const { listId } = await made(vendor);
    const rising = await rungs(vendor, { listId }, [rung("1", "10.00"), rung("24", "10.50")]);
    expect([rising.status, rising.body]).toMatchObject([
      422,
      { code: "price_ladder_rises", quantity: "24", before: "10", after: "10.5", unit: "C62" },
    ]);
    expect(rowsOf((await vendor.get(`${at}/price-lists/${listId}/prices/${offer}`)).body)).toEqual([]);

    const base = await made(vendor);
    expect((await rungs(vendor, base, [rung("1", "10.00"), rung("100", "9.00")])).status).toBe(200);
    expect(
      (await put(vendor, `/offers/${offer}/base-list`, { body: { listId: base.listId }, version: 1 })).body,
    ).toMatchObject({
      version: 2,
    });
    expect((await rungs(vendor, { listId }, [rung("1", "9.80"), rung("50", "9.50")])).status).toBe(200);
    // Without its bottom rung 49 pieces cost 10.00 by the base list and 50 cost 9.50: that falls still.
    expect((await rungs(vendor, { listId }, [rung("1", null)])).status).toBe(200);
    // Lowered to 9.20 the base list undercuts the rung of 50.
    const undercut = await rungs(vendor, base, [rung("1", "9.20")]);
    expect(undercut.body).toMatchObject({ code: "price_ladder_rises", listId, quantity: "50" });
    const cheap = await made(vendor);
    expect((await rungs(vendor, cheap, [rung("1", "9.10")])).status).toBe(200);
    const other = await put(vendor, `/offers/${offer}/base-list`, { body: { listId: cheap.listId }, version: 2 });
    expect(other.body).toMatchObject({ code: "price_ladder_rises", listId });
    expect((await rungs(vendor, base, [rung("1", "9.60")])).status).toBe(200);
  });

  test("of derived lists fall by their bands", async () => {
    const base = await made(vendor);
    const band = (minQuantity: string, percent: string) => ({ scope: "all", minQuantity, percent });
    const derived = (bands: readonly Body[], from = base.listId) =>
      vendor.post(`${at}/price-lists`, { name: newName(), currency: "EUR", derived: { from, bands } }, newKey());
    const list = await derived([band("1", "-5"), band("100", "-7.5")]);
    expect(list.body).toMatchObject({ derived: { from: base.listId, bands: [{ percent: "-5" }, {}] } });
    expect((await derived([band("1", "-5"), band("100", "-4")])).body).toMatchObject({ code: "price_ladder_rises" });
    expect((await derived([band("1", "-5")], String(list.body["listId"]))).body).toMatchObject({
      code: "price_list_nested",
    });
    expect((await derived([band("1", "-5")], randomUUID())).body).toMatchObject({ code: "price_list_unknown" });
  });

  test("are about the vendor's own offers, in units of their variants", async () => {
    const { listId } = await made(vendor);
    for (const of of [foreignOffer, randomUUID()]) {
      expect((await rungs(vendor, { listId, of }, [rung("1", "1")])).status).toBe(404);
    }
    const wrongUnit = await rungs(vendor, { listId }, [rung("1", "1", { unit: "TNE" })]);
    expect(wrongUnit.body).toMatchObject({
      code: "price_unit_unknown",
      choices: ["BX", "C62"],
      pointer: "/rungs/0/unit",
    });
    const twice = await rungs(vendor, { listId }, [rung("1", "1"), rung("1.0", "2")]);
    expect(twice.body).toMatchObject({ code: "rung_repeated", pointer: "/rungs/1" });
    const { listId: shared } = await made(metals.operator);
    expect((await rungs(metals.operator, { listId: shared, of: foreignOffer }, [rung("1", "3")])).status).toBe(200);
    expect((await put(vendor, `/offers/${foreignOffer}/base-list`, { body: { listId }, version: 1 })).status).toBe(404);
    const foreign = await made(rival);
    const based = await put(vendor, `/offers/${offer}/base-list`, { body: { listId: foreign.listId }, version: 2 });
    expect(based.body).toMatchObject({ code: "price_list_unknown" });
  });

  test("take no JSON number, and name where one stands", async () => {
    const { listId } = await made(vendor);
    const wrong = await rungs(vendor, { listId }, [rung("1", 12.95)]);
    expect([wrong.status, wrong.body["code"]]).toEqual([400, "request_invalid"]);
    expect(JSON.stringify(wrong.body["errors"])).toContain("/rungs/0/price");
    expect(JSON.stringify(wrong.body["errors"])).toContain("never a number");
    const many = await rungs(vendor, { listId }, [{ unit: "C62", minQuantity: 24, price: "1" }]);
    expect(JSON.stringify(many.body["errors"])).toContain("/rungs/0/minQuantity");
  });

  test("of two that are sound alone and rise together one is refused", async () => {
    const mine = await listOffer(world, {
      marketplaceId: metals.marketplaceId,
      vendorId: vendor.companyId,
      partNo: newName(),
    });
    const [base, list] = [await made(vendor), await made(vendor)];
    expect((await rungs(vendor, { listId: base.listId, of: mine }, [rung("1", "10")])).status).toBe(200);
    expect((await put(vendor, `/offers/${mine}/base-list`, { body: { listId: base.listId }, version: 1 })).status).toBe(
      200,
    );
    const answers = await Promise.all([
      rungs(vendor, { listId: base.listId, of: mine }, [rung("1", "8")]),
      rungs(vendor, { listId: list.listId, of: mine }, [rung("50", "9")]),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  test("have an end", async () => {
    const { listId } = await made(vendor);
    const part = (from: number) => Array.from({ length: 200 }, (_, at) => rung(String(from + at), "1"));
    expect((await rungs(vendor, { listId }, part(1))).status).toBe(200);
    expect((await rungs(vendor, { listId }, part(201))).status).toBe(200);
    const many = await rungs(vendor, { listId }, part(401));
    expect([many.status, many.body]).toMatchObject([409, { code: "rungs_too_many", limit: 500 }]);
  });

  test("are read page by page", async () => {
    const { listId } = await made(vendor);
    await rungs(vendor, { listId }, [rung("1", "3"), rung("2", "2"), rung("3", "1")]);
    const first = await vendor.get(`${at}/price-lists/${listId}/prices?limit=2`);
    expect(first.body["data"]).toHaveLength(2);
    const next = await vendor.get(`${at}/price-lists/${listId}/prices?limit=2&cursor=${String(first.body["next"])}`);
    expect([(next.body["data"] as Body[]).length, next.body["next"]]).toEqual([1, null]);
    expect((await rival.get(`${at}/price-lists/${listId}/prices`)).status).toBe(404);
  });
});
