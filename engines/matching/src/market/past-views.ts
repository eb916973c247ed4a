import { instantOfMicros } from "@kontor/kernel";
import type { CandleInterval, CandlesView, CandleView, QuoteView, TradesView, TradeView } from "@kontor/protocol";
import type { BookTrade } from "../book.ts";
import { isCall } from "./book-views.ts";
import type { Candle } from "./candles.ts";
import { intervalSeconds } from "./candles.ts";
import type { Instrument } from "./state.ts";
import { tradeIdOf } from "./state.ts";
import { tickValueOf, writtenOf } from "./units.ts";

export const tradesShown = 100;

export function quoteView(instrument: Instrument): QuoteView {
  const { instrumentId, book, data, units } = instrument;
  const { phase } = book;
  const { day, previousClose } = data;
  const price = (ticks: number): string => writtenOf(ticks, units.price);
  return {
    instrumentId,
    phase,
    ...(isCall(phase) ? {} : bestPrices(instrument)),
    ...lastTrade(instrument),
    ...(day.trades > 0 && { open: price(day.open), high: price(day.high), low: price(day.low) }),
    volume: writtenOf(day.volume, units.quantity),
    turnover: writtenOf(day.turnover * BigInt(tickValueOf(units) ?? 0), units.money),
    trades: day.trades,
    ...(previousClose > 0 && { previousClose: price(previousClose) }),
  };
}

function bestPrices({ book, units }: Instrument): Partial<QuoteView> {
  const [bid] = book.levels("buy", 1);
  const [ask] = book.levels("sell", 1);
  const price = (ticks: number): string => writtenOf(ticks, units.price);
  const quantity = (steps: number): string => writtenOf(steps, units.quantity);
  return {
    ...(bid && { bid: price(bid.price), bidQuantity: quantity(bid.quantity) }),
    ...(ask && { ask: price(ask.price), askQuantity: quantity(ask.quantity) }),
  };
}

function lastTrade({ book, data, units }: Instrument): Partial<QuoteView> {
  const known = book.trade(data.lastTrade);
  if (known === undefined) return {};
  return {
    last: writtenOf(known.price, units.price),
    lastQuantity: writtenOf(known.quantity, units.quantity),
    lastAt: instantOfMicros(data.tape.entry(data.lastTrade).at),
  };
}

export function tradesView(instrument: Instrument): TradesView {
  const { instrumentId, data } = instrument;
  const { latest } = data.tape;
  const trades: Record<string, TradeView> = {};
  for (let trade = Math.max(1, latest - tradesShown + 1); trade <= latest; trade++) {
    const view = tradeView(instrument, trade);
    if (view !== null) trades[`t${trade}`] = view;
  }
  return { instrumentId, trades };
}

/** Null of a trade that is not remembered. */
export function tradeView(instrument: Instrument, trade: number): TradeView | null {
  const { book, data, units } = instrument;
  const known = book.trade(trade);
  if (known === undefined) return null;
  const { at, takerSide } = data.tape.entry(trade);
  return {
    price: writtenOf(known.price, units.price),
    quantity: writtenOf(known.quantity, units.quantity),
    at: instantOfMicros(at),
    ...(takerSide === null ? { auction: true } : { takerSide }),
    ...(!known.stands && { busted: true }),
    ...(known.place !== trade && { corrects: correctedId(instrument, known) }),
  };
}

/** A correction of a correction still corrects the trade that was first. */
function correctedId(instrument: Instrument, { place }: BookTrade): string {
  return tradeIdOf(instrument, place);
}

export function candlesView({ instrumentId, data, units }: Instrument): CandlesView {
  const candles: Partial<Record<CandleInterval, Record<string, CandleView>>> = {};
  for (const interval of Object.keys(intervalSeconds) as CandleInterval[]) {
    const shown = data.candles.of(interval).filter(({ figures }) => figures.trades > 0);
    candles[interval] = Object.fromEntries(
      shown.map((candle) => [instantOfMicros(candle.start), candleView(candle, units)]),
    );
  }
  return { instrumentId, candles: candles as CandlesView["candles"] };
}

function candleView({ version, figures }: Candle, units: Instrument["units"]): CandleView {
  const { open, high, low, close, volume, trades } = figures;
  const price = (ticks: number): string => writtenOf(ticks, units.price);
  return {
    open: price(open),
    high: price(high),
    low: price(low),
    close: price(close),
    volume: writtenOf(volume, units.quantity),
    trades,
    version,
  };
}
