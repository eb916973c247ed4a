import type { ViewRequest } from "@kontor/bus";
import { createProjectionStore, marketRows } from "@kontor/db";
import { microsOfInstant } from "@kontor/kernel";
import { InstrumentTerms } from "@kontor/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { foundView } from "./fake-host.ts";
import type { GatewayWorld } from "./gateway-world.ts";
import { gatewayWorld } from "./gateway-world.ts";
import { market, participate, person } from "./people.ts";

const instrumentId = "0192f0a0-0000-7000-8000-000000000003";
const order = (number: number): string => `${instrumentId}-o${number}`;
const instant = "2026-11-01T09:00:30.000000Z";
const at = microsOfInstant(instant) ?? 0;

const terms = InstrumentTerms.parse({
  title: "Copper cathode, Rotterdam, December",
  grade: "Grade A",
  place: "Rotterdam",
  period: "2026-12",
  deliveryTerm: "In warehouse",
  unit: "TNE",
  currency: "EUR",
  tickSize: "0.5",
  quantityStep: "1",
  minPrice: "1000",
  maxPrice: "20000",
  maxQuantity: "10000",
  timetable: { timeZone: "Europe/Paris", steps: [{ at: "09:00", phase: "continuous" }] },
});

type Owners = { readonly marketplaceId: string; readonly buyer: string; readonly seller: string };

/** One instrument with a trade between two companies, as the projections write it. */
async function keep(world: GatewayWorld, { marketplaceId, buyer, seller }: Owners): Promise<void> {
  const place = { marketplaceId, seq: 1 };
  const inIt = { ...place, instrumentId };
  const { title, grade, place: where } = terms;
  const ended = { cause: null, replacedBy: null, endedAt: at };
  const done = { filled: "4", leaves: "0", state: "filled", countedQuantity: "4", countedValue: "37602.00" } as const;
  const sent = { kind: "limit", tif: "gtc", price: "9400.5", stopPrice: null, quantity: "4", at, ...done, ...ended };
  const traded = { price: "9400.5", quantity: "4", at, busted: false };
  const tradeId = `${instrumentId}-t1`;
  const filled = { ...traded, tradeId, value: "37602.00", fee: "-0.10", currency: "EUR", unit: "TNE" };
  const prices = { open: "9400.5", high: "9400.5", low: "9400.5", close: "9400.5" };
  const sums = { volume: "4", turnover: "37602.00", trades: 1 };
  const instrument = { title, grade, place: where, terms, last: "9400.5", lastAt: at, reference: null, ...place };
  await createProjectionStore(world.accountDatabase).project(instrumentId, (tx) =>
    tx.save(marketRows, {
      instruments: [
        {
          ...instrument,
          id: instrumentId,
          state: "listed",
          version: 3,
          phase: "continuous",
          ...dates,
          createdBy: "op",
        },
      ],
      orders: made(
        { ...inIt, ...sent, id: order(1), companyId: seller, userId: "u1", side: "sell" },
        { ...inIt, ...sent, id: order(2), companyId: buyer, userId: "u2", side: "buy" },
      ),
      fills: made(
        {
          ...inIt,
          ...filled,
          id: `${tradeId}-sell`,
          orderId: order(1),
          companyId: seller,
          side: "sell",
          role: "maker",
        },
        { ...inIt, ...filled, id: `${tradeId}-buy`, orderId: order(2), companyId: buyer, side: "buy", role: "taker" },
      ),
      trades: made({ ...inIt, ...traded, id: tradeId, takerSide: "buy", auction: false, place: 1, replaces: null }),
      candles: [0, 60_000_000, 120_000_000].map((later) => ({
        ...{ ...inIt, ...prices, ...sums, interval: "1m" as const, auction: false, version: 1 },
        start: at - 30_000_000 + later,
      })),
      days: [{ ...inIt, day: "2026-11-01", ...prices, ...sums, orders: 2 }],
    }),
  );
}

const made = <const Row>(...rows: readonly Row[]) => ({ made: rows, altered: [] });

const dates = { draftedAt: at - 2_000_000, listedAt: at - 1_000_000, delistedAt: null };

