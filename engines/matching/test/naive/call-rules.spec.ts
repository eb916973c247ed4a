import { describe, expect, test } from "vitest";
import { buy, check, order, sell, submit } from "./given.ts";

const auction = { phase: "auction" } as const;
const call = { type: "phase", phase: "auction" } as const;

describe("a link in a call", () => {
  test("has one order that rests: another that was to come to it waits on", () => {
    check({
      given: [sell([1, 105, 5], { link: 1 }), sell([2, 106, 5], { link: 1, tif: "auction" })],
      when: call,
      yields: [{ type: "phase", phase: "auction" }],
    });
  });

  test("parks for the link what comes back inside the band", () => {
    check({
      given: [
        sell([1, 130, 5], { link: 1 }),
        { type: "set_bands", entry: { low: 90, high: 120 } },
        sell([2, 110, 5], { link: 1 }),
        call,
      ],
      when: { type: "set_bands" },
      yields: [{ type: "bands_changed" }, { type: "unparked", order: 1 }, { type: "parked", order: 1 }],
    });
  });

  test("is not that of all-or-none orders, which are no part of it", () => {
    check({
      given: [sell([1, 105, 5], { link: 1, allOrNone: true }), sell([2, 106, 5], { link: 1 })],
      when: call,
      yields: [{ type: "phase", phase: "auction" }],
    });
  });
});

describe("an interruption", () => {
  test("by an order that comes back when the market opens leaves the others parked", () => {
    check({
      rules: { last: 100, bands: { dynamic: { up: 2, down: 2 } } },
      given: [
        sell([1, 120, 5], { link: 1 }),
        sell([2, 121, 5], { link: 2 }),
        sell([3, 104, 5], { link: 1 }),
        sell([4, 105, 5], { link: 2 }),
        call,
        buy([5, 104, 5]),
      ],
      when: { type: "phase", phase: "continuous" },
      yields: [
        { type: "phase", phase: "continuous" },
        { type: "unparked", order: 3 },
        { type: "phase", phase: "auction", purpose: "volatility" },
        { type: "parked", order: 3 },
      ],
    });
  });

  test("cancels the market order that caused it", () => {
    const book = check({
      rules: { last: 100, bands: { dynamic: { up: 2, down: 2 } } },
      given: [buy([1, 97, 5])],
      when: order({ order: 2, side: "sell", kind: "market", quantity: 5 }),
      yields: [
        { type: "accepted" },
        { type: "phase", phase: "auction", purpose: "volatility", reason: "volatility" },
        { type: "cancelled", order: 2, quantity: 5, reason: "interruption" },
      ],
    });
    expect(book.liveOrders()).toEqual([1]);
  });
});

describe("the closing cross", () => {
  test("prints at its one price where the maker's limit is better", () => {
    check({
      rules: { reference: 100 },
      given: [sell([1, 98, 5]), { type: "phase", phase: "closing_cross" }],
      when: buy([2, 100, 3]),
      yields: [{ type: "accepted" }, { type: "trade", price: 100, quantity: 3, makerLeaves: 2 }],
    });
  });

  test("does not bring back what a call has parked for its link", () => {
    check({
      rules: { reference: 100 },
      given: [sell([1, 105, 5], { link: 1 }), sell([2, 106, 5], { link: 1 }), call],
      when: { type: "uncross", next: "closing_cross" },
      yields: [
        { type: "auction", price: null },
        { type: "phase", phase: "closing_cross" },
      ],
    });
  });
});

describe("what an order holds by", () => {
  const high = (price: number) => ({ type: "set_bands", entry: { low: 90, high: price } }) as const;
  const marketBuy = order({ order: 1, side: "buy", kind: "market", quantity: 2 });
  const allocation = { type: "allocate", account: 11, cash: 500, goods: 0 } as const;

  test("stays when the band moves, and the order that could cost more goes", () => {
    const book = check({
      rules: auction,
      given: [high(110), allocation, marketBuy],
      when: high(120),
      yields: [{ type: "bands_changed" }, { type: "cancelled", order: 1, reason: "outside_band" }],
    });
    expect(book.account(11)).toMatchObject({ cash: 500, cashHeld: 0 });
  });

  test("bounds the stop that fires later", () => {
    const book = check({
      rules: { last: 100 },
      given: [
        high(110),
        allocation,
        order({ order: 1, side: "buy", kind: "stop", quantity: 2, stopPrice: 105 }),
        high(120),
        sell([2, 111, 5]),
        sell([3, 105, 1]),
      ],
      when: buy([4, 105, 1]),
      yields: [
        { type: "accepted" },
        { type: "trade", price: 105 },
        { type: "triggered", order: 1 },
        { type: "cancelled", order: 1, reason: "no_liquidity" },
      ],
    });
    expect(book.account(11)).toMatchObject({ cash: 500, cashHeld: 0 });
  });

  test("bounds the aim of a peg", () => {
    const peg = { reference: "market", offset: 0 } as const;
    const book = check({
      given: [high(110), order({ order: 1, side: "buy", kind: "pegged", quantity: 2, peg }), high(120)],
      when: sell([2, 115, 5]),
      yields: [{ type: "accepted" }, { type: "repriced", order: 1, price: 110 }],
    });
    submit(book, { type: "cancel", order: 2, account: 12 });
    expect(book.depth("buy")).toEqual([]);
  });

  test("is what an auction of market orders alone never passes", () => {
    check({
      rules: { ...auction, reference: 150 },
      given: [high(110), marketBuy, order({ order: 2, side: "sell", kind: "market", quantity: 2 })],
      when: { type: "indicative" },
      yields: [{ type: "indicative", price: null, quantity: 0 }],
    });
  });
});
