import { describe, expect, test } from "vitest";
import type { NewOrder } from "../../src/commands.ts";
import type { BookConfig } from "../../src/config.ts";
import type { RejectionCode } from "../../src/rejections.ts";
import { bookOf, buy, check, sell, submit } from "./given.ts";

type Refusal = {
  readonly code: RejectionCode;
  readonly limit?: number;
  readonly field?: string;
  readonly rules?: Partial<BookConfig>;
  readonly made: Partial<NewOrder>;
};

const refusals: readonly Refusal[] = [
  { code: "phase_closed_to_orders", rules: { phase: "halt" }, made: {} },
  { code: "combination_not_allowed", field: "stopPrice", made: { stopPrice: 5 } },
  { code: "combination_not_allowed", field: "minimum", made: { minimum: 1, link: 1, tif: "fok" } },
  { code: "tif_not_allowed_in_phase", rules: { phase: "auction" }, made: { tif: "ioc" } },
  { code: "post_only_not_allowed_in_phase", rules: { phase: "auction" }, made: { postOnly: "reject" } },
  { code: "all_or_none_not_allowed_in_phase", rules: { phase: "pre_open" }, made: { allOrNone: true } },
  { code: "expiry_passed", limit: 1, made: { tif: "gtd", expiresAt: 0 } },
  { code: "quantity_off_step", limit: 9, field: "quantity", rules: { quantityStep: 3 }, made: {} },
  {
    code: "quantity_off_step",
    limit: 3,
    field: "display",
    rules: { quantityStep: 3 },
    made: { quantity: 9, display: 2 },
  },
  { code: "quantity_too_small", limit: 1, field: "quantity", made: { quantity: 0 } },
  { code: "quantity_too_small", limit: 4, field: "display", rules: { minDisplay: 4 }, made: { display: 3 } },
  { code: "quantity_too_large", limit: 10, field: "display", made: { display: 11 } },
  {
    code: "price_off_step",
    limit: 95,
    field: "price",
    rules: { priceSteps: [{ from: 1, step: 5 }] },
    made: { price: 99 },
  },
  {
    code: "price_off_step",
    limit: 105,
    field: "price",
    rules: {
      priceSteps: [
        { from: 1, step: 1 },
        { from: 101, step: 5 },
      ],
    },
    made: { price: 102 },
  },
  { code: "price_out_of_range", limit: 1_000, field: "price", made: { price: 1_001 } },
  { code: "price_outside_band", limit: 105, rules: { bands: { entry: { low: 95, high: 105 } } }, made: { price: 106 } },
  { code: "value_too_large", limit: 999, rules: { maxValue: 999 }, made: {} },
  {
    code: "stop_already_triggered",
    limit: 102,
    rules: { last: 102, stopAtEntry: "reject" },
    made: { kind: "stop_limit", stopPrice: 101 },
  },
  {
    code: "call_quantity_exceeded",
    limit: 9,
    rules: { phase: "auction", callLimits: { orders: 1, quantity: 9 } },
    made: {},
  },
];

test.each(refusals)(
  "$code ($field) is answered with the nearest value that would do",
  ({ rules, made, ...refusal }) => {
    const book = bookOf(rules);
    const events = submit(book, buy([1, 100, 10], made));
    expect(events).toEqual([{ type: "rejected", order: 1, ...refusal }]);
  },
);

test("a linked pair lies around the last price", () => {
  check({
    rules: { last: 100 },
    given: [buy([1, 99, 5], { link: 1 })],
    when: buy([2, 99, 5], { kind: "stop_limit", stopPrice: 100, link: 1 }),
    yields: [{ type: "rejected", code: "linked_prices_invalid", limit: 100 }],
  });
});

test("a second order of a link does not rest in a call", () => {
  check({
    rules: { phase: "auction" },
    given: [buy([1, 99, 5], { link: 1 })],
    when: buy([2, 98, 5], { link: 1 }),
    yields: [{ type: "rejected", code: "link_in_call" }],
  });
});

