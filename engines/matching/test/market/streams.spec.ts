import type { JsonObject } from "@kontor/kernel";
import { crc32 } from "@kontor/kernel";
import type { AuctionView, BookView, CandlesView, OrdersView, QuoteView, TradesView } from "@kontor/protocol";
import { bookChecksumText, candleIntervals, exchangeChannels } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import { exchangeEngine } from "../../src/index.ts";
import { intervalSeconds } from "../../src/market/candles.ts";
import { busyPit } from "./busy-pit.ts";
import type { Pit } from "./pit.ts";
import { instrumentId, listedPit, openPit, pit } from "./pit.ts";

const reason = "As planned.";
const viewsOf = (place: Pit, channel: string, id = instrumentId) =>
  exchangeEngine.views(place.state(), `${channel}:${id}`);
const seen = <View>(place: Pit, channel: string): View => viewsOf(place, channel)?.public as unknown as View;
const order = (place: Pit, company: string, terms: object) => place.by(company, "submit_order", { ...terms });
const sell = (place: Pit, price: string, quantity = "100") => order(place, "ada", { side: "sell", price, quantity });
const buy = (place: Pit, price: string, quantity = "100") => order(place, "bob", { side: "buy", price, quantity });
const pick = (object: object | undefined, ...keys: string[]) =>
  Object.fromEntries(Object.entries(object ?? {}).filter(([key]) => keys.includes(key)));

test("a draft is its operator's, on every channel", () => {
  const place = pit();
  place.draft();
  for (const channel of exchangeChannels) {
    const views = viewsOf(place, channel);
    expect([channel, views?.public, views?.participant]).toEqual([channel, undefined, undefined]);
    expect(views?.owner).toBeDefined();
  }
  expect(viewsOf(place, "status")?.owner).toMatchObject({ state: "draft", version: 1, tickSize: "0.25" });
  place.list();
  for (const channel of exchangeChannels) expect(viewsOf(place, channel)?.public).toBeDefined();
  expect(viewsOf(place, "trades", "0192f0a0-0000-7000-8000-0000000000ff")).toBeNull();
  expect(viewsOf(place, "prices")).toBeNull();
});

describe("the book", () => {
  test("shows levels by price, as many as its channel has, with a checksum of the best ten", () => {
    const place = openPit();
    for (let at = 0; at < 60; at++) {
      sell(place, (210 + at * 0.25).toFixed(2), String(50 * (at + 1)));
      buy(place, (209.75 - at * 0.25).toFixed(2));
    }
    sell(place, "210.00", "50");
    for (const [channel, levels] of [
      ["book-10", 10],
      ["book", 50],
      ["book-full", 60],
      ["book-raw", 60],
    ] as const) {
      const { bids = {}, asks = {}, checksum } = seen<BookView>(place, channel);
      expect([Object.keys(bids).length, Object.keys(asks).length]).toEqual([levels, levels]);
      expect(asks["210.00"]).toEqual({ quantity: "100", orders: 2 });
      const sorted = (side: typeof asks, direction: number) =>
        Object.entries(side)
          .map(([price, { quantity }]) => [price, quantity] as const)
          .sort(([a], [b]) => direction * (Number(a) - Number(b)));
      expect(checksum).toBe(crc32(bookChecksumText(sorted(bids, -1), sorted(asks, 1))));
    }
  });

  test("shows neither levels nor orders in a call, but what it would trade", () => {
    const place = openPit();
    place.run("set_phase", { phase: "auction", purpose: "intraday", reason });
    sell(place, "209.75", "150");
    buy(place, "210.25", "200");
    const common = { instrumentId, phase: "auction" };
    for (const channel of ["book-10", "book", "book-full", "book-raw", "orders"]) {
      expect(seen(place, channel)).toEqual(common);
    }
    expect(seen<QuoteView>(place, "quote")).not.toHaveProperty("bid");
    const before = place.book().hash();
    const auction: AuctionView = { ...common, purpose: "intraday", price: "210.25", quantity: "150" } as AuctionView;
    expect(seen(place, "auction")).toEqual({ ...auction, surplus: "50", surplusSide: "buy" });
    expect(place.book().hash()).toBe(before);
    place.run("uncross_auction");
    expect(seen(place, "auction")).toEqual({ instrumentId, phase: "continuous" });
    expect(seen<BookView>(place, "book")).toMatchObject({
      bids: { "210.25": { quantity: "50", orders: 1 } },
      asks: {},
    });
  });

  test("shows the orders that rest, by what is shown of them and in the order of their turns", () => {
    const place = openPit();
    order(place, "ada", { side: "sell", price: "210", quantity: "300", display: "50" });
    sell(place, "210");
    order(place, "ada", { side: "sell", kind: "stop", stopPrice: "190", quantity: "50" });
    order(place, "ada", { side: "sell", price: "210", quantity: "50", allOrNone: true });
    buy(place, "210", "50");
    const { orders = {} } = seen<OrdersView>(place, "orders");
    expect(Object.keys(orders)).toEqual(["o2", "o1"]);
    expect(pick(orders["o1"], "side", "price", "quantity")).toEqual({ side: "sell", price: "210.00", quantity: "50" });
    expect(orders["o1"]?.priority).toBeGreaterThan(orders["o2"]?.priority ?? 0);
  });
});

