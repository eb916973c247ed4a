import type { MarketRowsWanted, PriceRowsWanted, TradeRow } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import type { CandleInterval } from "@kontor/protocol";
import { dayOf, lengths, minute, startOf } from "./buckets.ts";
import type { Fact } from "./records.ts";

/** What the projections of these events build on and the events themselves do not make. */
export function rowsWantedBy(instrumentId: string, facts: readonly Fact[]): MarketRowsWanted {
  const made = new Set<string>();
  const orders = new Set<string>();
  const trades = new Set<string>();
  const touch = (orderId: string): void => {
    if (!made.has(orderId)) orders.add(orderId);
  };
  for (const { event } of facts) {
    switch (event.type) {
      case "order_accepted":
        made.add(event.orderId);
        break;
      case "order_replaced":
        touch(event.orderId);
        made.add(event.newOrderId);
        break;
      case "order_amended":
      case "order_cancelled":
      case "order_reduced":
      case "order_triggered":
      case "order_trailed":
      case "order_repriced":
      case "auction_filled":
        touch(event.orderId);
        break;
      case "trade_made":
        touch(event.maker.orderId);
        touch(event.taker.orderId);
        break;
      case "trade_busted":
        trades.add(event.tradeId);
        break;
      case "trade_corrected":
        trades.add(event.replaces);
    }
  }
  return { instrumentId, orderIds: [...orders], tradeIds: [...trades] };
}

/** The candles and days that these events change; `before` are the trades of earlier batches that count no more. */
export function pricesWantedBy(
  instrumentId: string,
  facts: readonly Fact[],
  before: readonly TradeRow[],
): PriceRowsWanted {
  const tradedAt = new Map(before.map(({ id, at }) => [id, at]));
  const minutes = new Set<Micros>();
  const recounted = new Set<Micros>();
  const days = new Set<string>();
  let corrections = 0;
  const recount = (at: Micros | undefined): void => {
    if (at !== undefined) recounted.add(startOf(at, minute));
    corrections += 1;
  };
  for (const { event, at } of facts) {
    if (event.type === "order_accepted") days.add(dayOf(at));
    else if (event.type === "trade_made" || event.type === "auction_held") {
      minutes.add(startOf(at, minute));
      if (event.tradeId !== undefined) tradedAt.set(event.tradeId, at);
    } else if (event.type === "trade_busted") recount(tradedAt.get(event.tradeId));
    else if (event.type === "trade_corrected") {
      const place = tradedAt.get(event.replaces);
      if (place !== undefined) tradedAt.set(event.tradeId, place);
      recount(place);
    }
  }
  for (const at of [...minutes, ...recounted]) days.add(dayOf(at));
  return {
    instrumentId,
    candles: candlesOf([...minutes, ...recounted], [...recounted]),
    days: [...days],
    tradesIn: [...recounted].map((from) => ({ from, until: from + minute })),
    // Each of them takes at most one of these away.
    latestTrades: corrections === 0 ? 0 : corrections + 1,
  };
}

/** Of every length the candle of each minute; where it is counted anew, the shorter ones of which it consists as well. */
function candlesOf(minutes: readonly Micros[], recounted: readonly Micros[]): Map<CandleInterval, Micros[]> {
  const wanted = new Map<CandleInterval, Micros[]>();
  for (const [index, [interval, length]] of lengths.entries()) {
    const starts = new Set(minutes.map((at) => startOf(at, length)));
    const whole = lengths[index + 1]?.[1] ?? length;
    for (const at of recounted) {
      const first = startOf(at, whole);
      for (let start = first; start < first + whole; start += length) starts.add(start);
    }
    if (starts.size > 0) wanted.set(interval, [...starts]);
  }
  return wanted;
}