async function scene() {
  const world = await gatewayWorld();
  const place = await market(world);
  const { marketplaceId, operator } = place;
  const [ada, bob, cal] = [
    await person(world, "Ada", "Ada Metals"),
    await person(world, "Bob", "Bob Metals"),
    await person(world, "Cal", "Cal Metals"),
  ];
  for (const boss of [ada, bob]) await participate(place, boss);
  await keep(world, { marketplaceId, seller: ada.companyId, buyer: bob.companyId });
  world.host.view = ({ shard, actor }: ViewRequest) =>
    shard === instrumentId && actor.marketplaceId === marketplaceId
      ? foundView({ marketplaceId, view: { state: "listed" } })
      : { found: false };
  const here = `/v1/marketplaces/${marketplaceId}`;
  return { ada, bob, cal, operator, here, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}

let one: Awaited<ReturnType<typeof scene>>;
beforeAll(async () => {
  one = await scene();
});
afterAll(() => one[Symbol.asyncDispose]());

test("instruments and prices are read by everybody in the marketplace, and by nobody else", async () => {
  const { ada, cal, operator, here } = one;
  const there = `/v1/instruments/${instrumentId}`;
  const read = await ada.get(there);
  expect([read.status, read.headers.get("etag")]).toEqual([200, '"3"']);
  expect(read.body).toMatchObject({ instrumentId, state: "listed", phase: "continuous", last: "9400.5", terms });
  expect(read.body).not.toHaveProperty("reference");
  expect((await operator.get(`${here}/instruments?q=cathode&state=listed&state=delisted`)).body).toEqual({
    data: [read.body],
    next: null,
  });
  for (const [path, record] of [
    ["trades", { tradeId: `${instrumentId}-t1`, takerSide: "buy", auction: false, busted: false, at: instant }],
    ["statistics", { day: "2026-11-01", orders: 2, turnover: "37602.00" }],
    ["candles?interval=1m&until=2026-11-01T09:01:00Z", { start: "2026-11-01T09:00:00.000000Z", volume: "4" }],
  ] as const) {
    const found = await ada.get(`${there}/${path}`);
    expect(found.body, path).toMatchObject({ data: [record], next: null });
    expect((await cal.get(`${there}/${path}`)).body, path).toMatchObject({ status: 404, code: "not_found" });
  }
  expect((await cal.get(there)).status).toBe(404);
  expect((await cal.get(`${here}/instruments`)).status).toBe(404);
});

test("candles come page by page with the next one's address", async () => {
  const first = await one.ada.get(`/v1/instruments/${instrumentId}/candles?interval=1m&limit=2`);
  expect(first.body["data"]).toHaveLength(2);
  const next = /^<(.+)>; rel="next"$/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
  const second = await one.ada.get(next);
  expect(second.body).toMatchObject({ data: [{ start: "2026-11-01T09:00:00.000000Z" }], next: null });
  const elsewhere = await one.ada.get(next.replace("interval=1m", "interval=5m"));
  expect(elsewhere.body).toMatchObject({ code: "cursor_malformed" });
  const without = await one.ada.get(`/v1/instruments/${instrumentId}/candles`);
  expect(without.body).toMatchObject({ code: "request_invalid" });
});

test("orders and fills are one's own company's, and all of them the operator's", async () => {
  const { ada, bob, operator, here } = one;
  const idsIn = async (caller: typeof ada, path: string) => {
    const { body } = await caller.get(`${here}/${path}`);
    return (body["data"] as { orderId: string }[]).map(({ orderId }) => orderId);
  };
  for (const path of ["orders", "fills"]) {
    expect(await idsIn(ada, path)).toEqual([order(1)]);
    expect(await idsIn(bob, path)).toEqual([order(2)]);
    expect((await idsIn(operator, path)).sort()).toEqual([order(1), order(2)]);
  }
  const own = await ada.get(`/v1/orders/${order(1)}`);
  expect(own.body).toMatchObject({ state: "filled", averagePrice: "9400.500000", leaves: "0", endedAt: instant });
  expect((await bob.get(`/v1/orders/${order(1)}`)).body).toMatchObject({ status: 404, code: "not_found" });
  expect((await operator.get(`/v1/orders/${order(1)}`)).status).toBe(200);
  expect((await bob.get(`/v1/orders/${order(3)}`)).status).toBe(404);
  const [fill] = (await ada.get(`${here}/fills?orderId=${order(1)}`)).body["data"] as unknown[];
  expect(fill).toMatchObject({ fillId: `${instrumentId}-t1-sell`, role: "maker", fee: "-0.10", value: "37602.00" });
});