describe("the quote", () => {
  test("has the best prices, the last trade and the day, which begins when the market leaves closed", () => {
    const place = openPit();
    sell(place, "210.50");
    sell(place, "210.00");
    buy(place, "210.50", "150");
    const quote = { bid: undefined, ask: "210.50", askQuantity: "50", last: "210.50", lastQuantity: "50" };
    const day = { open: "210.00", high: "210.50", low: "210.00", volume: "150", turnover: "31525.00", trades: 2 };
    expect(seen<QuoteView>(place, "quote")).toMatchObject({ phase: "continuous", ...pick(quote, "ask"), ...day });
    expect(seen<QuoteView>(place, "quote")).toMatchObject(pick(quote, "askQuantity", "last", "lastQuantity"));
    place.run("set_phase", { phase: "closed", reason });
    expect(seen<QuoteView>(place, "quote")).toMatchObject(day);
    place.run("set_phase", { phase: "pre_open", reason });
    const next = seen<QuoteView>(place, "quote");
    expect(next).toMatchObject({ volume: "0", turnover: "0.00", trades: 0, previousClose: "210.50", last: "210.50" });
    expect(next).not.toHaveProperty("open");
    place.run("set_phase", { phase: "continuous", reason });
    expect(seen<QuoteView>(place, "quote").previousClose).toBe("210.50");
  });

  test("goes back to what still counts when a trade is busted or corrected", () => {
    const place = openPit();
    for (const price of ["210.00", "212.00", "208.00"]) {
      sell(place, price);
      buy(place, price);
    }
    place.run("bust_trade", { tradeId: `${instrumentId}-t2`, reason });
    expect(seen(place, "quote")).toMatchObject({ open: "210.00", high: "210.00", low: "208.00", trades: 2 });
    place.run("correct_trade", { tradeId: `${instrumentId}-t1`, price: "211.00", reason });
    expect(seen(place, "quote")).toMatchObject({
      open: "211.00",
      high: "211.00",
      last: "208.00",
      turnover: "41900.00",
    });
    place.run("bust_trade", { tradeId: `${instrumentId}-t3`, reason });
    expect(seen(place, "quote")).toMatchObject({ last: "211.00", lastQuantity: "100", volume: "100", trades: 1 });
  });
});

