import { problemOf } from "@kontor/protocol";
import { expect, test } from "vitest";
import { instrumentNamed } from "../src/watch/find-instrument.ts";
import { orderOutcomeWords, typedOrder } from "../src/watch/order-words.ts";
import type { MarketPicture } from "../src/watch/render-book.ts";
import { renderBook } from "../src/watch/render-book.ts";

const instrumentId = "0b0c1c1e-0000-7000-8000-000000000001";
const at = "2026-11-01T10:00:00Z";
const picture: MarketPicture = {
  status: {
    instrumentId,
    title: "Milling wheat",
    state: "listed",
    version: 1,
    currency: "EUR",
    unit: "TNE",
    tickSize: "0.25",
    quantityStep: "50",
    phase: "continuous",
    next: { phase: "closed", at: "2026-11-01T10:05:00Z" },
  },
  quote: {
    instrumentId,
    phase: "continuous",
    last: "212.50",
    bid: "212.25",
    ask: "212.75",
    low: "211.00",
    high: "213.00",
    volume: "1250",
    turnover: "265000.00",
    trades: 7,
  },
  book: {
    instrumentId,
    phase: "continuous",
    bids: { "212.00": { quantity: "1500", orders: 3 }, "212.25": { quantity: "100", orders: 1 } },
    asks: { "213.00": { quantity: "50", orders: 1 }, "212.75": { quantity: "200", orders: 2 } },
  },
  trades: {
    instrumentId,
    trades: {
      t9: { price: "212.25", quantity: "50", at, takerSide: "sell" },
      t10: { price: "212.50", quantity: "100", at, auction: true, busted: true },
    },
  },
  auction: undefined,
  own: undefined,
  serverNowMs: Date.parse(at),
  typed: "b 1",
  message: "",
  width: 100,
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what it takes away.
const plain = (lines: readonly string[]): string => lines.join("\n").replace(/\u001b\[\d+m/g, "");

test("phase and what follows, prices, both sides best first, trades newest first", () => {
  const text = plain(renderBook(picture));
  expect(text).toContain("continuous   closed in 5:00");
  expect(text).toMatch(/Last 212\.50 +Bid 212\.25 +Ask 212\.75/);
  expect(text).toMatch(/1 +100 +212\.25 {3}212\.75 +200 +2\n +3 +1,500 +212\.00 {3}213\.00 +50 +1/);
  expect(text).toMatch(/100 {2}auction busted\n.*50 {2}sell/);
  expect(text).toContain("Order  b 1_");
});

test("in a call it tells what would trade, and no book", () => {
  const auction = { instrumentId, phase: "auction", purpose: "opening" } as const;
  const { book: _, ...rest } = picture;
  const calling = { ...rest, book: { instrumentId, phase: "auction" } as const };
  const found = { ...auction, price: "212.50", quantity: "1250", surplus: "50", surplusSide: "buy" } as const;
  expect(plain(renderBook({ ...calling, auction: found }))).toContain(
    "Call auction: 1,250 would trade at 212.50, 50 left to buy.",
  );
  expect(plain(renderBook({ ...calling, auction }))).toContain("Call auction: nothing would trade yet.");
});

test("one's own position, balances and orders", () => {
  const order = { side: "buy", kind: "limit", tif: "gtc", filled: "0", at } as const;
  const orders = {
    o9: { ...order, state: "resting", price: "212.00", quantity: "100", leaves: "100" },
    o12: { ...order, state: "dormant", quantity: "50", leaves: "50" },
  } as const;
  const own = { orders, fills: {}, position: "-150", money: "5000.00", moneyHeld: "21200.00" };
  const text = plain(renderBook({ ...picture, own }));
  expect(text).toContain("Your position -150   money 5,000.00 (21,200.00 held)");
  expect(text).toMatch(/o12 +buy 50 at the market, dormant\n +o9 +buy 100 at 212\.00\n/);
});

test("a typed line is an order, a cancellation, or neither", () => {
  expect(typedOrder("b 100 212.50")).toEqual({ kind: "order", side: "buy", quantity: "100", price: "212.50" });
  expect(typedOrder(" s 50 ")).toEqual({ kind: "order", side: "sell", quantity: "50" });
  expect(typedOrder("c")).toEqual({ kind: "cancel" });
  for (const line of ["buy 100", "b", "s x", "100 212.50"]) expect(typedOrder(line)).toEqual({ kind: "unreadable" });
});

test("what came of an order is said in one line", () => {
  const receipt = (result: object) => ({ ok: true, receipt: { epoch: 1, seq: 1, at, result: { ...result } } }) as const;
  expect(orderOutcomeWords(receipt({ orderId: "x" }))).toBe("In the book.");
  expect(orderOutcomeWords(receipt({ fills: [{ price: "212.50", quantity: "1000" }] }))).toBe(
    "Traded 1,000 at 212.50.",
  );
  const cancelled = { quantity: "50", cause: "no_liquidity" };
  expect(orderOutcomeWords(receipt({ cancelled }))).toBe("Not traded. The rest, 50, was cancelled.");
  expect(orderOutcomeWords(receipt({ count: 2 }))).toBe("Cancelled 2 of your orders.");
  const problem = problemOf("off_tick", { limit: "1212.50" });
  expect(orderOutcomeWords({ ok: false, problem })).toMatch(/^Refused: .* The limit is 1,212\.50\.$/);
});

test("an instrument is found by its id or by a word of its title or grade", () => {
  const terms = { title: "Copper cathode", grade: "Grade A" };
  const instruments = [{ instrumentId, terms }] as unknown as Parameters<typeof instrumentNamed>[0];
  for (const name of [instrumentId, "copper", "grade a"]) {
    expect(instrumentNamed(instruments, name)?.instrumentId).toBe(instrumentId);
  }
  expect(instrumentNamed(instruments, "wheat")).toBeNull();
});
