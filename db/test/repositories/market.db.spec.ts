import type { Actor } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import { beforeAll, describe, expect, test } from "vitest";
import {
  createInstrumentRepository,
  createMarketDataRepository,
  createOrderRepository,
  createProjectionStore,
} from "../../src/index.ts";
import {
  candle,
  fill,
  instrument,
  instrumentId,
  instrumentIdOf,
  keepMarket,
  order,
  trade,
  tradingDay,
} from "./given-market.ts";
import { at, givenRecords, member, readAll, staff } from "./given-records.ts";

const records = givenRecords();
const draftId = instrumentIdOf(2);
const grainId = instrumentIdOf(3);
const inGrain = { instrumentId: grainId, marketplaceId: "grain" };
const one = member("one");
const two = member("two");
const stranger = member("stranger");
const foreign = [member("one", "grain"), staff("operator", "grain"), member("one", null)];
const day = (clock: string): string => `2026-11-01T${clock}:00.000000Z`;

beforeAll(async () => {
  await keepMarket(records, {
    instruments: [
      instrument(),
      instrument({ id: draftId, state: "draft", title: "Zinc", listedAt: null, draftedAt: at("07:30") }),
      instrument({ id: grainId, marketplaceId: "grain" }),
    ],
    orders: [
      order(1, { filled: "8", leaves: "2", countedQuantity: "8", countedValue: "75205.00" }),
      order(2, { companyId: "two", side: "sell", at: at("09:10"), state: "filled", leaves: "0", endedAt: at("09:30") }),
      order(3, { at: at("09:20"), state: "cancelled", cause: "replaced", replacedBy: `${instrumentId}-o10` }),
      order(1, inGrain),
    ],
    fills: [fill(1, "buy"), fill(1, "sell", { orderId: `${instrumentId}-o2` }), fill(2, "buy", { at: at("09:40") })],
    trades: [trade(1), trade(2, { at: at("09:40") })],
    candles: [candle("09:30"), candle("09:35", { trades: 0, version: 2 }), candle("09:40", { close: "9401.0" })],
    days: [tradingDay("2026-10-31"), tradingDay("2026-11-01"), tradingDay("2026-11-02", empty)],
  });
});

const empty = { open: null, high: null, low: null, close: null, volume: "0", turnover: "0.00", trades: 0, orders: 1 };

async function listed<Entry>(
  listing: Promise<{ ok: true; data: readonly Entry[] } | { ok: false }>,
): Promise<readonly Entry[]> {
  const page = await listing;
  if (!page.ok) throw new Error("the page was refused");
  return page.data;
}

describe("instruments", () => {
  const list = async (actor: Actor) =>
    (await listed(createInstrumentRepository(records.db).list(actor, {}))).map((seen) => seen.instrumentId);

  test("are seen in their marketplace, drafts by its staff alone", async () => {
    expect(await list(one)).toEqual([instrumentId]);
    expect(await list(staff("auditor"))).toEqual([draftId, instrumentId]);
    expect(await list(member("one", "grain"))).toEqual([grainId]);
    expect(await list(member("one", null))).toEqual([]);
    expect(await list(systemActor)).toEqual([draftId, grainId, instrumentId]);
    const { find } = createInstrumentRepository(records.db);
    for (const actor of foreign) expect(await find(actor, instrumentId)).toBeUndefined();
    expect(await find(one, draftId)).toBeUndefined();
    expect(await find(staff("operator"), draftId)).toMatchObject({ state: "draft", version: 2 });
    expect(await find(one, instrumentId)).toMatchObject({ last: "9400.5", reference: "9400.0", version: 2 });
  });

  test("are found by state and by part of title, grade and place", async () => {
    const { list: search } = createInstrumentRepository(records.db);
    const operator = staff("operator");
    expect(await listed(search(operator, { state: ["draft", "delisted"] }))).toHaveLength(1);
    expect(await listed(search(operator, { q: "ZINC" }))).toMatchObject([{ instrumentId: draftId }]);
    expect(await listed(search(one, { q: "rotterdam" }))).toHaveLength(1);
    expect(await listed(search(one, { q: "%" }))).toEqual([]);
  });
});