test("trades are the last hundred, with what became of them", () => {
  const place = openPit();
  for (let count = 1; count <= 102; count++) {
    sell(place, "210.00");
    buy(place, "210.00");
  }
  const keys = () => Object.keys(seen<TradesView>(place, "trades").trades);
  expect([keys().length, keys()[0], keys().at(-1)]).toEqual([100, "t3", "t102"]);
  place.run("bust_trade", { tradeId: `${instrumentId}-t101`, reason });
  place.run("correct_trade", { tradeId: `${instrumentId}-t102`, price: "209.00", reason });
  const { trades } = seen<TradesView>(place, "trades");
  expect(trades["t101"]).toMatchObject({ price: "210.00", quantity: "100", takerSide: "buy", busted: true });
  expect(trades["t102"]).toMatchObject({ busted: true });
  expect(trades["t103"]).toMatchObject({ price: "209.00", corrects: `${instrumentId}-t102`, at: trades["t102"]?.at });
  expect(keys()[0]).toBe("t4");
});

describe("candles", () => {
  test("are of whole buckets of UTC, the current and the last one with trades", () => {
    expect(intervalSeconds).toEqual(candleIntervals);
    const place = openPit();
    const trade = (price: string) => {
      sell(place, price);
      buy(place, price);
    };
    place.pass(59_000);
    trade("210.00");
    trade("211.00");
    place.pass(2_000);
    trade("209.00");
    const { candles } = seen<CandlesView>(place, "candles");
    expect(candles["1m"]).toEqual({
      "2031-03-03T08:00:00.000000Z": {
        open: "210.00",
        high: "211.00",
        low: "210.00",
        close: "211.00",
        volume: "200",
        trades: 2,
        version: 1,
      },
      "2031-03-03T08:01:00.000000Z": expect.objectContaining({ open: "209.00", trades: 1 }),
    });
    expect(Object.keys(candles["4h"])).toEqual(["2031-03-03T08:00:00.000000Z"]);
    expect(Object.keys(candles["1d"])).toEqual(["2031-03-03T00:00:00.000000Z"]);
    place.pass(180_000);
    trade("208.00");
    const times = Object.keys(seen<CandlesView>(place, "candles").candles["1m"]);
    expect(times).toEqual(["2031-03-03T08:01:00.000000Z", "2031-03-03T08:04:00.000000Z"]);
  });

  test("are counted anew, under a new version, when a trade in them is busted or corrected", () => {
    const place = openPit();
    for (const price of ["210.00", "214.00", "212.00"]) {
      sell(place, price);
      buy(place, price);
    }
    const minute = () => Object.values(seen<CandlesView>(place, "candles").candles["1m"])[0];
    place.run("correct_trade", { tradeId: `${instrumentId}-t1`, price: "211.00", reason });
    expect(minute()).toMatchObject({ open: "211.00", high: "214.00", low: "211.00", close: "212.00", version: 2 });
    place.run("bust_trade", { tradeId: `${instrumentId}-t2`, reason });
    expect(minute()).toMatchObject({ open: "211.00", high: "212.00", volume: "200", trades: 2, version: 3 });
    place.run("bust_trade", { tradeId: `${instrumentId}-t3`, reason });
    place.run("bust_trade", { tradeId: `${instrumentId}-t4`, reason });
    expect(minute()).toBeUndefined();
    sell(place, "210.00");
    buy(place, "210.00");
    expect(minute()).toMatchObject({ open: "210.00", trades: 1, version: 5 });
  });
});

