import type { InstrumentTermsInput } from "@kontor/protocol";
import { newId, requireReceipt, requireValue } from "@kontor/sdk";
import { wheatTerms } from "@kontor/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openMarket } from "../world/instruments.ts";
import { problemIn, refused } from "../world/outcomes.ts";
import { takePart } from "../world/people.ts";
import { openRawSocket } from "../world/raw-socket.ts";
import { act } from "../world/tenders.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const patience = { timeoutMs: 15_000 };
const reason = "As planned.";

const market = (terms: Partial<InstrumentTermsInput> = {}) =>
  openMarket({ marketplaceId: world.marketplaceId, operator: world.operator, terms });

const buying = { type: "submit_order", side: "buy", price: "212.50", quantity: "100" } as const;
const selling = { ...buying, side: "sell" } as const;

describe("an instrument's life", () => {
  test("is a draft that only staff see, then listed for everybody with fixed terms", async () => {
    const { operator, anna, auditor, marketplaceId } = world;
    const instrumentId = newId();
    const draft = { type: "draft_instrument", marketplaceId, instrumentId, terms: wheatTerms() } as const;
    await refused(anna.boss, draft, "forbidden");
    await act(operator, draft);
    const status = `status:${instrumentId}` as const;
    await expect(anna.boss.live().until(status, () => true, patience)).rejects.toMatchObject({
      problem: { code: "not_found" },
    });
    const seen = await auditor.live().until(status, () => true, patience);
    expect(seen.view).toMatchObject({ state: "draft", version: 1 });
    const revised = wheatTerms({ title: "Milling wheat 12.5 %, revised" });
    await act(operator, { type: "revise_instrument", instrumentId, expectedVersion: 1, terms: revised });
    await refused(operator, { type: "list_instrument", instrumentId, expectedVersion: 1 }, "version_stale");
    await refused(anna.boss, { ...buying, instrumentId }, "not_found");
    await act(operator, { type: "list_instrument", instrumentId, expectedVersion: 2 });
    const listed = await anna.boss.live().until(status, ({ state }) => state === "listed", patience);
    expect(listed.view).toMatchObject({ title: revised.title, phase: "closed" });
    const again = { type: "revise_instrument", instrumentId, expectedVersion: 2, terms: wheatTerms() } as const;
    await refused(operator, again, "instrument_not_draft");
  });

  test("terms whose price times quantity could pass exact numbers are refused when it is drafted", async () => {
    const { operator, marketplaceId } = world;
    const terms = wheatTerms({ maxPrice: "1000000", maxQuantity: "100000000000" });
    const draft = { type: "draft_instrument", marketplaceId, instrumentId: newId(), terms } as const;
    const problem = await refused(operator, draft, "terms_incomplete");
    expect(problem["faults"]).toContainEqual({ pointer: "/maxQuantity", rule: "value_stays_exact" });
  });
});

