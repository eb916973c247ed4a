import { describe, expect, test } from "vitest";
import { bookOf, buy, check, order, sell, submit } from "./given.ts";

const auction = { phase: "auction" } as const;
const uncross = { type: "uncross" } as const;

describe("phases", () => {
  test("park all but the earliest of a link in a call, until it ends", () => {
    const given = [sell([1, 105, 5], { link: 1 }), sell([2, 106, 5], { link: 1 })];
    check({
      given,
      when: { type: "phase", phase: "auction" },
      yields: [
        { type: "phase", phase: "auction", purpose: "intraday" },
        { type: "parked", order: 2 },
      ],
    });
    check({
      given: [...given, { type: "phase", phase: "auction" }],
      when: uncross,
      yields: [
        { type: "auction", price: null, quantity: 0 },
        { type: "phase", phase: "continuous" },
        { type: "unparked", order: 2 },
      ],
    });
  });

  test("bring orders for a call into their own call alone", () => {
    const atClose = sell([1, 105, 5], { tif: "at_close" });
    check({ when: atClose, yields: [{ type: "accepted" }, { type: "parked", order: 1 }] });
    const call = (purpose: "opening" | "closing") => ({ type: "phase", phase: "auction", purpose }) as const;
    check({ given: [atClose], when: call("opening"), yields: [{ type: "phase", purpose: "opening" }] });
    check({
      given: [atClose],
      when: call("closing"),
      yields: [
        { type: "phase", purpose: "closing" },
        { type: "unparked", order: 1 },
      ],
    });
  });

  test("refuse to trade while the book is crossed or without a closing price", () => {
    check({
      rules: auction,
      given: [buy([1, 100, 1]), sell([2, 99, 1])],
      when: { type: "phase", phase: "continuous" },
      yields: [{ type: "command_rejected", code: "book_crossed" }],
    });
    check({
      when: { type: "phase", phase: "closing_cross" },
      yields: [{ type: "command_rejected", code: "no_reference" }],
    });
  });

  test("take only the closing price in the closing cross", () => {
    check({
      rules: { phase: "closing_cross", reference: 100 },
      when: buy([1, 101, 1]),
      yields: [{ type: "rejected", code: "price_not_closing_price", limit: 100 }],
    });
  });

  test("let orders of a time go before the command is looked at, by time of expiry", () => {
    check({
      given: [buy([1, 99, 1], { tif: "gtd", expiresAt: 9 }), buy([2, 98, 1], { tif: "gtd", expiresAt: 8 })],
      when: { type: "cancel", order: 1, account: 11, at: 10 },
      yields: [
        { type: "cancelled", order: 2, reason: "expired" },
        { type: "cancelled", order: 1, reason: "expired" },
        { type: "cancel_rejected", order: 1, code: "unknown_order" },
      ],
    });
  });

  test("never go back in time", () => {
    const book = bookOf();
    submit(book, { type: "clock", at: 5 });
    expect(() => submit(book, { type: "clock", at: 4 })).toThrow(RangeError);
  });
});

describe("bands and breakers", () => {
  test("end matching before the trade that would be outside, and park what may not rest", () => {
    const peg = { reference: "primary", offset: 0 } as const;
    check({
      rules: { last: 100, bands: { dynamic: { up: 2, down: 2 } } },
      given: [buy([1, 97, 5]), order({ order: 2, side: "buy", kind: "pegged", quantity: 1, peg })],
      when: sell([3, 97, 5], { tif: "ioc" }),
      yields: [
        { type: "accepted" },
        { type: "phase", phase: "auction", purpose: "volatility", reason: "volatility" },
        { type: "cancelled", order: 3, reason: "interruption" },
        { type: "parked", order: 2 },
      ],
    });
  });

  test("halt at the smallest breaker that has not tripped", () => {
    const book = check({
      rules: {
        reference: 100,
        breakers: [
          { bps: 500, pauseMicros: 50 },
          { bps: 300, pauseMicros: 30 },
        ],
      },
      given: [sell([1, 104, 5])],
      when: { ...buy([2, 104, 5]), at: 7 },
      yields: [{ type: "accepted" }, { type: "phase", phase: "halt", reason: "circuit_breaker", resumesAt: 37 }],
    });
    expect(book.liveOrders()).toEqual([1, 2]);
  });

  test("park what a new entry band leaves outside, and let it in again", () => {
    const narrow = { type: "set_bands", entry: { low: 95, high: 105 } } as const;
    const given = [buy([1, 90, 5])];
    check({ given, when: narrow, yields: [{ type: "bands_changed" }, { type: "parked", order: 1 }] });
    check({
      given: [...given, narrow],
      when: { type: "set_bands" },
      yields: [{ type: "bands_changed" }, { type: "unparked", order: 1 }],
    });
    check({
      rules: { outsideBand: "cancel" },
      given,
      when: narrow,
      yields: [{ type: "bands_changed" }, { type: "cancelled", order: 1, reason: "outside_band" }],
    });
  });
});

