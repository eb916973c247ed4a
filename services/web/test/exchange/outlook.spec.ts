import { expect, test } from "vitest";
import type { Confirmation, ConfirmFacts } from "../../src/exchange/confirm-level.ts";
import { confirmationOf, medianOf } from "../../src/exchange/confirm-level.ts";
import { creditAfter, crossedOwn, outlookOf } from "../../src/exchange/outlook.ts";
import { account, grid, level, ownOrder, wheat } from "./given.ts";

const asks = [level("212.75", "150"), level("213.00", "50"), level("213.50", "400")];
const { fees } = wheat;
const buy = (limit: bigint, quantity: bigint, rests = true) => ({ side: "buy", limit, quantity, rests }) as const;

test("what trades now and what rests, at which prices and for what", () => {
  expect(outlookOf(grid, buy(21300n, 300n), { opposite: asks, fees })).toEqual({
    tradesNow: "200",
    restsAfter: "100",
    shareNow: 666,
    average: "212.8125",
    worst: "213.00",
    total: "63862.50",
    // 42,562.50 at 3 basis points, less a rebate of 1 on 21,300.00.
    fees: "10.64",
    levelsEmptied: 2,
  });
});

test("what does not rest costs nothing beyond what trades", () => {
  const outlook = outlookOf(grid, buy(21300n, 300n, false), { opposite: asks, fees });
  expect(outlook).toMatchObject({ tradesNow: "200", restsAfter: "0", total: "42562.50", worst: "213.00" });
});

test("below the best offer everything rests", () => {
  expect(outlookOf(grid, buy(21200n, 50n), { opposite: asks, fees })).toMatchObject({
    tradesNow: "0",
    average: null,
    worst: "212.00",
    total: "10600.00",
    fees: "-1.06",
  });
});

test("a buy holds its limit and the highest fee, a sell its goods", () => {
  const own = account({ money: "20000.00", moneyHeld: "5000.00", goods: "100", goodsHeld: "50" });
  expect(creditAfter(grid, buy(21200n, 50n), { own, terms: wheat })).toEqual({
    kind: "money",
    available: "15000.00",
    after: "4396.82",
    short: null,
  });
  const sell = { side: "sell", limit: 21200n, quantity: 100n, rests: true } as const;
  expect(creditAfter(grid, sell, { own, terms: wheat })).toEqual({
    kind: "goods",
    available: "50",
    after: "-50",
    short: "50",
  });
  const onTrust = { ...wheat, holds: "none" } as const;
  expect(creditAfter(grid, sell, { own: account({}), terms: onTrust })).toEqual({ kind: "on_trust" });
});

test("the own order that would be met is named", () => {
  const orders = { o3: ownOrder({ side: "sell", price: "213.00" }), o4: ownOrder({ price: "210.00" }) };
  expect(crossedOwn(grid, buy(21300n, 50n), orders)).toEqual({ name: "o3", price: "213.00" });
  expect(crossedOwn(grid, buy(21275n, 50n), orders)).toBeNull();
});

const calm = {
  price: 21250n,
  reference: 21250n,
  quantity: 50n,
  medianQuantity: 50n,
  levelsEmptied: 0,
  range: { low: 20650n, high: 21850n },
};

test.each<[string, Partial<ConfirmFacts>, Partial<Confirmation>]>([
  ["in band and size", {}, { level: 0, reasons: [] }],
  ["2 % off", { price: 21675n }, { level: 0, reasons: [] }],
  ["a hair more", { price: 21676n }, { level: 1, reasons: ["far_price"] }],
  ["more than 5 % off", { price: 22350n, range: { low: 1n, high: 80000n } }, { level: 2, reasons: ["far_price"] }],
  ["five times the usual", { quantity: 250n }, { level: 0, reasons: [] }],
  ["more than that", { quantity: 251n }, { level: 1, reasons: ["large_size"] }],
  ["four levels emptied", { levelsEmptied: 4 }, { level: 2, reasons: ["empties_levels"] }],
  ["outside the band", { price: 21875n }, { level: 3, reasons: ["outside_band", "far_price"] }],
  [
    "nothing known to hold it against",
    { reference: null, medianQuantity: null, quantity: 25000n },
    { level: 0, reasons: [] },
  ],
])("what is asked before an order is sent: %s", (_, change, expected) => {
  expect(confirmationOf({ ...calm, ...change })).toMatchObject(expected);
});

test("the median of an even number is the lower of both", () => {
  expect(medianOf([400n, 50n, 100n, 200n])).toBe(100n);
  expect(medianOf([])).toBeNull();
});
