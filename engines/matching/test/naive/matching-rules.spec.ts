import { describe, expect, test } from "vitest";
import { buy, check, order, sell } from "./given.ts";

describe("matching", () => {
  test("shows the next part of an iceberg behind all others of its level", () => {
    const book = check({
      given: [sell([1, 100, 9], { display: 3 }), sell([2, 100, 4])],
      when: buy([3, 100, 5]),
      yields: [
        { type: "accepted" },
        { type: "trade", maker: 1, quantity: 3, makerLeaves: 6 },
        { type: "refilled", order: 1, shown: 3 },
        { type: "trade", maker: 2, quantity: 2, makerLeaves: 2 },
      ],
    });
    expect(book.depth("sell")).toEqual([{ price: 100, quantity: 5, orders: [2, 1] }]);
  });

  test("cancels linked orders of the taker, then of the maker, after every trade", () => {
    check({
      given: [sell([1, 100, 5], { link: 1 }), sell([2, 110, 5], { link: 1 }), buy([4, 90, 5], { link: 2 })],
      when: buy([3, 100, 3], { link: 2 }),
      yields: [
        { type: "accepted" },
        { type: "trade", maker: 1 },
        { type: "cancelled", order: 4, reason: "linked" },
        { type: "cancelled", order: 2, reason: "linked" },
      ],
    });
  });

  test("passes an all-or-none order over that is too large, and takes all of one that is not", () => {
    check({
      given: [sell([1, 99, 6], { allOrNone: true }), sell([2, 100, 4])],
      when: buy([3, 100, 5]),
      yields: [{ type: "accepted" }, { type: "trade", maker: 2, quantity: 4, takerLeaves: 1 }],
    });
    check({
      given: [sell([1, 100, 5], { allOrNone: true }), sell([2, 100, 4])],
      when: buy([3, 100, 9]),
      yields: [{ type: "accepted" }, { type: "trade", maker: 2 }, { type: "trade", maker: 1, quantity: 5 }],
    });
  });

  test("lets an all-or-none order trade as soon as all of it can", () => {
    check({
      given: [sell([1, 100, 6], { allOrNone: true }), buy([2, 100, 4])],
      when: buy([3, 100, 2]),
      yields: [
        { type: "accepted" },
        { type: "trade", maker: 2, taker: 1, quantity: 4 },
        { type: "trade", maker: 3, taker: 1, quantity: 2 },
      ],
    });
  });

  test.each([
    { tif: "fok", quantity: 6, reason: "fok" },
    { tif: "ioc", minimum: 5, quantity: 6, reason: "minimum" },
  ] as const)("cancels $reason when too little could trade beside its own orders", ({ reason, ...terms }) => {
    check({
      given: [sell([1, 100, 4]), sell([2, 100, 5], { account: 7 })],
      when: buy([3, 100, terms.quantity], { ...terms, account: 7, selfTrade: "cancel_oldest" }),
      yields: [{ type: "accepted" }, { type: "cancelled", order: 3, quantity: 6, reason }],
    });
  });

  test("counts only the shown part ahead of the own order at which cancel_newest ends", () => {
    check({
      given: [sell([1, 100, 9], { display: 3 }), sell([2, 100, 5], { account: 7 })],
      when: buy([3, 100, 4], { tif: "fok", account: 7, selfTrade: "cancel_newest" }),
      yields: [{ type: "accepted" }, { type: "cancelled", reason: "fok" }],
    });
  });

  test("stops a market order at its protection", () => {
    check({
      rules: { marketProtection: 2 },
      given: [sell([1, 100, 1]), sell([2, 103, 5])],
      when: order({ order: 3, side: "buy", kind: "market", quantity: 4 }),
      yields: [
        { type: "accepted" },
        { type: "trade", price: 100 },
        { type: "cancelled", quantity: 3, reason: "no_liquidity" },
      ],
    });
  });
});