describe("orders and fills", () => {
  const ordersOf = async (actor: Actor) =>
    (await listed(createOrderRepository(records.db).list(actor, {}))).map(({ orderId }) => orderId.slice(37));
  const fillsOf = async (actor: Actor) =>
    (await listed(createOrderRepository(records.db).fills(actor, {}))).map(({ fillId }) => fillId.slice(37));

  test("are one's own company's, all of them for staff, newest first", async () => {
    expect(await ordersOf(one)).toEqual(["o3", "o1"]);
    expect(await ordersOf(two)).toEqual(["o2"]);
    expect(await ordersOf(staff("auditor"))).toEqual(["o3", "o2", "o1"]);
    expect(await ordersOf(stranger)).toEqual([]);
    expect(await fillsOf(one)).toEqual(["t2-buy", "t1-buy"]);
    expect(await fillsOf(two)).toEqual(["t1-sell"]);
    expect(await fillsOf(staff("operator"))).toEqual(["t2-buy", "t1-sell", "t1-buy"]);
    for (const actor of [stranger, ...foreign]) expect(await fillsOf(actor)).toEqual([]);
  });

  test("an order of others is as one that is not there", async () => {
    const { find } = createOrderRepository(records.db);
    for (const actor of [two, stranger, ...foreign]) expect(await find(actor, `${instrumentId}-o1`)).toBeUndefined();
    expect(await find(one, `${instrumentId}-o01`)).toBeUndefined();
    expect(await find(one, `${instrumentId}-o1`)).toMatchObject({ averagePrice: "9400.625000", price: "9400.5" });
    expect(await find(two, `${instrumentId}-o2`)).not.toHaveProperty("averagePrice");
    expect(await find(one, `${instrumentId}-o3`)).toMatchObject({ replacedBy: `${instrumentId}-o10` });
  });

  test("are chosen by instrument, state, side, order and time", async () => {
    const { list, fills } = createOrderRepository(records.db);
    const auditor = staff("auditor");
    expect(await listed(list(auditor, { state: "filled" }))).toMatchObject([{ orderId: `${instrumentId}-o2` }]);
    expect(await listed(list(auditor, { side: "sell", instrumentId }))).toHaveLength(1);
    expect(await listed(list(auditor, { instrumentId: grainId }))).toEqual([]);
    expect(await listed(fills(auditor, { orderId: `${instrumentId}-o2` }))).toHaveLength(1);
    expect(await listed(fills(auditor, { from: day("09:40") }))).toMatchObject([{ fee: "-0.10" }]);
    expect(await listed(fills(auditor, { until: day("09:40") }))).toHaveLength(2);
    expect(await listed(fills(auditor, { from: "2026-02-30T00:00:00Z" }))).toEqual([]);
  });
});

describe("prices", () => {
  const prices = () => createMarketDataRepository(records.db);

  test("are for everybody in the marketplace and nobody else", async () => {
    for (const actor of [stranger, staff("auditor"), systemActor]) {
      expect(await listed(prices().trades(actor, instrumentId, {}))).toHaveLength(2);
      expect(await listed(prices().candles(actor, instrumentId, { interval: "5m" }))).toHaveLength(2);
      expect(await listed(prices().statistics(actor, instrumentId, {}))).toHaveLength(3);
    }
    for (const actor of foreign) {
      expect(await listed(prices().trades(actor, instrumentId, {}))).toEqual([]);
      expect(await listed(prices().candles(actor, instrumentId, { interval: "5m" }))).toEqual([]);
      expect(await listed(prices().statistics(actor, instrumentId, {}))).toEqual([]);
    }
  });

  test("come by interval and time; a candle without trades and a day's prices without any are absent", async () => {
    const candles = await listed(prices().candles(one, instrumentId, { interval: "5m" }));
    expect(candles.map(({ start, close }) => [start, close])).toEqual([
      [day("09:40"), "9401.0"],
      [day("09:30"), "9400.5"],
    ]);
    expect(await listed(prices().candles(one, instrumentId, { interval: "1h" }))).toEqual([]);
    const until = { interval: "5m", until: day("09:40") } as const;
    expect(await listed(prices().candles(one, instrumentId, until))).toHaveLength(1);
    const [latest] = await listed(prices().statistics(one, instrumentId, {}));
    expect(latest).toEqual({ instrumentId, day: "2026-11-02", volume: "0", turnover: "0.00", trades: 0, orders: 1 });
  });
});