describe("trading over real sockets", () => {
  test("two orders meet at the resting one's price, and everyone's streams tell the same", async () => {
    const { anna, bert, observer } = world;
    const { instrumentId } = await market();
    const book = observer.boss.live().subscribe(`book:${instrumentId}`);
    const sold = await act(anna.boss, { ...selling, instrumentId });
    const { view: resting } = await book.until(({ asks }) => Object.keys(asks ?? {}).length === 1, patience);
    expect(resting).toMatchObject({ bids: {}, asks: { "212.50": { quantity: "100", orders: 1 } } });
    const order = { instrumentId, side: "buy", price: "213.00", quantity: "150" } as const;
    const bought = requireReceipt(await bert.boss.live().commands.submitOrder(order));
    expect(bought.result).toMatchObject({ fills: [{ price: "212.50", quantity: "100" }] });
    const { view } = await book.until(({ bids }) => Object.keys(bids ?? {}).length === 1, patience);
    expect(view).toMatchObject({ bids: { "213.00": { quantity: "50", orders: 1 } }, asks: {} });
    const account = `account:${instrumentId}` as const;
    const done = await anna.boss.live().until(account, (_, own) => own?.position === "-100", patience);
    expect(Object.keys(done.own?.orders ?? {})).toEqual([]);
    expect(sold.result["orderId"]).toBe(`${instrumentId}-o1`);
    const trades = await observer.boss.live().until(`trades:${instrumentId}`, ({ trades: t }) => "t1" in t, patience);
    expect(trades.view.trades["t1"]).toMatchObject({ price: "212.50", quantity: "100", takerSide: "buy" });
    const quote = await observer.boss.live().until(`quote:${instrumentId}`, ({ last }) => last !== undefined, patience);
    expect(quote.view).toMatchObject({ last: "212.50", bid: "213.00", volume: "100", trades: 1 });
    book.close();
  });

  test("a call gathers orders, shows what it would trade, and trades it at one price", async () => {
    const { anna, bert, observer, operator } = world;
    const { instrumentId, move } = await market();
    await move("auction");
    await act(anna.boss, { ...selling, instrumentId, price: "210.00" });
    await act(bert.boss, { ...buying, instrumentId, price: "214.00", quantity: "150" });
    const stream = `auction:${instrumentId}` as const;
    const { view } = await observer.boss.live().until(stream, ({ quantity }) => quantity === "100", patience);
    expect(view).toMatchObject({ surplus: "50", surplusSide: "buy" });
    const ended = await act(operator, { type: "uncross_auction", instrumentId });
    expect(ended.result).toMatchObject({ price: view.price, quantity: "100", phase: "continuous" });
  });

  test("a refusal names the limit and leaves the order as it was; another's order is unknown", async () => {
    const { anna, bert, operator } = world;
    const { instrumentId } = await market();
    const { result } = await act(anna.boss, { ...selling, instrumentId });
    const orderId = String(result["orderId"]);
    const tick = await refused(bert.boss, { ...buying, instrumentId, price: "212.60" }, "off_tick");
    expect(tick["limit"]).toBe("212.50");
    await refused(bert.boss, { ...buying, instrumentId, quantity: "75" }, "off_quantity_step");
    await refused(bert.boss, { type: "cancel_order", instrumentId, orderId }, "unknown_order");
    await refused(bert.boss, { type: "amend_order", instrumentId, orderId, quantity: "50" }, "unknown_order");
    const band = { type: "set_bands", instrumentId, reason } as const;
    await act(operator, { ...band, bands: { entry: { low: "200.00", high: "220.00" } } });
    const outside = await refused(
      anna.boss,
      { type: "amend_order", instrumentId, orderId, price: "230.00" },
      "price_outside_band",
    );
    expect(outside["limit"]).toBe("220.00");
    const bought = await act(bert.boss, { ...buying, instrumentId });
    expect(bought.result).toMatchObject({ fills: [{ quantity: "100" }] });
  });

  test("the same key gets the same answer over socket and HTTP", async () => {
    const { anna } = world;
    const { instrumentId } = await market();
    const key = newId();
    const overSocket = await anna.boss.live().command({ ...selling, instrumentId }, { key });
    const overHttp = await anna.boss.client.command({ ...selling, instrumentId }, { key });
    expect(overHttp).toEqual(overSocket);
    problemIn(await anna.boss.client.command({ ...buying, instrumentId }, { key }), "key_reused");
  });

  test("orders that are not to outlive their connection are cancelled when it breaks, others stay", async () => {
    const { anna, bert, url } = world;
    const { instrumentId } = await market();
    await act(anna.boss, { ...selling, instrumentId, price: "215.00" });
    const socket = await openRawSocket(url, { headers: anna.boss.headers() });
    const members = { instrumentId, session: 7, cancelOnDisconnect: true } as const;
    await socket.ask({ id: newId(), op: "command", command: { ...selling, ...members } });
    await socket.ask({ id: newId(), op: "command", command: { ...selling, ...members, price: "213.00" } });
    const book = bert.boss.live().subscribe(`book:${instrumentId}`);
    const levels = (count: number) => book.until(({ asks }) => Object.keys(asks ?? {}).length === count, patience);
    await levels(3);
    socket.terminate();
    const { view } = await levels(1);
    expect(view.asks).toMatchObject({ "215.00": { orders: 1 } });
    book.close();
  });

  test("a blocked company's orders are gone and no more are taken", async () => {
    const { anna, operator } = world;
    const { instrumentId } = await market();
    await act(anna.boss, { ...selling, instrumentId });
    await act(operator, { type: "block_trader", instrumentId, companyId: anna.companyId, reason });
    const status = await anna.boss.live().until(`account:${instrumentId}`, (_, own) => own?.blocked === true, patience);
    expect(status.own?.orders).toEqual({});
    await refused(anna.boss, { ...selling, instrumentId }, "account_blocked");
    await act(operator, { type: "unblock_trader", instrumentId, companyId: anna.companyId, reason });
    await act(anna.boss, { ...selling, instrumentId });
  });
});

