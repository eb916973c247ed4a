import { expect, test } from "vitest";
import { stepped } from "../../src/exchange/instrument-grid.ts";
import { entryRange, protectedPrice, tradingRange } from "../../src/exchange/price-limits.ts";
import { edited, emptyDraft, orderCommand, orderKinds, ticketFaults } from "../../src/exchange/ticket.ts";
import { grid, wheat } from "./given.ts";

const facts = { last: "212.50", reference: "212.50" };
const range = tradingRange(grid, wheat, facts);
const faultsOf = (change: Partial<typeof emptyDraft>) =>
  ticketFaults({ ...emptyDraft, ...change }, { grid, terms: wheat, range });

test("an empty ticket says what is missing, a right one nothing", () => {
  expect(faultsOf({})).toEqual([
    { field: "price", wrong: "missing" },
    { field: "quantity", wrong: "missing" },
  ]);
  expect(faultsOf({ price: "212.25", quantity: "50" })).toEqual([]);
  expect(faultsOf({ price: "212.5", quantity: "25000" })).toEqual([]);
});

test("a wrong value is told with its neighbours, also one that is finer than any price", () => {
  const price = (text: string) => faultsOf({ price: text, quantity: "50" });
  expect(price("212.30")).toEqual([{ field: "price", wrong: "off_step", below: "212.25", above: "212.50" }]);
  expect(price("212.251")).toEqual([{ field: "price", wrong: "off_step", below: "212.25", above: "212.50" }]);
  expect(price("212.250")).toEqual([]);
  const quantity = (text: string) => faultsOf({ price: "212.25", quantity: text });
  expect(quantity("130")).toEqual([{ field: "quantity", wrong: "off_step", below: "100", above: "150" }]);
  expect(quantity("0.5")).toEqual([{ field: "quantity", wrong: "off_step", below: null, above: "50" }]);
  expect(quantity("0")).toEqual([{ field: "quantity", wrong: "too_low", limit: "50" }]);
  expect(quantity("25050")).toEqual([{ field: "quantity", wrong: "too_high", limit: "25000" }]);
});

test("outside the bands nothing is sent, and the band is named", () => {
  expect(faultsOf({ price: "218.75", quantity: "50" })).toEqual([
    { field: "price", wrong: "too_high", limit: "218.50" },
  ]);
  expect(entryRange(grid, wheat)).toEqual({ low: 5000n, high: 80000n });
});

test("an iceberg shows at most what it is", () => {
  const iceberg = { kind: "iceberg", price: "212.25", quantity: "200" } as const;
  expect(faultsOf({ ...iceberg, display: "250" })).toEqual([{ field: "display", wrong: "too_high", limit: "200" }]);
  expect(faultsOf({ ...iceberg, display: "50" })).toEqual([]);
});

test("a protected market order is a limit at the edge that was shown, never naked", () => {
  const limit = (side: "buy" | "sell", best: string | undefined) => protectedPrice(grid, wheat, { side, best, facts });
  expect(limit("buy", "212.75")).toBe(21675n);
  expect(limit("buy", "217.00")).toBe(21850n);
  expect(limit("sell", "212.25")).toBe(20825n);
  expect(limit("buy", undefined)).toBe(21850n);
  const draft = { ...emptyDraft, kind: "market", quantity: "50", tif: "ioc" } as const;
  expect(orderCommand(draft, { instrumentId: "i", protectedLimit: "216.75" })).toMatchObject({
    kind: "limit",
    price: "216.75",
    tif: "ioc",
  });
});

test("a time in force that does not fit becomes the proposed one", () => {
  const market = edited(emptyDraft, { kind: "market" }, "continuous");
  expect(market.tif).toBe("ioc");
  expect(edited({ ...market, tif: "fok" }, { side: "sell" }, "continuous").tif).toBe("fok");
  expect(edited({ ...emptyDraft, tif: "ioc" }, { price: "212.00" }, "auction").tif).toBe("gtc");
});

test("a naked stop is not offered where the venue protects no market order", () => {
  expect(orderKinds({}, "continuous")).not.toContain("stop");
  expect(orderKinds(wheat, "continuous")).toContain("stop");
  expect(orderKinds(wheat, "auction")).not.toContain("market");
  expect(orderKinds(wheat, "closed")).toEqual([]);
});

test("arrows go along the grid, from off it onto it first", () => {
  expect(stepped(grid, 21225n, 1)).toBe(21250n);
  expect(stepped(grid, 21230n, 1)).toBe(21250n);
  expect(stepped(grid, 21230n, -1)).toBe(21225n);
  expect(stepped(grid, 21225n, -10)).toBe(20975n);
  expect(stepped(grid, 25n, -1)).toBe(25n);
});
