import { describe, expect, test } from "vitest";
import type { Pit } from "./pit.ts";
import { instrumentId, openPit, typesOf } from "./pit.ts";

const reason = "As planned.";
const id = (number: number): string => `${instrumentId}-o${number}`;

function buy(place: Pit, company = "ada", price = "200") {
  return place.by(company, "submit_order", { side: "buy", price, quantity: "50" });
}

describe("an order rate", () => {
  const orderRate = { perSecond: 2, burst: 3 };

  test("takes a burst, then what flows in, and tells when the next may come", () => {
    const place = openPit({ orderRate });
    for (let count = 0; count < 3; count++) expect(buy(place).rejection).toBeNull();
    const refused = buy(place);
    expect(refused.rejection).toEqual({ code: "order_rate_exceeded", limit: 2, retryAfterMs: 500 });
    place.pass(499);
    expect(buy(place).rejection).toMatchObject({ retryAfterMs: 2 }); // Stamps of one instant are microseconds apart.
    place.pass(2);
    expect(buy(place).rejection).toBeNull();
    expect(typesOf(buy(place))).toEqual(["order_rate_exceeded"]);
    place.pass(86_400_000);
    for (let count = 0; count < 3; count++) expect(buy(place).rejection).toBeNull();
    expect(typesOf(buy(place))).toEqual(["order_rate_exceeded"]);
  });

  test("counts amendments and replacements, not what was refused, and never a cancel", () => {
    const place = openPit({ orderRate });
    buy(place);
    place.by("ada", "submit_order", { side: "buy", price: "200.10", quantity: "50" });
    expect(place.by("ada", "amend_order", { orderId: id(1), price: "199" }).rejection).toBeNull();
    expect(place.by("ada", "replace_order", { orderId: id(1), price: "198", quantity: "50" }).rejection).toBeNull();
    expect(typesOf(place.by("ada", "amend_order", { orderId: id(2), price: "199" }))).toEqual(["order_rate_exceeded"]);
    expect(place.by("ada", "cancel_order", { orderId: id(2) }).rejection).toBeNull();
    expect(place.by("ada", "cancel_orders").rejection).toBeNull();
    expect(buy(place, "bob").rejection).toBeNull();
  });
});

describe("orders to trades", () => {
  const orderToTrade = { ratio: 2, free: 2 };

  test("are bounded by the day's trades, each of which gives room for more", () => {
    const place = openPit({ orderToTrade });
    buy(place);
    buy(place);
    expect(buy(place).rejection).toEqual({ code: "order_to_trade_exceeded", limit: 2 });
    expect(place.by("ada", "cancel_order", { orderId: id(2) }).rejection).toBeNull();
    place.by("bob", "submit_order", { side: "sell", price: "200", quantity: "50" });
    buy(place);
    buy(place);
    expect(buy(place).rejection).toEqual({ code: "order_to_trade_exceeded", limit: 4 });
  });

  test("begin anew when the market has closed", () => {
    const place = openPit({ orderToTrade });
    buy(place);
    buy(place);
    expect(typesOf(buy(place))).toEqual(["order_to_trade_exceeded"]);
    for (const phase of ["closed", "continuous"]) place.run("set_phase", { phase, reason });
    expect(buy(place).rejection).toBeNull();
  });

  test("count an amendment down to nothing too", () => {
    const place = openPit({ orderToTrade });
    place.by("bob", "submit_order", { side: "sell", price: "200", quantity: "50" });
    place.by("ada", "submit_order", { side: "buy", price: "200", quantity: "100" });
    const ended = place.by("ada", "amend_order", { orderId: id(2), quantity: "50" });
    expect(ended.events.at(-1)).toMatchObject({ type: "order_cancelled", cause: "amend" });
    for (let count = 0; count < 2; count++) expect(buy(place).rejection).toBeNull();
    expect(buy(place).rejection).toMatchObject({ code: "order_to_trade_exceeded", limit: 4 });
  });
});

describe("holds", () => {
  test("keep out who was never given anything, by side, after everything else that is wrong", () => {
    const place = openPit({ holds: "allocated" });
    expect(buy(place).rejection).toEqual({ code: "insufficient_funds", limit: "0.00" });
    const sell = { side: "sell", price: "200", quantity: "50" };
    expect(place.by("ada", "submit_order", sell).rejection).toEqual({ code: "insufficient_goods", limit: "0" });
    expect(buy(place, "ada", "2000").rejection).toMatchObject({ code: "price_out_of_range" });
    expect(place.by("ada", "submit_order", { ...sell, tif: "at_open" }).rejection).toMatchObject({
      code: "insufficient_goods",
    });
    place.allocate("ada", "10000.00", "0");
    expect(buy(place).rejection).toBeNull();
    expect(buy(place, "bob").rejection).toMatchObject({ code: "insufficient_funds" });
  });

  test("are none where trade is on trust", () => {
    expect(buy(openPit({ holds: "none" })).rejection).toBeNull();
  });

  test("keep balances from getting too large, or an account from giving what it has not", () => {
    const place = openPit({ holds: "allocated" });
    expect(place.allocate("ada", "-1.00", "0").rejection).toMatchObject({ code: "insufficient_funds", limit: "0.00" });
    expect(buy(place).rejection).toMatchObject({ code: "insufficient_funds" });
    expect(place.allocate("ada", "45035996273704.97", "0").rejection).toMatchObject({ code: "balance_too_large" });
  });
});

describe("orders of a session", () => {
  const order = { side: "buy", price: "200", quantity: "50" };

  test("are cancelled by its number, by side, or those that a disconnect ends", () => {
    const place = openPit();
    place.by("ada", "submit_order", { ...order, session: 7, cancelOnDisconnect: true });
    place.by("ada", "submit_order", { ...order, session: 7 });
    place.by("ada", "submit_order", { ...order, session: 8, cancelOnDisconnect: true });
    place.by("ada", "submit_order", { ...order, side: "sell", price: "220", session: 7 });
    place.by("bob", "submit_order", { ...order, session: 7, cancelOnDisconnect: true });
    const cancel = (members: object) => place.by("ada", "cancel_orders", { ...members }).reply;
    expect(cancel({ session: 7, onDisconnect: true })).toEqual({ count: 1 });
    expect(cancel({ session: 7, side: "sell" })).toEqual({ count: 1 });
    expect(cancel({ session: 9 })).toEqual({ count: 0 });
    expect(cancel({})).toEqual({ count: 2 });
    expect(place.book().depth("buy")).toHaveLength(1);
  });

  test("name it when a disconnect is to cancel them", () => {
    const place = openPit();
    expect(place.by("ada", "submit_order", { ...order, cancelOnDisconnect: true }).rejection).toEqual({
      code: "combination_not_allowed",
      pointer: "/session",
    });
  });
});