describe("pages", () => {
  const many = instrumentIdOf(7);
  const ofMany = { instrumentId: many, marketplaceId: "wood" };
  const pager = member("one", "wood");

  /** Twelve at one instant: their numbers alone tell their order. */
  beforeAll(async () => {
    const numbers = Array.from({ length: 12 }, (_, index) => index + 1);
    await keepMarket(records, {
      orders: numbers.map((number) => order(number, ofMany)),
      trades: numbers.map((number) => trade(number, { ...ofMany, id: `${many}-t${number}` })),
      fills: numbers.map((number) => fill(number, "buy", { ...ofMany, id: `${many}-t${number}-buy` })),
    });
  });

  const countdown = (last: number): number[] => Array.from({ length: last }, (_, index) => last - index);
  const numberOf = (id: string): number => Number(/-[ot](\d+)/.exec(id)?.[1]);

  test("of trades, orders and fills go by number where times are the same, whatever comes meanwhile", async () => {
    const { list, fills } = createOrderRepository(records.db);
    let next = 100;
    const between = async (): Promise<void> => {
      next += 1;
      const later = { ...ofMany, at: at("10:00") };
      await keepMarket(records, {
        orders: [order(next, later)],
        trades: [trade(next, { ...later, id: `${many}-t${next}` })],
        fills: [fill(next, "buy", { ...later, id: `${many}-t${next}-buy` })],
      });
    };
    const trades = await readAll(
      (cursor) => createMarketDataRepository(records.db).trades(pager, many, { limit: 5, cursor }),
      between,
    );
    expect(trades.map(({ tradeId }) => numberOf(tradeId))).toEqual(countdown(12));
    const orders = await readAll((cursor) => list(pager, { limit: 5, cursor }), between);
    expect(orders.map(({ orderId }) => numberOf(orderId))).toEqual([102, 101, ...countdown(12)]);
    const filled = await readAll((cursor) => fills(pager, { limit: 5, cursor }), between);
    expect(filled.map(({ fillId }) => numberOf(fillId))).toEqual([104, 103, 102, 101, ...countdown(12)]);
  });

  test("of candles and days follow their times", async () => {
    const interval = "5m";
    const { candles, statistics } = createMarketDataRepository(records.db);
    const starts = await readAll((cursor) => candles(one, instrumentId, { interval, limit: 1, cursor }));
    expect(starts.map(({ start }) => start)).toEqual([day("09:40"), day("09:30")]);
    const days = await readAll((cursor) => statistics(one, instrumentId, { limit: 1, cursor }));
    expect(days.map((entry) => entry.day)).toEqual(["2026-11-02", "2026-11-01", "2026-10-31"]);
  });

  test("a cursor of another interval or list is malformed", async () => {
    const { candles, statistics } = createMarketDataRepository(records.db);
    const first = await candles(one, instrumentId, { interval: "5m", limit: 1 });
    const cursor = first.ok ? (first.next ?? "") : "";
    const malformed = { ok: false, code: "cursor_malformed" };
    expect(await candles(one, instrumentId, { interval: "1h", cursor })).toEqual(malformed);
    expect(await statistics(one, instrumentId, { cursor })).toEqual(malformed);
    expect(await createOrderRepository(records.db).list(one, { cursor })).toEqual(malformed);
  });
});

test("rows of an instrument without a journal are strays", async () => {
  const strayId = instrumentIdOf(9);
  const there = { instrumentId: strayId, marketplaceId: "oil" };
  await keepMarket(records, { instruments: [instrument({ id: strayId, ...there })], orders: [order(1, there)] });
  expect(await createProjectionStore(records.db).removeStrays()).toContain(strayId);
  expect(await createOrderRepository(records.db).find(systemActor, `${strayId}-o1`)).toBeUndefined();
});

test("texts come back as they were, whatever signs they hold", async () => {
  const oddId = instrumentIdOf(8);
  const there = { instrumentId: oddId, marketplaceId: "odd" };
  const texts = ["null", "NULL", "", " ", '"', "\\", "{a,b}", "a\tb\nc", "é 漢 🌾", "x'y", "infinity"];
  const odd = texts.map((userId, index) => order(index + 1, { ...there, userId, cause: index % 2 ? userId : null }));
  await keepMarket(records, { instruments: [instrument({ id: oddId, ...there })], orders: odd });
  const { find } = createOrderRepository(records.db);
  const found = await Promise.all(odd.map(({ id }) => find(staff("operator", "odd"), id)));
  expect(found.map((row) => row?.userId)).toEqual(texts);
  expect(found.map((row) => row?.cause ?? null)).toEqual(odd.map(({ cause }) => cause));
});