describe("self-trade prevention", () => {
  const resting = sell([1, 100, 5], { account: 7, selfTrade: "transfer" });
  const mode = (selfTrade: "decrement" | "transfer" | "cancel_both", account = 7) =>
    buy([2, 100, 3], { account, ownerGroup: 7, selfTrade });

  test("cancel_both takes the maker, then the taker", () => {
    check({
      given: [resting],
      when: mode("cancel_both"),
      yields: [
        { type: "accepted" },
        { type: "prevented", maker: 1, taker: 2, price: 100, quantity: 3 },
        { type: "cancelled", order: 1, quantity: 5, reason: "self_trade" },
        { type: "cancelled", order: 2, quantity: 3, reason: "self_trade" },
      ],
    });
  });

  test("decrement takes the same off both and refills an iceberg", () => {
    check({
      given: [sell([1, 100, 5], { account: 7, display: 2 })],
      when: mode("decrement"),
      yields: [
        { type: "accepted" },
        { type: "prevented", quantity: 2 },
        { type: "reduced", order: 1, quantity: 2 },
        { type: "refilled", order: 1, shown: 2 },
        { type: "reduced", order: 2, quantity: 2 },
        { type: "prevented", quantity: 1 },
        { type: "reduced", order: 1, quantity: 1 },
        { type: "cancelled", order: 2, quantity: 1, reason: "self_trade" },
      ],
    });
  });

  test("transfer moves money and goods between accounts of one owner, without a fee", () => {
    const book = check({
      rules: { fees: { makerBps: 100, takerBps: 100, auctionBps: 0, minimum: 0 } },
      given: [
        { type: "allocate", account: 7, cash: 0, goods: 5 },
        { type: "allocate", account: 8, cash: 1_000, goods: 0 },
        resting,
      ],
      when: mode("transfer", 8),
      yields: [
        { type: "accepted" },
        { type: "prevented" },
        { type: "transferred", price: 100, quantity: 3 },
        { type: "reduced", order: 1 },
        { type: "cancelled", order: 2 },
      ],
    });
    expect(book.account(7)).toEqual({ cash: 300, goods: 2, cashHeld: 0, goodsHeld: 2 });
    expect(book.account(8)).toEqual({ cash: 700, goods: 3, cashHeld: 0, goodsHeld: 0 });
    expect(book.lastPrice).toBeNull();
  });
});

describe("post-only", () => {
  test("is repriced one valid step away from the other side", () => {
    check({
      rules: { priceSteps: [{ from: 1, step: 5 }] },
      given: [sell([1, 100, 5])],
      when: buy([2, 105, 5], { postOnly: "reprice" }),
      yields: [{ type: "accepted" }, { type: "repriced", price: 95 }],
    });
  });

  test("is refused where it would trade with an all-or-none order", () => {
    check({
      given: [sell([1, 100, 5], { allOrNone: true }), sell([3, 104, 5])],
      when: buy([2, 103, 5], { postOnly: "reprice" }),
      yields: [{ type: "rejected", code: "post_only_would_trade", limit: 104 }],
    });
  });

  test("rests where an all-or-none order is too large to trade with it", () => {
    check({
      given: [sell([1, 100, 50], { allOrNone: true })],
      when: buy([2, 103, 5], { postOnly: "reject" }),
      yields: [{ type: "accepted" }],
    });
  });
});

describe("stops and pegs", () => {
  test("fire the lowest buy stop first, one after the other", () => {
    const stop = (number: number, stopPrice: number, more = {}) =>
      order({ order: number, side: "buy", kind: "stop", quantity: 1, stopPrice, ...more });
    check({
      rules: { last: 100 },
      given: [stop(1, 103), stop(2, 102), sell([3, 103, 1]), sell([4, 110, 1])],
      when: buy([5, 103, 1]),
      yields: [
        { type: "accepted" },
        { type: "trade", taker: 5 },
        { type: "triggered", order: 2 },
        { type: "trade", taker: 2, price: 110 },
        { type: "triggered", order: 1 },
        { type: "cancelled", order: 1, reason: "no_liquidity" },
      ],
    });
  });

  test("follow the best price in whole steps and never back", () => {
    const trail = { distance: 5, unit: "ticks", step: 2 } as const;
    const book = check({
      rules: { last: 100 },
      given: [
        order({ order: 1, side: "sell", kind: "trailing", quantity: 1, stopPrice: 95, trail }),
        sell([2, 103, 2]),
        buy([4, 101, 1]),
      ],
      when: buy([3, 103, 1]),
      yields: [{ type: "accepted" }, { type: "trade" }, { type: "trailed", order: 1, stopPrice: 97 }],
    });
    expect(book.order(1)).toMatchObject({ extreme: 103, stopPrice: 97 });
  });

  test("move with the reference and are parked without one", () => {
    const peg = { reference: "mid", offset: 0 } as const;
    check({
      given: [buy([1, 90, 1]), sell([2, 95, 1]), order({ order: 3, side: "sell", kind: "pegged", quantity: 1, peg })],
      when: { type: "cancel", order: 1, account: 11 },
      yields: [{ type: "cancelled" }, { type: "parked", order: 3 }],
    });
  });
});
