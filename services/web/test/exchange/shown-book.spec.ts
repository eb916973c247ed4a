import { expect, test } from "vitest";
import { bookRows } from "../../src/exchange/book-rows.ts";
import { ShownBook } from "../../src/exchange/shown-book.ts";
import { grid, level } from "./given.ts";

const rowsOf = (...prices: string[]) =>
  bookRows(grid, { bids: prices.map((price) => level(price, "50")), asks: [], own: [], grouping: 1, rowsMax: 15 });

test("nothing moves under the pointer, and all of it comes when the pointer leaves", () => {
  const shown = new ShownBook();
  shown.update(rowsOf("212.00", "211.75"), 0);
  shown.freeze();
  shown.update(rowsOf("212.50", "212.25"), 1000);
  expect(shown.rows.bids.map(({ price }) => price)).toEqual(["212.00", "211.75"]);
  shown.release(2000);
  expect(shown.rows.bids.map(({ price }) => price)).toEqual(["212.50", "212.25"]);
});

test("a click sets the price that stands there, and nothing where no row is", () => {
  const shown = new ShownBook();
  shown.update(rowsOf("212.00"), 0);
  expect(shown.pick("buy", 0, 10)).toEqual({ kind: "price", price: "212.00" });
  expect(shown.pick("buy", 1, 10)).toBeNull();
  expect(shown.pick("sell", 0, 10)).toBeNull();
});

test("a frozen level that has gone sets nothing, and one that is still there does", () => {
  const shown = new ShownBook();
  shown.update(rowsOf("212.00", "211.75"), 0);
  shown.freeze();
  shown.update(rowsOf("211.75"), 5000);
  expect(shown.pick("buy", 0, 9000)).toEqual({ kind: "moved" });
  expect(shown.pick("buy", 1, 9000)).toEqual({ kind: "price", price: "211.75" });
  expect(shown.rows.bids.map((row) => shown.isGone(row))).toEqual([true, false]);
});

test("a row that took another's place within 300 ms before the click was not meant", () => {
  const shown = new ShownBook();
  shown.update(rowsOf("212.00"), 0);
  shown.update(rowsOf("212.25"), 1000);
  expect(shown.pick("buy", 0, 1299)).toEqual({ kind: "moved" });
  expect(shown.pick("buy", 0, 1300)).toEqual({ kind: "price", price: "212.25" });
});

test("leaving the book and clicking at once is about rows that were not seen either", () => {
  const shown = new ShownBook();
  shown.update(rowsOf("212.00"), 0);
  shown.freeze();
  shown.update(rowsOf("211.00"), 100);
  shown.release(2000);
  expect(shown.pick("buy", 0, 2100)).toEqual({ kind: "moved" });
});
