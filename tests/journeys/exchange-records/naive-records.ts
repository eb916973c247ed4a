import { instantOfMicros } from "@kontor/kernel";
import type {
  CandleRecord,
  DayStatistics,
  ExchangeEvent,
  FillRecord,
  InstrumentTerms,
  OrderRecord,
  TradeRecord,
} from "@kontor/protocol";
import { candleIntervals } from "@kontor/protocol";
import type { Happened } from "./random-market.ts";

/*
 * The records of one instrument, told a second time as simply as can be: everything is kept, and whatever follows from
 * trades is added up at the end. Amounts are whole cents and hundredths of a unit.
 */

type Order = Record<keyof OrderRecord, unknown> & { readonly orderId: string };
type Fill = FillRecord & { readonly place: number };
type Trade = TradeRecord & { readonly place: number; readonly atMicros: number };
type EventOf<Type extends ExchangeEvent["type"]> = Extract<ExchangeEvent, { type: Type }>;

const hundredths = (text: string): number => Math.round(Number(text) * 100);
const written = (value: number): string => (value / 100).toFixed(2);
const worthOf = (price: string, quantity: string): number => (hundredths(price) * hundredths(quantity)) / 100;
const numberIn = (id: string): number => Number(/-[ot](\d+)$/.exec(id)?.[1]);

export class NaiveRecords {
  terms: InstrumentTerms | undefined;
  readonly orders = new Map<string, Partial<Order>>();
  readonly fills: Fill[] = [];
  readonly trades = new Map<string, Trade>();
  /** For each instant of a trade that was busted or corrected, how often. */
  readonly corrected: number[] = [];
  readonly ordersOn = new Map<string, number>();

  take({ at, events }: Happened): void {
    for (const event of events) this.#take(event, at);
  }

