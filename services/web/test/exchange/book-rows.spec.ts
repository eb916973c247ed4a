import { formatDecimal } from "@kontor/kernel";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bookRows, groupings, reachOf } from "../../src/exchange/book-rows.ts";
import { grid, level, ownOrder } from "./given.ts";

const bids = [level("212.25", "50"), level("212.00", "100"), level("211.75", "200")];
const asks = [level("212.75", "150"), level("213.00", "50")];

test("rows add up from the best, and the deeper side fills the width", () => {
  const rows = bookRows(grid, { bids, asks, own: [], grouping: 1, rowsMax: 15 });
  expect(rows.bids.map(({ price, cumulative, depth }) => [price, cumulative, depth])).toEqual([
    ["212.25", 50n, 142],
    ["212.00", 150n, 428],
    ["211.75", 350n, 1000],
  ]);
  expect(rows.asks.map(({ cumulative }) => cumulative)).toEqual([150n, 200n]);
  expect(rows.spread).toBe("0.50");
});

test("a grouped row lies away from the middle, so that it promises nothing better than it has", () => {
  const rows = bookRows(grid, { bids, asks, own: [], grouping: 2, rowsMax: 15 });
  expect(rows.bids.map(({ price, quantity }) => [price, quantity])).toEqual([
    ["212.00", 150n],
    ["211.50", 200n],
  ]);
  expect(rows.asks.map(({ price }) => price)).toEqual(["213.00"]);
});

test("own resting orders are marked in their row, others are not", () => {
  const own = [
    ownOrder({ price: "212.25", leaves: "50" }),
    ownOrder({ price: "212.00", leaves: "50" }),
    ownOrder({ price: "212.00", state: "dormant" }),
    ownOrder({ price: "212.75", side: "sell", leaves: "100" }),
  ];
  const rows = bookRows(grid, { bids, asks, own, grouping: 2, rowsMax: 15 });
  expect(rows.bids.map((row) => row.own)).toEqual([100n, 0n]);
  expect(rows.asks.map((row) => row.own)).toEqual([100n]);
});

test("up to a level: its average with two digits more, and the exact total", () => {
  const [, second] = bookRows(grid, { bids, asks, own: [], grouping: 1, rowsMax: 15 }).bids;
  expect(second && reachOf(grid, second)).toEqual({ quantity: "150", average: "212.0833", total: "31812.50" });
});

test("grouping loses no quantity, and every row lies on its side of the levels in it", () => {
  const ticks = fc.uniqueArray(fc.integer({ min: 400, max: 900 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(ticks, fc.constantFrom(...groupings), (prices, grouping) => {
      const levels = prices.sort((a, b) => a - b).map((price) => level(formatDecimal(BigInt(price) * 25n, 2), "50"));
      const rows = bookRows(grid, { bids: [], asks: levels, own: [], grouping, rowsMax: 999 }).asks;
      expect(rows.reduce((sum, row) => sum + row.quantity, 0n)).toBe(BigInt(levels.length) * 50n);
      expect(Number(rows[0]?.price)).toBeGreaterThanOrEqual(Number(levels[0]?.price));
      expect(new Set(rows.map(({ price }) => price)).size).toBe(rows.length);
    }),
  );
});