describe("switches over all instruments", () => {
  test("a suspended company's orders are gone from every book, and are taken again when it is let in", async () => {
    const { operator, marketplaceId, running } = world;
    const trader = await world.company("Switched off");
    await takePart(trader, { marketplaceId, operator }, "both");
    const markets = [await market(), await market()];
    for (const { instrumentId } of markets) {
      const { seq } = await act(trader.boss, { ...selling, instrumentId });
      expect(await running().caughtUpWith(instrumentId, seq, patience)).toBe(true);
    }
    const { participations } = operator.client;
    const { companyId } = trader;
    const version = async () => requireValue(await participations.get({ marketplaceId, companyId })).version;
    const order = { marketplaceId, companyId, version: await version() };
    requireValue(await participations.suspend(order, "Unpaid fees."));
    for (const { instrumentId } of markets) {
      await operator.live().until(`quote:${instrumentId}`, ({ ask }) => ask === undefined, patience);
      await refused(trader.boss, { ...selling, instrumentId }, "not_found");
    }
    requireValue(await participations.approve({ ...order, version: await version() }));
    for (const { instrumentId } of markets) await act(trader.boss, { ...selling, instrumentId });
  });

  test("a halt reaches every listed instrument, once", async () => {
    const { operator, marketplaceId, running } = world;
    const { instrumentId } = await market();
    const { seq } = await act(world.anna.boss, { ...selling, instrumentId });
    expect(await running().caughtUpWith(instrumentId, seq, patience)).toBe(true);
    const key = newId();
    const halt = () => operator.client.instruments.haltAll(marketplaceId, "A cable is cut.", { key });
    const outcomes = requireValue(await halt());
    expect(outcomes).toContainEqual({ instrumentId, done: true });
    await operator.live().until(`status:${instrumentId}`, ({ phase }) => phase === "halt", patience);
    await refused(world.anna.boss, { ...selling, instrumentId }, "phase_closed_to_orders");
    expect(requireValue(await halt())).toEqual(outcomes);
  });
});

describe("what one can read afterwards", () => {
  test("an order's company learns what is ahead of it and why it has not traded; others learn nothing", async () => {
    const { anna, bert, auditor } = world;
    const { instrumentId } = await market();
    await act(bert.boss, { ...selling, instrumentId, quantity: "300" });
    const { result } = await act(anna.boss, { ...selling, instrumentId });
    const orderId = String(result["orderId"]);
    const told = requireValue(await anna.boss.client.instruments.explain(orderId));
    const ahead = { atPrice: { orders: 1, quantity: "300" }, better: { orders: 0, quantity: "0" } };
    expect(told).toMatchObject({ state: "resting", aheadAtEntry: ahead, aheadNow: ahead, leaves: "100" });
    expect(told.hindrance).toEqual({ reason: "no_opposite" });
    await act(bert.boss, { type: "cancel_orders", instrumentId });
    await act(bert.boss, { ...buying, instrumentId, price: "211.00" });
    const later = requireValue(await anna.boss.client.instruments.explain(orderId));
    expect(later).toMatchObject({ aheadAtEntry: ahead, aheadNow: { atPrice: { orders: 0 } } });
    expect(later.hindrance).toEqual({ reason: "beyond_limit", limit: "212.50", opposite: "211.00" });
    problemIn(await bert.boss.client.instruments.explain(orderId), "not_found");
    expect(requireValue(await auditor.client.instruments.explain(orderId))).toMatchObject({ orderId });
  });

  test("orders, fills, trades, candles and the instrument's state stand in the read models", async () => {
    const { anna, bert, observer, operator, running, marketplaceId } = world;
    const { instrumentId } = await market({ fees: { makerBps: 0, takerBps: 10, auctionBps: 0, minimum: "0" } });
    await act(anna.boss, { ...selling, instrumentId });
    const { seq } = await act(bert.boss, { ...buying, instrumentId, quantity: "150" });
    const caughtUp = () => running().caughtUpWith(instrumentId, seq, patience);
    expect(await caughtUp()).toBe(true);
    const [order] = await bert.boss.client.instruments.orders(marketplaceId, { instrumentId }).all();
    expect(order).toMatchObject({
      quantity: "150",
      filled: "100",
      leaves: "50",
      state: "open",
      averagePrice: "212.500000",
    });
    const fills = await bert.boss.client.instruments.fills(marketplaceId, { instrumentId }).all();
    expect(fills).toMatchObject([{ side: "buy", role: "taker", price: "212.50", value: "21250.00", fee: "21.25" }]);
    expect(await observer.boss.client.instruments.fills(marketplaceId, { instrumentId }).all()).toEqual([]);
    const [trade] = await observer.boss.client.instruments.trades(instrumentId).all();
    expect(trade).toMatchObject({ price: "212.50", quantity: "100", takerSide: "buy", busted: false });
    const [candle] = await observer.boss.client.instruments.candles(instrumentId, "1d").all();
    expect(candle).toMatchObject({ open: "212.50", close: "212.50", volume: "100", trades: 1, version: 1 });
    const bust = { type: "bust_trade", instrumentId, tradeId: trade?.tradeId ?? "", reason } as const;
    const busted = await act(operator, bust);
    expect(await running().caughtUpWith(instrumentId, busted.seq, patience)).toBe(true);
    expect(await observer.boss.client.instruments.trades(instrumentId).all()).toMatchObject([{ busted: true }]);
    expect(await observer.boss.client.instruments.candles(instrumentId, "1d").all()).toMatchObject([]);
  });
});