  #take(event: ExchangeEvent, at: number): void {
    const when = instantOfMicros(at);
    switch (event.type) {
      case "instrument_drafted":
        this.terms = event.terms;
        return;
      case "order_accepted":
        return this.#accept(event, when);
      case "order_replaced":
        return this.#replace(event, when);
      case "order_cancelled":
        return this.#change(event.orderId, { state: "cancelled", cause: event.cause, leaves: "0.00", endedAt: when });
      case "order_reduced":
        return this.#reduce(event);
      case "order_amended":
        return this.#amend(event);
      case "order_triggered": {
        const limited = this.orders.get(event.orderId)?.kind === "stop_limit";
        return this.#change(event.orderId, { kind: limited ? "limit" : "market" });
      }
      case "order_trailed":
        return this.#change(event.orderId, { stopPrice: event.stopPrice });
      case "order_repriced":
        if (this.orders.get(event.orderId)?.kind !== "pegged") this.#change(event.orderId, { price: event.price });
        return;
      default:
        return this.#trade(event, at);
    }
  }

  #change(orderId: string, members: Partial<Order>): void {
    this.orders.set(orderId, { ...this.orders.get(orderId), ...members });
  }

  #accept({ orderId, instrumentId, companyId, userId, terms }: EventOf<"order_accepted">, at: string): void {
    const { side, kind, tif, price, stopPrice, quantity } = terms;
    const written2 = (text: string) => written(hundredths(text));
    const amounts = { quantity: written2(quantity), leaves: written2(quantity), filled: "0.00" };
    const prices = { ...(price && { price: written2(price) }), ...(stopPrice && { stopPrice: written2(stopPrice) }) };
    const made = { orderId, instrumentId, companyId, userId, side, kind, tif, state: "open", at } as const;
    this.orders.set(orderId, { ...made, ...amounts, ...prices });
    const day = at.slice(0, 10);
    this.ordersOn.set(day, (this.ordersOn.get(day) ?? 0) + 1);
  }

  #replace({ orderId, newOrderId, userId, quantity, price }: EventOf<"order_replaced">, at: string): void {
    const before = this.orders.get(orderId);
    const { side, kind, tif, instrumentId, companyId, stopPrice } = before ?? {};
    const waits = kind !== "market" && kind !== "limit";
    const limit = price === undefined ? before?.price : written(hundredths(price));
    const total = written(hundredths(quantity));
    this.orders.set(newOrderId, {
      ...{ orderId: newOrderId, instrumentId, companyId, userId, side, kind, tif, state: "open", at },
      ...{ quantity: total, leaves: total, filled: "0.00" },
      ...(limit !== undefined && { price: limit }),
      ...(waits && stopPrice !== undefined && { stopPrice }),
    });
    const ended = { state: "cancelled", cause: "replaced", leaves: "0.00", endedAt: at } as const;
    this.#change(orderId, { ...ended, replacedBy: newOrderId });
  }

  #reduce({ orderId, quantity }: EventOf<"order_reduced">): void {
    const { quantity: total, leaves } = this.orders.get(orderId) ?? {};
    const less = (text: unknown) => written(hundredths(String(text)) - hundredths(quantity));
    this.#change(orderId, { quantity: less(total), leaves: less(leaves) });
  }

  #amend({ orderId, price, quantity, stopPrice }: EventOf<"order_amended">): void {
    const { filled } = this.orders.get(orderId) ?? {};
    if (price !== undefined) this.#change(orderId, { price: written(hundredths(price)) });
    if (stopPrice !== undefined) this.#change(orderId, { stopPrice: written(hundredths(stopPrice)) });
    if (quantity === undefined) return;
    const leaves = written(hundredths(quantity) - hundredths(String(filled)));
    this.#change(orderId, { quantity: written(hundredths(quantity)), leaves });
  }

  #trade(event: ExchangeEvent, atMicros: number): void {
    const at = instantOfMicros(atMicros);
    switch (event.type) {
      case "trade_made": {
        const { tradeId, instrumentId, price, quantity, takerSide, maker, taker } = event;
        const trade = { tradeId, instrumentId, price, quantity, takerSide, auction: false, at, busted: false };
        this.trades.set(tradeId, { ...trade, atMicros, place: numberIn(tradeId) });
        const other = takerSide === "buy" ? "sell" : "buy";
        this.#fill({ ...event, ...maker, side: other, fillId: `${tradeId}-${other}`, role: "maker" }, at);
        this.#fill({ ...event, ...taker, side: takerSide, fillId: `${tradeId}-${takerSide}`, role: "taker" }, at);
        return;
      }
      case "auction_held": {
        const { tradeId, instrumentId, price, quantity } = event;
        if (tradeId === undefined || price === null) return;
        const trade = { tradeId, instrumentId, price, quantity, auction: true, at, busted: false };
        this.trades.set(tradeId, { ...trade, atMicros, place: numberIn(tradeId) });
        return;
      }
      case "auction_filled": {
        const { tradeId, side, orderId } = event;
        return this.#fill({ ...event, fillId: `${tradeId}-${side}-o${numberIn(orderId)}`, role: "auction" }, at);
      }
      case "trade_busted":
        this.#bust(event.tradeId);
        return;
      case "trade_corrected":
        return this.#correct(event);
    }
  }

  #fill(
    filled: Omit<FillRecord, "value" | "currency" | "unit" | "at" | "busted"> & { leaves: string },
    at: string,
  ): void {
    const { fillId, tradeId, orderId, instrumentId, companyId, side, role, price, quantity, fee, leaves } = filled;
    const { currency = "", unit = "" } = this.terms ?? {};
    const value = written(worthOf(price, quantity));
    const place = numberIn(tradeId);
    const ids = { fillId, tradeId, orderId, instrumentId, companyId };
    this.fills.push({ ...ids, side, role, price, quantity, value, fee, currency, unit, at, busted: false, place });
    const before = this.orders.get(orderId);
    const total = written(hundredths(String(before?.filled)) + hundredths(quantity));
    this.#change(orderId, {
      filled: total,
      leaves,
      ...(hundredths(leaves) === 0 && { state: "filled", endedAt: at }),
    });
  }

  #bust(tradeId: string): Trade {
    const trade = this.trades.get(tradeId);
    if (trade === undefined) throw new Error(`there is no ${tradeId}`);
    this.trades.set(tradeId, { ...trade, busted: true });
    for (const [index, fill] of this.fills.entries())
      if (fill.tradeId === tradeId) this.fills[index] = { ...fill, busted: true };
    this.corrected.push(trade.atMicros);
    return trade;
  }

  #correct({ tradeId, replaces, price }: EventOf<"trade_corrected">): void {
    const fills = this.fills.filter((fill) => fill.tradeId === replaces && !fill.busted);
    this.trades.set(tradeId, { ...this.#bust(replaces), tradeId, replaces, price });
    for (const fill of fills) {
      const ids = { fillId: `${tradeId}-${fill.side}`, tradeId, place: numberIn(tradeId) };
      this.fills.push({ ...fill, ...ids, price, value: written(worthOf(price, fill.quantity)) });
    }
  }

  /** Trades that count, in their order. */
  standing(): Trade[] {
    return [...this.trades.values()].filter(({ busted }) => !busted).sort((one, other) => one.place - other.place);
  }

  allOrders(): Partial<Order>[] {
    return [...this.orders.values()].map((order) => {
      const counted = this.fills.filter(({ orderId, busted }) => orderId === order.orderId && !busted);
      const quantity = counted.reduce((sum, fill) => sum + BigInt(hundredths(fill.quantity)), 0n);
      if (quantity === 0n) return order;
      const value = counted.reduce((sum, fill) => sum + BigInt(hundredths(fill.value)), 0n);
      const millionths = (value * 2_000_000n + quantity) / (2n * quantity);
      const digits = millionths.toString().padStart(7, "0");
      return { ...order, averagePrice: `${digits.slice(0, -6)}.${digits.slice(-6)}` };
    });
  }

  candles(interval: keyof typeof candleIntervals): Partial<CandleRecord>[] {
    const length = candleIntervals[interval] * 1_000_000;
    const groups = Map.groupBy(this.standing(), ({ atMicros }) => Math.floor(atMicros / length) * length);
    return [...groups].map(([start, trades]) => ({
      instrumentId: trades[0]?.instrumentId ?? "",
      interval,
      start: instantOfMicros(start),
      ...pricesOf(trades),
      auction: trades.some(({ auction }) => auction),
      version: 1 + this.corrected.filter((at) => at >= start && at < start + length).length,
    }));
  }

  days(): Partial<DayStatistics>[] {
    const traded = new Map(this.candles("1d").map((candle) => [candle.start?.slice(0, 10), candle]));
    const correctedOn = this.corrected.map((at) => instantOfMicros(at).slice(0, 10));
    const days = new Set([...this.ordersOn.keys(), ...traded.keys(), ...correctedOn]);
    return [...days].map((day = "") => {
      const { open, high, low, close, volume = "0.00", turnover = "0.00", trades = 0 } = traded.get(day) ?? {};
      const prices = open === undefined ? {} : { open, high, low, close };
      const orders = this.ordersOn.get(day) ?? 0;
      const [first] = this.orders.values();
      return { instrumentId: String(first?.instrumentId), day, ...prices, volume, turnover, trades, orders };
    }) as Partial<DayStatistics>[];
  }
}

function pricesOf(trades: readonly Trade[]) {
  const prices = trades.map(({ price }) => hundredths(price));
  const sum = (amounts: readonly number[]): string => written(amounts.reduce((total, amount) => total + amount, 0));
  return {
    open: written(prices[0] ?? 0),
    high: written(Math.max(...prices)),
    low: written(Math.min(...prices)),
    close: written(prices.at(-1) ?? 0),
    volume: sum(trades.map(({ quantity }) => hundredths(quantity))),
    turnover: sum(trades.map(({ price, quantity }) => worthOf(price, quantity))),
    trades: trades.length,
  };
}
