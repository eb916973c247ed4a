import type { StreamPatches } from "@kontor/kernel";
import type { ExchangeEvent, OwnFillView, RestingOrderView } from "@kontor/protocol";
import type { BookChannel } from "./book-views.ts";
import { checksumOf, isCall, levelsShown, levelView, restingOrderView } from "./book-views.ts";
import { fillsOf, holdingsOf, ownOrderView } from "./own-account.ts";
import { fillsShown } from "./own-trading.ts";
import { tradesShown, tradeView } from "./past-views.ts";
import type { Instrument } from "./state.ts";
import { numberOf } from "./state.ts";
import type { Touched } from "./touched-levels.ts";
import { writtenOf } from "./units.ts";

/*
 * What events change in streams whose views are too large to be made at each commit. All of it is a look at the state
 * for the things that events name.
 */

type Events = readonly ExchangeEvent[];

const unchanged: StreamPatches = {};
const noPrices = { price: null, stopPrice: null } as const;

function forAll(patch: unknown): StreamPatches {
  return { public: patch, owner: patch };
}

/** Whether levels and orders come or go with a phase. */
const changesPhase = (events: Events): boolean => events.some(({ type }) => type === "market_phase_changed");

export function bookPatches(instrument: Instrument, channel: BookChannel, events: Events): StreamPatches | null {
  const { book, data } = instrument;
  if (changesPhase(events)) return null;
  if (isCall(book.phase)) return unchanged;
  const first = events.find((event) => event.type === "book_moved");
  if (first?.type !== "book_moved") return unchanged;
  const touched = data.touched.since(first.number);
  if (touched === null) return null;
  if (touched.buy.size + touched.sell.size === 0) return unchanged;
  if (Number.isFinite(levelsShown[channel])) return reaches(instrument, channel, touched) ? null : unchanged;
  return forAll({
    bids: sidePatch(instrument, "buy", touched.buy),
    asks: sidePatch(instrument, "sell", touched.sell),
    checksum: checksumOf(instrument),
  });
}

/** Whether one of the levels is among those shown, or was. */
function reaches({ book }: Instrument, channel: BookChannel, touched: Touched): boolean {
  const max = levelsShown[channel];
  const [worstBid, worstAsk] = [book.levels("buy", max)[max - 1], book.levels("sell", max)[max - 1]];
  const bids = worstBid === undefined ? touched.buy.size > 0 : [...touched.buy].some((at) => at >= worstBid.price);
  return (
    bids || (worstAsk === undefined ? touched.sell.size > 0 : [...touched.sell].some((at) => at <= worstAsk.price))
  );
}

function sidePatch(instrument: Instrument, side: "buy" | "sell", prices: ReadonlySet<number>): unknown {
  const patch: Record<string, unknown> = {};
  for (const price of prices) {
    const level = instrument.book.level(side, price);
    patch[writtenOf(price, instrument.units.price)] = level === undefined ? null : levelView(instrument, level);
  }
  return patch;
}

export function ordersPatches(instrument: Instrument, events: Events): StreamPatches | null {
  const { book } = instrument;
  if (changesPhase(events)) return null;
  if (isCall(book.phase)) return unchanged;
  const orders: Record<string, RestingOrderView | null> = {};
  for (const number of ordersNamed(instrument, events)) {
    const order = book.order(number);
    orders[`o${number}`] = order?.place === "level" ? restingOrderView(instrument, order) : null;
  }
  return forAll({ orders });
}

export function tradesPatches(instrument: Instrument, events: Events): StreamPatches | null {
  const { latest } = instrument.data.tape;
  const named = new Set<number>();
  let added = 0;
  for (const event of events) {
    if (!("tradeId" in event) || event.tradeId === undefined || event.type === "auction_filled") continue;
    named.add(numberOf(instrument, event.tradeId));
    if (event.type === "trade_corrected") named.add(numberOf(instrument, event.replaces));
    if (event.type !== "trade_busted") added += 1;
  }
  const trades: Record<string, unknown> = {};
  for (const trade of named) {
    if (trade > latest - tradesShown) trades[`t${trade}`] = tradeView(instrument, trade);
  }
  const oldest = Math.max(1, latest - tradesShown - added + 1);
  for (let trade = oldest; trade <= latest - tradesShown; trade++) trades[`t${trade}`] = null;
  return forAll({ trades });
}