describe("the account", () => {
  test("may be followed before the first order, and is its company's alone", () => {
    const place = openPit();
    expect(viewsOf(place, "account")).toMatchObject({ public: {}, own: new Map(), owner: { accounts: {} } });
    sell(place, "210.00", "200");
    buy(place, "210.00", "100");
    const views = viewsOf(place, "account");
    expect(views?.public).toEqual({});
    expect(views?.own.get("ada")).toMatchObject({
      position: "-100",
      orders: {
        o1: { side: "sell", state: "resting", price: "210.00", quantity: "200", filled: "100", leaves: "100" },
      },
      fills: { t1s: { orderId: `${instrumentId}-o1`, side: "sell", price: "210.00", quantity: "100", fee: "0.00" } },
    });
    expect(views?.own.get("bob")).toMatchObject({ position: "100", orders: {}, fills: { t1b: { side: "buy" } } });
    expect(views?.owner).toEqual({ accounts: { ada: { position: "-100" }, bob: { position: "100" } } });
    expect(JSON.stringify(views?.own.get("bob"))).not.toContain("ada");
  });

  test("has no position from a trade that does not count, in an auction either", () => {
    const place = listedPit();
    place.run("set_phase", { phase: "auction", purpose: "opening", reason });
    sell(place, "210.00", "150");
    buy(place, "210.00", "100");
    buy(place, "210.00", "100");
    place.run("uncross_auction");
    const own = (company: string) => viewsOf(place, "account")?.own.get(company) as JsonObject | undefined;
    expect(own("bob")).toMatchObject({ position: "150", fills: { "t1b-o2": { quantity: "100" }, "t1b-o3": {} } });
    place.run("bust_trade", { tradeId: `${instrumentId}-t1`, reason });
    expect(own("bob")).toMatchObject({ position: "0", fills: { "t1b-o2": { busted: true } } });
    expect(own("ada")).toMatchObject({ position: "0" });
  });
});

describe("an order's explanation", () => {
  const explain = (place: Pit, number: number) => viewsOf(place, "order", `${instrumentId}-o${number}`);

  test("tells its company and staff what stood and stands ahead, and why it does not trade", () => {
    const place = openPit();
    buy(place, "210.00", "150");
    buy(place, "209.00", "100");
    order(place, "eve", { side: "buy", price: "209.00", quantity: "50" });
    sell(place, "211.00");
    place.by("bob", "cancel_order", { orderId: `${instrumentId}-o2` });
    const told = {
      state: "resting",
      aheadAtEntry: { atPrice: { orders: 1, quantity: "100" }, better: { orders: 1, quantity: "150" } },
      aheadNow: { atPrice: { orders: 0, quantity: "0" }, better: { orders: 1, quantity: "150" } },
      leaves: "50",
      hindrance: { reason: "beyond_limit", limit: "209.00", opposite: "211.00" },
    };
    const views = explain(place, 3);
    expect(views?.owner).toMatchObject(told);
    expect([...(views?.own.keys() ?? [])]).toEqual(["eve"]);
    expect(views?.own.get("eve")).toMatchObject(told);
    expect(views?.public).toBeUndefined();
    expect(explain(place, 2)).toBeNull();
    expect(viewsOf(place, "order", "another-o3")).toBeNull();
  });

  test("names the rule that chose an auction's price, and hides in a call what the call hides", () => {
    const place = openPit();
    place.run("set_phase", { phase: "auction", purpose: "intraday", reason });
    buy(place, "211.00", "200");
    sell(place, "210.00", "100");
    const standing = explain(place, 1);
    const auction = { state: "standing", price: "211.00", quantity: "100", surplus: "100", rule: "buy_pressure" };
    expect(standing?.owner).toMatchObject({
      auction: { ...auction, candidates: [{ price: "210.00" }, {}] },
      aheadNow: {},
    });
    expect(standing?.own.get("bob")).toMatchObject({ auction });
    expect(JSON.stringify(standing?.own.get("bob"))).not.toMatch(/candidates|ahead/);
    place.run("uncross_auction");
    const ended = { state: "ended", price: "211.00", rule: "buy_pressure", candidates: [{ buy: "200" }, {}] };
    expect(explain(place, 1)?.own.get("bob")).toMatchObject({ traded: "100", auction: ended });
    buy(place, "209.00");
    expect(explain(place, 3)?.own.get("bob")).not.toHaveProperty("auction"); // It was not there.
  });
});

test("every stream of a busy market says what its state does, and nothing undefined or null", () => {
  const { place, step } = busyPit(3);
  for (let count = 0; count < 300; count++) step();
  for (const channel of exchangeChannels) {
    const views = viewsOf(place, channel);
    for (const view of [views?.public, views?.owner, ...(views?.own.values() ?? [])]) {
      expect(JSON.stringify(view)).not.toContain("null");
      expect(JSON.parse(JSON.stringify(view))).toStrictEqual(view);
    }
  }
});
