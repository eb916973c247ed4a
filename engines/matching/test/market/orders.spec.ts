import { operatorOf } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { instrumentId, openPit, pit, start, typesOf } from "./pit.ts";

const order = (number: number): string => `${instrumentId}-o${number}`;
const trade = (number: number): string => `${instrumentId}-t${number}`;
const reason = "As planned.";

describe("an order", () => {
  test("rests, trades at the maker's price and is told in the instrument's own units", () => {
    const place = openPit();
    const sell = place.by("ada", "submit_order", { side: "sell", price: "212.50", quantity: "300" });
    expect(sell.reply).toEqual({ orderId: order(1) });
    const buy = place.by("bob", "submit_order", { side: "buy", price: "213.00", quantity: "100", tif: "ioc" });
    expect(buy.reply).toEqual({
      orderId: order(2),
      fills: [{ tradeId: trade(1), price: "212.50", quantity: "100", leaves: "0", fee: "0.00" }],
    });
    expect(buy.events.at(-1)).toEqual({
      type: "trade_made",
      instrumentId,
      tradeId: trade(1),
      price: "212.50",
      quantity: "100",
      takerSide: "buy",
      maker: { orderId: order(1), companyId: "ada", leaves: "200", fee: "0.00" },
      taker: { orderId: order(2), companyId: "bob", leaves: "0", fee: "0.00" },
    });
    expect(place.view()?.public).toMatchObject({
      phase: "continuous",
      bids: {},
      asks: { "212.50": { quantity: "200", orders: 1 } },
    });
  });

  test("is amended, replaced and cancelled by its company alone", () => {
    const place = openPit();
    place.by("ada", "submit_order", { side: "sell", price: "212.50", quantity: "300" });
    for (const type of ["cancel_order", "amend_order"] as const) {
      expect(
        typesOf(place.by("bob", type, { orderId: order(1), ...(type === "amend_order" && { quantity: "50" }) })),
      ).toEqual(["unknown_order"]);
    }
    expect(place.by("ada", "amend_order", { orderId: order(1), quantity: "200" }).events.at(-1)).toMatchObject({
      type: "order_amended",
      keptPriority: true,
      quantity: "200",
    });
    const replaced = place.by("ada", "replace_order", { orderId: order(1), price: "214.00", quantity: "100" });
    expect(replaced.reply).toEqual({ orderId: order(2) });
    expect(typesOf(place.by("ada", "cancel_order", { orderId: order(1) }))).toEqual(["unknown_order"]);
    expect(place.by("ada", "cancel_order", { orderId: order(2) }).reply).toEqual({
      orderId: order(2),
      cancelled: { quantity: "100", cause: "user" },
    });
    expect(place.state().instrument?.orders.size).toBe(0);
  });

  test.each([
    [{ price: "212.60" }, { code: "off_tick", pointer: "/price", limit: "212.50" }],
    [{ quantity: "120" }, { code: "off_quantity_step", pointer: "/quantity", limit: "100" }],
    [{ price: "2000" }, { code: "price_out_of_range", limit: "1000.00" }],
    [{ quantity: "50050" }, { code: "quantity_too_large", limit: "50000" }],
    [{ kind: "market" }, { code: "combination_not_allowed", pointer: "/price" }],
    [{ expiresAt: "2031-03-03T07:00:00Z", tif: "gtd" }, { code: "expiry_passed" }],
  ])("%j is refused with what would have done", (members, rejection) => {
    const place = openPit();
    const answer = place.by("ada", "submit_order", { side: "buy", price: "212.50", quantity: "100", ...members });
    expect(answer.rejection).toMatchObject(rejection);
    expect(place.book().depth("buy")).toEqual([]);
  });

  test("that is dated ends on time, though nothing else happens", () => {
    const place = openPit();
    const dated = { side: "buy", price: "210", quantity: "50", tif: "gtd", expiresAt: "2031-03-03T09:00:00Z" };
    place.by("ada", "submit_order", dated);
    place.pass(2 * 3_600_000);
    const last = place.entries.at(-1);
    expect(last?.at).toBe(start + 3_600_000_000);
    expect(last?.decision).toMatchObject({ events: [{ type: "book_moved" }, { orderId: order(1), cause: "expired" }] });
  });
});

describe("who may do what", () => {
  test("the market is the operator's, orders are the companies'", () => {
    const place = openPit();
    const phase = place.by("ada", "set_phase", { phase: "halt", reason });
    expect(typesOf(phase)).toEqual(["not_operator"]);
    const terms = { side: "buy", price: "210", quantity: "50" };
    expect(typesOf(place.run("submit_order", terms))).toEqual(["not_trader"]);
    expect(typesOf(place.send(operatorOf("grain"), "cancel_orders"))).toEqual(["instrument_not_found"]);
    expect(typesOf(pit().by("ada", "submit_order", terms))).toEqual(["instrument_not_found"]);
  });

  test("a blocked company has no orders and gets none", () => {
    const place = openPit();
    const terms = { side: "buy", price: "210", quantity: "50" };
    place.by("ada", "submit_order", terms);
    const blocked = place.run("block_trader", { companyId: "ada", reason });
    expect(typesOf(blocked)).toEqual(["book_moved", "order_cancelled", "orders_cancelled", "trader_blocked"]);
    expect(typesOf(place.by("ada", "submit_order", terms))).toEqual(["account_blocked"]);
    place.run("unblock_trader", { companyId: "ada", reason });
    expect(place.by("ada", "submit_order", terms).rejection).toBeNull();
  });
});

describe("a trading account", () => {
  test("is held to what was allocated, with what is available in the refusal", () => {
    const place = openPit();
    place.allocate("ada", "25000.00", "0");
    place.by("ada", "submit_order", { side: "buy", price: "200", quantity: "100" });
    expect(place.view("account")?.own.get("ada")).toMatchObject({
      money: "25000.00",
      moneyHeld: "20000.00",
      goods: "0",
      goodsHeld: "0",
    });
    const second = place.by("ada", "submit_order", { side: "buy", price: "200", quantity: "50" });
    expect(second.rejection).toMatchObject({ code: "insufficient_funds", limit: "5000.00" });
    expect(place.by("ada", "submit_order", { side: "sell", price: "250", quantity: "50" }).rejection).toMatchObject({
      code: "insufficient_goods",
      limit: "0",
    });
  });
});