export function accountPatches(instrument: Instrument, events: Events): StreamPatches | null {
  if (events.some(({ type }) => type === "account_opened")) return null;
  const orders = new Map<string, Record<string, unknown>>();
  const fills = new Map<string, number>();
  for (const event of events) {
    for (const companyId of companiesNamed(instrument, event)) {
      if (!orders.has(companyId)) orders.set(companyId, {});
      fills.set(companyId, (fills.get(companyId) ?? 0) + 1);
    }
    for (const { number, companyId } of ownOrdersNamed(instrument, event)) {
      const ofCompany = orders.get(companyId) ?? {};
      const [order, entered] = [instrument.book.order(number), instrument.orders.get(number)];
      // A price may be gone: a stop that fired has no stop price, a peg without a best one has no price.
      const isLive = order !== undefined && entered !== undefined;
      ofCompany[`o${number}`] = isLive ? { ...noPrices, ...ownOrderView(instrument, order, entered) } : null;
      orders.set(companyId, ofCompany);
    }
  }
  const own = new Map<string, unknown>();
  const accounts: Record<string, unknown> = {};
  for (const [companyId, changed] of orders) {
    if ((fills.get(companyId) ?? 0) > fillsShown) return null;
    const account = instrument.accounts.get(companyId) ?? 0;
    const holdings = { blocked: null, ...holdingsOf(instrument, account) };
    own.set(companyId, { orders: changed, fills: fillsPatch(instrument, account), ...holdings });
    accounts[companyId] = holdings;
  }
  return { owner: { accounts }, own };
}

/** All that is shown, of which most is so already, and what is not shown any more. */
function fillsPatch(instrument: Instrument, account: number): Record<string, OwnFillView | null> {
  const { shown, gone } = fillsOf(instrument, account);
  const patch: Record<string, OwnFillView | null> = {};
  for (const { key } of gone) patch[key] = null;
  for (const { key, view } of shown) patch[key] = view;
  return patch;
}

function companiesNamed({ companies, data, book, instrumentId }: Instrument, event: ExchangeEvent): readonly string[] {
  switch (event.type) {
    case "trade_made":
      return [event.maker.companyId, event.taker.companyId];
    case "trade_busted":
    case "trade_corrected": {
      const id = event.type === "trade_busted" ? event.tradeId : event.replaces;
      const trade = numberOf({ instrumentId }, id);
      const shares = data.tape.sharesOf(trade, book.trade(trade)?.quantity ?? 0);
      return shares.map(([account]) => companies[account - 1] ?? "");
    }
    default:
      return "companyId" in event ? [event.companyId] : [];
  }
}

type NamedOrder = { readonly number: number; readonly companyId: string };

function ownOrdersNamed(instrument: Instrument, event: ExchangeEvent): readonly NamedOrder[] {
  const named = (orderId: string, companyId: string): NamedOrder => ({
    number: numberOf(instrument, orderId),
    companyId,
  });
  switch (event.type) {
    case "trade_made":
      return [event.maker, event.taker].map(({ orderId, companyId }) => named(orderId, companyId));
    case "order_replaced":
      return [named(event.orderId, event.companyId), named(event.newOrderId, event.companyId)];
    case "self_trade_prevented":
    case "assets_transferred":
      return [event.maker, event.taker].flatMap((orderId) => {
        const entered = instrument.orders.get(numberOf(instrument, orderId));
        return entered === undefined ? [] : [named(orderId, entered.companyId)];
      });
    default:
      return "orderId" in event ? [named(event.orderId, event.companyId)] : [];
  }
}

function ordersNamed(instrument: Instrument, events: Events): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (const event of events) {
    if (event.type === "self_trade_prevented" || event.type === "assets_transferred") {
      for (const orderId of [event.maker, event.taker]) numbers.add(numberOf(instrument, orderId));
    } else for (const { number } of ownOrdersNamed(instrument, event)) numbers.add(number);
  }
  return numbers;
}
