import { createInstrumentRepository, createMarketDataRepository, createOrderRepository } from "@kontor/db";
import type { FillRecord } from "@kontor/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { World } from "../given-world.ts";
import { createWorld } from "../given-world.ts";
import type { Market, Step, Told } from "./given-market.ts";
import {
  accepted,
  createMarket,
  drafted,
  instrumentId,
  listed,
  member,
  operator,
  order,
  sideOf,
  terms,
  trade,
  traded,
  trading,
} from "./given-market.ts";

const marketplaceId = "metals";
const day = (time: string): string => `2026-11-01T${time}.000000Z`;
const ada = member("ada");
const bob = member("bob");

describe("an instrument's records", () => {
  let world: World;
  let market: Market;
  let follow: (...steps: readonly Step[]) => Promise<void>;
  beforeAll(async () => {
    world = await createWorld();
    market = await createMarket(world);
    const worker = world.worker();
    worker.start();
    follow = async (...steps) => {
      const seq = await market.write(...steps);
      expect(await worker.caughtUpWith(instrumentId, seq, { timeoutMs: 20_000 }), JSON.stringify(world.logged)).toBe(
        true,
      );
    };
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const instruments = () => createInstrumentRepository(world.connection.db);
  const prices = () => createMarketDataRepository(world.connection.db);
  const orders = () => createOrderRepository(world.connection.db);

  test("a draft is for the marketplace's staff, and for everybody once it is listed", async () => {
    await follow(["08:00:00", drafted]);
    expect(await instruments().find(ada, instrumentId)).toBeUndefined();
    expect(await instruments().find(operator, instrumentId)).toMatchObject({ state: "draft", version: 1 });
    await follow(
      ["08:01:00", { type: "instrument_revised", version: 2, terms: { ...terms, place: "Le Havre" } }],
      ["08:02:00", listed(2), trading],
    );
    expect(await instruments().find(ada, instrumentId)).toEqual({
      instrumentId,
      marketplaceId,
      state: "listed",
      version: 2,
      terms: { ...terms, place: "Le Havre" },
      phase: "continuous",
      reference: "210.00",
      listedAt: day("08:02:00"),
    });
    expect(await instruments().list(ada, { q: "havre" })).toMatchObject({ data: [{ instrumentId }] });
    expect(await instruments().list(ada, { q: "rouen 2" })).toMatchObject({ data: [] });
  });

  test("a trade makes fills of both sides, its order's average, candles and the day", async () => {
    await follow(
      ["09:00:10", accepted(1, "ada", { side: "sell", price: "212.50", quantity: "10" })],
      ["09:00:20", accepted(2, "ada", { side: "sell", price: "213", quantity: "10" })],
      [
        "09:00:30",
        accepted(3, "bob", { price: "213", quantity: "20.5" }),
        traded(1, {
          price: "212.50",
          quantity: "10.0",
          maker: sideOf(1, "ada", "0.0"),
          taker: sideOf(3, "bob", "10.5"),
        }),
        traded(2, { price: "213.00", quantity: "5.0", maker: sideOf(2, "ada", "5.0"), taker: sideOf(3, "bob", "5.5") }),
      ],
    );
    expect(await orders().find(bob, order(3))).toEqual({
      orderId: order(3),
      instrumentId,
      companyId: "bob",
      userId: "u-bob",
      side: "buy",
      kind: "limit",
      tif: "gtc",
      price: "213.00",
      quantity: "20.5",
      filled: "15.0",
      leaves: "5.5",
      state: "open",
      averagePrice: "212.666667",
      at: day("09:00:30"),
    });
    expect(await orders().list(ada, { state: "filled" })).toMatchObject({
      data: [{ orderId: order(1), state: "filled", leaves: "0.0", endedAt: day("09:00:30") }],
    });
    expect(await orders().fills(bob, {})).toMatchObject({
      data: [
        { fillId: `${trade(2)}-buy`, role: "taker", price: "213.00", quantity: "5.0", value: "1065.000", fee: "0.100" },
        {
          fillId: `${trade(1)}-buy`,
          orderId: order(3),
          value: "2125.000",
          currency: "EUR",
          unit: "TNE",
          busted: false,
        },
      ],
    });
    const candle = { open: "212.50", high: "213.00", low: "212.50", close: "213.00", volume: "15.0", trades: 2 };
    for (const [interval, start] of [
      ["1m", "09:00:00"],
      ["4h", "08:00:00"],
      ["1d", "00:00:00"],
    ] as const) {
      expect(await prices().candles(ada, instrumentId, { interval })).toMatchObject({
        data: [{ ...candle, start: day(start), turnover: "3190.000", auction: false, version: 1 }],
      });
    }
    expect(await prices().statistics(ada, instrumentId, {})).toMatchObject({
      data: [{ day: "2026-11-01", ...candle, turnover: "3190.000", orders: 3 }],
    });
    expect(await instruments().find(bob, instrumentId)).toMatchObject({ last: "213.00", lastAt: day("09:00:30") });
  });

  test("orders follow what becomes of them", async () => {
    await follow(
      ["09:10:00", { type: "order_amended", orderId: order(3), companyId: "bob", keptPriority: false, quantity: "18" }],
      [
        "09:10:01",
        { type: "order_reduced", orderId: order(3), companyId: "bob", quantity: "1.0", cause: "self_trade" },
      ],
    );
    expect(await orders().find(bob, order(3))).toMatchObject({ quantity: "17.0", filled: "15.0", leaves: "2.0" });
    const replaced = { orderId: order(3), newOrderId: order(4), companyId: "bob", userId: "u-bob2", quantity: "7" };
    await follow(["09:10:02", { type: "order_replaced", ...replaced, price: "211" }]);
    expect(await orders().find(bob, order(3))).toMatchObject({
      state: "cancelled",
      cause: "replaced",
      replacedBy: order(4),
      leaves: "0.0",
      endedAt: day("09:10:02"),
    });
    expect(await orders().find(bob, order(4))).toEqual({
      orderId: order(4),
      instrumentId,
      companyId: "bob",
      userId: "u-bob2",
      side: "buy",
      kind: "limit",
      tif: "gtc",
      price: "211.00",
      quantity: "7.0",
      filled: "0.0",
      leaves: "7.0",
      state: "open",
      at: day("09:10:02"),
    });
    const stop = { orderId: order(5), companyId: "ada" } as const;
    await follow(
      ["09:11:00", accepted(5, "ada", { side: "sell", kind: "trailing", price: undefined, stopPrice: "200", trail })],
      ["09:11:01", { type: "order_trailed", ...stop, stopPrice: "201.25" }],
    );
    expect(await orders().find(ada, order(5))).toMatchObject({ kind: "trailing", stopPrice: "201.25", state: "open" });
    await follow(
      ["09:11:02", { type: "order_triggered", ...stop }],
      ["09:11:03", { type: "order_cancelled", ...stop, quantity: "10.0", cause: "no_liquidity" }],
    );
    expect(await orders().find(ada, order(5))).toMatchObject({
      kind: "market",
      stopPrice: "201.25",
      state: "cancelled",
      cause: "no_liquidity",
      quantity: "10.0",
      leaves: "0.0",
    });
  });

  test("an auction is one trade with a fill for each order", async () => {
    await follow(
      ["10:00:00", { type: "market_phase_changed", phase: "auction", purpose: "intraday" }],
      [
        "10:00:10",
        accepted(6, "bob", { price: "214", quantity: "4" }),
        accepted(7, "cal", { price: "214", quantity: "1" }),
      ],
      [
        "10:00:20",
        {
          type: "auction_held",
          price: "213.25",
          quantity: "5.0",
          surplus: "0.0",
          surplusSide: null,
          tradeId: trade(3),
        },
        auctioned(6, { companyId: "bob", side: "buy", quantity: "4.0" }),
        auctioned(7, { companyId: "cal", side: "buy", quantity: "1.0" }),
        auctioned(2, { companyId: "ada", side: "sell", quantity: "5.0" }),
        trading,
      ],
    );
    expect(await prices().trades(ada, instrumentId, { limit: 1 })).toMatchObject({
      data: [{ tradeId: trade(3), price: "213.25", quantity: "5.0", auction: true, busted: false }],
    });
    expect(await orders().fills(operator, { from: day("10:00:00") })).toMatchObject({
      data: [
        { fillId: `${trade(3)}-sell-o2`, companyId: "ada", role: "auction" },
        { fillId: `${trade(3)}-buy-o7`, companyId: "cal" },
        { fillId: `${trade(3)}-buy-o6`, companyId: "bob", value: "853.000" },
      ],
    });
    expect(await prices().candles(bob, instrumentId, { interval: "1h", limit: 1 })).toMatchObject({
      data: [{ start: day("10:00:00"), volume: "5.0", turnover: "1066.250", trades: 1, auction: true }],
    });
    expect(await instruments().find(ada, instrumentId)).toMatchObject({ last: "213.25", reference: "213.25" });
  });

  test("a busted trade counts no more: neither in candles nor in averages, nor as the last", async () => {
    await follow(["11:00:00", { type: "trade_busted", tradeId: trade(3), price: "213.25", quantity: "5.0" }]);
    expect(await instruments().find(ada, instrumentId)).toMatchObject({
      last: "213.00",
      lastAt: day("09:00:30"),
      reference: "213.25",
    });
    expect(await prices().candles(ada, instrumentId, { interval: "1h" })).toMatchObject({
      data: [{ start: day("09:00:00"), version: 1 }],
    });
    expect(await prices().candles(ada, instrumentId, { interval: "1d" })).toMatchObject({
      data: [{ volume: "15.0", trades: 2, close: "213.00", auction: false, version: 2 }],
    });
    const filled = await orders().find(bob, order(6));
    expect(filled).toMatchObject({ filled: "4.0", leaves: "0.0", state: "filled" });
    expect(filled).not.toHaveProperty("averagePrice");
    expect(await orders().fills(bob, { orderId: order(6) })).toMatchObject({ data: [{ busted: true }] });
  });

  test("a correction takes the place and the time of what it corrects, also one of a correction", async () => {
    await follow(["11:01:00", { type: "trade_corrected", tradeId: trade(4), replaces: trade(1), price: "214.00" }]);
    await follow(["11:02:00", { type: "trade_corrected", tradeId: trade(5), replaces: trade(4), price: "210.00" }]);
    expect(await instruments().find(ada, instrumentId)).toMatchObject({ last: "213.00" });
    const seen = await prices().trades(ada, instrumentId, { until: day("10:00:00") });
    expect(
      seen.ok && seen.data.map(({ tradeId, price, at, busted, replaces }) => [tradeId, price, at, busted, replaces]),
    ).toEqual([
      [trade(5), "210.00", day("09:00:30"), false, trade(4)],
      [trade(4), "214.00", day("09:00:30"), true, trade(1)],
      [trade(2), "213.00", day("09:00:30"), false, undefined],
      [trade(1), "212.50", day("09:00:30"), true, undefined],
    ]);
    const candle = { open: "210.00", high: "213.00", low: "210.00", close: "213.00", turnover: "3165.000" };
    expect(await prices().candles(ada, instrumentId, { interval: "1m" })).toMatchObject({
      data: [{ start: day("09:00:00"), ...candle, version: 3 }],
    });
    expect(await prices().statistics(ada, instrumentId, {})).toMatchObject({ data: [{ ...candle, trades: 2 }] });
    expect(await orders().find(ada, order(1))).toMatchObject({ averagePrice: "210.000000", filled: "10.0" });
    expect(await orders().fills(ada, { orderId: order(1) })).toMatchObject({
      data: [
        { fillId: `${trade(5)}-sell`, price: "210.00", value: "2100.000", fee: "0.100", busted: false },
        { fillId: `${trade(4)}-sell`, busted: true },
        { fillId: `${trade(1)}-sell`, busted: true },
      ],
    });
  });

  test("what the operator changes is in the terms", async () => {
    const bands = { entry: { low: "150", high: "300" } };
    const timetable = { timeZone: "Europe/Paris", weekdays: [1], holidays: [], steps: [] };
    await follow(
      ["12:00:00", { type: "bands_changed", bands }],
      ["12:00:01", { type: "timetable_changed", timetable }],
      ["12:00:02", { type: "reference_changed", price: "209.75" }],
    );
    expect(await instruments().find(ada, instrumentId)).toMatchObject({
      terms: { bands, timetable },
      reference: "209.75",
    });
    await follow(
      ["12:01:00", { type: "timetable_changed", timetable: null }],
      ["12:01:01", { type: "instrument_delisted", reason: "End of the season." }],
    );
    const gone = await instruments().find(ada, instrumentId);
    expect(gone).toMatchObject({ state: "delisted", delistedAt: day("12:01:01") });
    expect(gone?.terms).not.toHaveProperty("timetable");
  });
});

const trail = { unit: "price", distance: "10", step: "0.25" } as const;

type Auctioned = Pick<FillRecord, "companyId" | "side" | "quantity">;

function auctioned(number: number, filled: Auctioned): Told {
  const told = { tradeId: trade(3), price: "213.25", leaves: "0.0", fee: "0.000" };
  return { type: "auction_filled", orderId: order(number), ...filled, ...told };
}