describe("call auctions", () => {
  test("fill buys, then sells, market orders first, and cancel what was for the auction", () => {
    const book = check({
      rules: { ...auction, reference: 100 },
      given: [
        buy([1, 101, 4], { tif: "auction" }),
        order({ order: 2, side: "buy", kind: "market", quantity: 3 }),
        sell([3, 99, 5], { display: 2 }),
      ],
      when: uncross,
      yields: [
        { type: "auction", price: 101, quantity: 5, surplus: 2, surplusSide: "buy", trade: 1 },
        { type: "fill", order: 2, quantity: 3, leaves: 0 },
        { type: "fill", order: 1, quantity: 2, leaves: 2 },
        { type: "fill", order: 3, quantity: 5, leaves: 0 },
        { type: "cancelled", order: 1, reason: "auction_end" },
        { type: "phase", phase: "continuous" },
      ],
    });
    expect([book.lastPrice, book.reference]).toEqual([101, 101]);
  });

  test("are extended so often for the price, and always beyond the wide collar unless final", () => {
    const given = [buy([1, 110, 1]), sell([2, 110, 1])];
    const rules = { ...auction, reference: 100, auctionCollar: 5 };
    const price = [{ type: "extended", reason: "price", indicative: 110 }] as const;
    check({ rules, given, when: uncross, yields: price });
    check({ rules: { ...rules, maxExtensions: 2 }, given: [...given, uncross], when: uncross, yields: price });
    const printed = [
      { type: "auction", price: 110 },
      { type: "fill", order: 1 },
      { type: "fill", order: 2 },
      { type: "phase" },
    ] as const;
    check({ rules, given: [...given, uncross], when: uncross, yields: printed });
    const wide = { ...rules, wideCollar: 9 };
    check({
      rules: wide,
      given: [...given, uncross],
      when: uncross,
      yields: [{ type: "extended", reason: "wide_price" }],
    });
    check({ rules: wide, given, when: { ...uncross, final: true }, yields: printed });
  });

  test("are not pushed further from the reference than the pressure bound", () => {
    check({
      rules: { ...auction, reference: 100, pressureBoundBps: 300 },
      given: [buy([1, 110, 9]), sell([3, 98, 5])],
      when: { type: "indicative" },
      yields: [{ type: "indicative", price: 103, quantity: 5, surplus: 4, surplusSide: "buy" }],
    });
  });

  test("print in the middle of the interval where there is no reference", () => {
    check({
      rules: auction,
      given: [buy([1, 106, 5]), sell([2, 101, 5])],
      when: { type: "indicative" },
      yields: [{ type: "indicative", price: 103, quantity: 5, surplus: 0, surplusSide: null }],
    });
  });
});

describe("bust and correction", () => {
  test("set the last price to the latest trade that stands", () => {
    const given = [sell([1, 100, 1]), sell([2, 101, 1]), buy([3, 101, 2])];
    const book = check({
      given,
      when: { type: "bust", trade: 2 },
      yields: [{ type: "busted", trade: 2, price: 101, quantity: 1 }],
    });
    expect(book.lastPrice).toBe(100);
    submit(book, { type: "correct", trade: 1, price: 98 });
    expect(book.lastPrice).toBe(98);
    expect(submit(book, { type: "bust", trade: 1 })).toEqual([{ type: "command_rejected", code: "unknown_trade" }]);
    submit(book, { type: "bust", trade: 3 });
    expect(book.lastPrice).toBeNull();
  });
});
