import { factsOf } from "@kontor/testkit";
import { expect, test } from "vitest";
import { exchangeEngine } from "../../src/index.ts";
import type { Pit } from "./pit.ts";
import { instrumentId, openPit, pit, typesOf } from "./pit.ts";

const reason = "As planned.";

/** A call, trading, a self-trade, a bust. */
function day(place: Pit): void {
  const sends: readonly (readonly [string, string, string, string])[] = [
    ["ada", "buy", "210.25", "200"],
    ["bob", "sell", "209.75", "150"],
    ["eve", "buy", "210.00", "100"],
  ];
  place.run("set_phase", { phase: "auction", purpose: "opening", reason });
  for (const [company, side, price, quantity] of sends) place.by(company, "submit_order", { side, price, quantity });
  place.run("uncross_auction");
  place.by("eve", "submit_order", { side: "sell", price: "210.00", quantity: "100" });
  place.by("bob", "submit_order", { side: "sell", kind: "market", quantity: "50" });
  place.by("bob", "submit_order", { side: "sell", kind: "stop", stopPrice: "205", quantity: "50" });
}

test("a call opens the market at one price", () => {
  const place = openPit();
  place.run("set_phase", { phase: "auction", purpose: "opening", reason });
  place.by("ada", "submit_order", { side: "buy", price: "210.25", quantity: "200" });
  place.by("bob", "submit_order", { side: "sell", price: "209.75", quantity: "150" });
  expect(place.view()?.public).not.toHaveProperty("bids");
  const opened = place.run("uncross_auction");
  expect(opened.reply).toEqual({ instrumentId, phase: "continuous", price: "210.25", quantity: "150" });
  expect(typesOf(opened)).toEqual([
    "book_moved",
    "auction_held",
    "auction_filled",
    "auction_filled",
    "market_phase_changed",
  ]);
  expect(opened.events.slice(2, 4)).toMatchObject([
    { companyId: "ada", side: "buy", price: "210.25", quantity: "150", leaves: "50" },
    { companyId: "bob", side: "sell", price: "210.25", quantity: "150", leaves: "0" },
  ]);
});

test("recovery from the facts ends where the live book is, and goes on like it", () => {
  const place = openPit();
  day(place);
  let recovered = exchangeEngine.create();
  for (const { event, at } of factsOf(place.entries)) recovered = exchangeEngine.evolve(recovered, event, at);
  expect(recovered.instrument?.book.hash()).toBe(place.book().hash());
  expect(exchangeEngine.encode(recovered)).toEqual(exchangeEngine.encode(place.state()));
});

test("a snapshot is the book itself", () => {
  const place = openPit();
  day(place);
  const encoded = JSON.parse(JSON.stringify(exchangeEngine.encode(place.state())));
  const restored = exchangeEngine.decode(encoded);
  expect(restored.instrument?.book.hash()).toBe(place.book().hash());
  expect(exchangeEngine.encode(restored)).toEqual(encoded);
  expect(exchangeEngine.encode(exchangeEngine.decode({}))).toEqual({});
});

test("after an outage nothing trades until the operator reopens", () => {
  const place = openPit();
  const outage = place.sendOwn({ type: "report_outage", from: 1, to: 2 });
  expect(outage.events).toMatchObject([
    { type: "book_moved" },
    { type: "market_phase_changed", phase: "cancel_only", cause: "outage" },
    { type: "schedule_changed", next: null, resumption: null, held: true },
  ]);
  expect(place.sendOwn({ type: "report_outage", from: 1, to: 2 }).rejection?.code).toBe("nothing_due");
  expect(place.sendOwn({ type: "advance_time" }).rejection?.code).toBe("nothing_due");
});

test.each([
  [{ tickSize: "0.0001" }, "/tickSize", "whole_money_per_tick_and_step"],
  [{ minPrice: "50.10" }, "/minPrice", "whole_ticks"],
  [{ maxPrice: "20" }, "/maxPrice", "not_below_min_price"],
  [{ maxPrice: "90000000", quantityStep: "1", maxQuantity: "2000000000" }, "/maxPrice", "at_most_4194304_ticks_apart"],
  [{ maxQuantity: "100000000000" }, "/maxQuantity", "value_stays_exact"],
  [{ bands: { entry: { low: "220", high: "210" } } }, "/bands/entry/high", "not_below_low"],
])("terms with %j are refused with what is wrong", (changes, pointer, rule) => {
  const answer = pit(changes).draft();
  expect(answer.rejection).toMatchObject({ code: "terms_incomplete" });
  expect(answer.rejection).toHaveProperty("faults");
  expect((answer.rejection as { faults?: unknown }).faults).toContainEqual({ pointer, rule });
});
