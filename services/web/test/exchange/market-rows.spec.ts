import { expect, test } from "vitest";
import { liveOrderRows, orderRowOf } from "../../src/exchange/own-orders.ts";
import { callOutlook, nextPhase, timesInForce } from "../../src/exchange/phases.ts";
import { directionOf, tapeRows, tapeRowsMax } from "../../src/exchange/tape.ts";
import { ownOrder } from "./given.ts";

const instrumentId = "018f0000-0000-7000-8000-000000000001";
const at = "2026-11-22T10:00:00.000000Z";

test("live orders come newest first, each with the word of its state", () => {
  const orders = {
    o2: ownOrder({}),
    o10: ownOrder({ filled: "50.00", leaves: "50" }),
    o11: ownOrder({ state: "dormant" }),
    o12: ownOrder({ state: "parked" }),
    o13: ownOrder({}),
  };
  const rows = liveOrderRows(instrumentId, orders, new Set([`${instrumentId}-o13`]));
  expect(rows.map(({ name, word }) => [name, word])).toEqual([
    ["o13", "cancel_sent"],
    ["o12", "parked"],
    ["o11", "waiting"],
    ["o10", "part_filled"],
    ["o2", "open"],
  ]);
});

test.each([
  [{ state: "filled" }, "filled"],
  [{ state: "cancelled", cause: "expired" }, "expired"],
  [{ state: "cancelled", cause: "mass_cancel" }, "cancelled"],
] as const)("an order that ended: %j", (end, word) => {
  const { state: _, ...order } = ownOrder({});
  const record = { ...order, orderId: `${instrumentId}-o7`, instrumentId, companyId: "c", ...end };
  expect(orderRowOf(record)).toMatchObject({ name: "o7", word });
});

const trade = (price: string) => ({ price, quantity: "50", at, takerSide: "buy" as const });

test("the tape keeps what the stream no longer holds, and takes what it says anew", () => {
  const before = tapeRows([], { t8: trade("1"), t9: trade("2"), t10: trade("3") });
  expect(before.map(({ name }) => name)).toEqual(["t10", "t9", "t8"]);
  const after = tapeRows(before, { t9: { ...trade("2"), busted: true }, t10: trade("3"), t11: trade("4") });
  expect(after.map(({ name, busted }) => [name, busted])).toEqual([
    ["t11", undefined],
    ["t10", undefined],
    ["t9", true],
    ["t8", undefined],
  ]);
  const many = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`t${index + 1}`, trade("1")]));
  expect(tapeRows([], many)).toHaveLength(tapeRowsMax);
});

test("only who came to the book gives a direction", () => {
  const [row] = tapeRows([], { t1: { price: "1", quantity: "50", at, auction: true } });
  expect(row && directionOf(row)).toBe("none");
});

test("the next phase counts down by the server's time and stays at zero until the server says so", () => {
  const next = { phase: "continuous", at: "2026-11-22T10:00:10.000000Z" } as const;
  expect(nextPhase({ next }, Date.parse(at))).toMatchObject({ phase: "continuous", remainingMs: 10_000 });
  expect(nextPhase({ next }, Date.parse(at) + 60_000)?.remainingMs).toBe(0);
  expect(nextPhase({}, 0)).toBeNull();
});

test("a call shows what it would trade and what is left over, outside a call there is nothing of it", () => {
  const call = { instrumentId, phase: "auction", price: "212.50", quantity: "500" } as const;
  expect(callOutlook({ ...call, surplus: "150", surplusSide: "buy" })).toEqual({
    kind: "price",
    price: "212.50",
    quantity: "500",
    imbalance: { side: "buy", quantity: "150" },
  });
  expect(callOutlook({ instrumentId, phase: "auction" })).toEqual({ kind: "no_price" });
  expect(callOutlook({ instrumentId, phase: "continuous" })).toBeNull();
});

test("orders that must trade at once have no place in a call", () => {
  expect(timesInForce("limit", "auction")).toEqual(["gtc", "day", "auction"]);
  expect(timesInForce("limit", "continuous")).toContain("fok");
  expect(timesInForce("market", "continuous")[0]).toBe("ioc");
});