describe("amend and replace", () => {
  test.each([
    { change: { quantity: 6 }, kept: true },
    { change: { display: 2 }, kept: true },
    { change: { price: 100 }, kept: true },
    { change: { quantity: 12 }, kept: false },
    { change: { display: 5 }, kept: false },
    { change: { price: 99 }, kept: false },
  ])("$change keeps the priority: $kept", ({ change, kept }) => {
    check({
      given: [buy([1, 100, 10], { display: 4 })],
      when: { type: "amend", order: 1, account: 11, ...change },
      yields: [{ type: "amended", order: 1, keptPriority: kept }],
    });
  });

  test("takes size from the hidden part of an iceberg first", () => {
    const book = check({
      given: [sell([1, 100, 10], { display: 4 }), buy([2, 100, 1])],
      when: { type: "amend", order: 1, account: 11, quantity: 5 },
      yields: [{ type: "amended", keptPriority: true }],
    });
    expect(book.order(1)).toMatchObject({ leaves: 4, shown: 3 });
  });

  test("to what is filled or less cancels the rest", () => {
    check({
      given: [sell([1, 100, 10]), buy([2, 100, 6])],
      when: { type: "amend", order: 1, account: 11, quantity: 6 },
      yields: [{ type: "cancelled", order: 1, quantity: 4, reason: "amend" }],
    });
  });

  test("that is refused leaves the order in its place", () => {
    const book = check({
      given: [sell([1, 100, 10]), sell([2, 100, 10])],
      when: { type: "amend", order: 1, account: 11, price: 1_001 },
      yields: [{ type: "amend_rejected", code: "price_out_of_range", limit: 1_000 }],
    });
    expect(book.depth("sell")[0]?.orders).toEqual([1, 2]);
  });

  test("replaces with what the old order gives back", () => {
    const given = [{ type: "allocate", account: 11, cash: 1_000, goods: 0 } as const, buy([1, 100, 10])];
    const replace = { type: "replace", order: 1, account: 11, newOrder: 5 } as const;
    check({
      given,
      when: { ...replace, quantity: 11 },
      yields: [{ type: "amend_rejected", order: 1, code: "insufficient_funds", limit: 1_000 }],
    });
    check({
      given,
      when: { ...replace, price: 90, quantity: 11 },
      yields: [{ type: "replaced", order: 1, newOrder: 5 }],
    });
  });
});

describe("holds", () => {
  test("cover the worst fee of any way in which the order may fill", () => {
    const fees = { makerBps: -10, takerBps: 150, auctionBps: 20, minimum: 1 };
    const given = [{ type: "allocate", account: 11, cash: 1_019, goods: 0 } as const];
    check({
      rules: { fees },
      given,
      when: buy([1, 100, 10]),
      yields: [{ type: "rejected", code: "insufficient_funds", limit: 1_019 }],
    });
    const book = check({
      rules: { fees },
      given: [...given, sell([2, 99, 9])],
      when: buy([1, 100, 9]),
      yields: [{ type: "accepted" }, { type: "trade", makerFee: -1, takerFee: 13 }],
    });
    expect(book.account(11)).toEqual({ cash: 1_019 - 9 * 99 - 13, goods: 9, cashHeld: 0, goodsHeld: 0 });
  });

  test("are not given away by an allocation", () => {
    check({
      given: [{ type: "allocate", account: 11, cash: 0, goods: 9 }, sell([1, 100, 5])],
      when: { type: "allocate", account: 11, cash: 0, goods: -5 },
      yields: [{ type: "command_rejected", code: "insufficient_goods", limit: 4 }],
    });
  });
});

describe("mass cancel and block", () => {
  test("cancel by time what fits, and refuse what comes until unblocked", () => {
    const given = [buy([2, 99, 1], { account: 7 }), sell([1, 105, 1], { account: 7 })];
    const book = check({
      given,
      when: { type: "block", account: 7 },
      yields: [
        { type: "cancelled", order: 2, reason: "mass_cancel" },
        { type: "cancelled", order: 1, reason: "mass_cancel" },
        { type: "mass_cancelled", count: 2 },
        { type: "blocked", account: 7 },
      ],
    });
    expect(submit(book, buy([3, 99, 1], { account: 7 }))).toMatchObject([{ code: "account_blocked" }]);
  });
});

test("an empty book has the hash of its phase and three words", () => {
  let hash = 0x811c9dc5;
  for (const word of [3, -1, -1]) hash = Math.imul(hash ^ word, 0x01000193);
  expect(bookOf().hash()).toBe(hash >>> 0);
});

test.each([
  { maxPrice: 2 ** 40 },
  { minPrice: 1, maxPrice: 4_194_306 },
  { fees: { makerBps: 10_001, takerBps: 0, auctionBps: 0, minimum: 0 } },
  { fees: { makerBps: 0, takerBps: 0, auctionBps: 0, minimum: 2 } },
])("a book of %j is refused", (rules) => {
  expect(() => bookOf(rules)).toThrow(RangeError);
});
