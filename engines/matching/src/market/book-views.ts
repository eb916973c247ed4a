import { crc32 } from "@kontor/kernel";
import type { BookView, LevelView, MarketPhase, OrdersView, RestingOrderView } from "@kontor/protocol";
import type { Level, LiveOrder } from "../index.ts";
import type { Instrument } from "./state.ts";
import { writtenOf } from "./units.ts";

/** Levels of each side by channel. */
export const levelsShown = {
  "book-10": 10,
  book: 50,
  "book-full": Number.POSITIVE_INFINITY,
  "book-raw": Number.POSITIVE_INFINITY,
} as const;
export type BookChannel = keyof typeof levelsShown;

/** Levels of each side that a checksum is of. */
const levelsChecked = 10;

/** In a call the sides overlap: who read them as a book would be misled. */
export function isCall(phase: MarketPhase): boolean {
  return phase === "auction" || phase === "pre_open";
}

export function bookView(instrument: Instrument, channel: BookChannel): BookView {
  const { instrumentId, book } = instrument;
  const { phase } = book;
  if (isCall(phase)) return { instrumentId, phase };
  const max = levelsShown[channel];
  const [bids, asks] = [book.levels("buy", max), book.levels("sell", max)];
  return {
    instrumentId,
    phase,
    bids: sideView(instrument, bids),
    asks: sideView(instrument, asks),
    checksum: checksumOf(instrument),
  };
}

function sideView(instrument: Instrument, levels: readonly Level[]): Record<string, LevelView> {
  const view: Record<string, LevelView> = {};
  for (const level of levels) view[writtenOf(level.price, instrument.units.price)] = levelView(instrument, level);
  return view;
}

export function levelView({ units }: Instrument, { quantity, orders }: Level): LevelView {
  return { quantity: writtenOf(quantity, units.quantity), orders };
}

/** As `bookChecksumText` of the contract has it. */
export function checksumOf({ book, units }: Instrument): number {
  const side = (name: "buy" | "sell"): string[] =>
    book
      .levels(name, levelsChecked)
      .map(({ price, quantity }) => `${writtenOf(price, units.price)}:${writtenOf(quantity, units.quantity)}`);
  return crc32([...side("buy"), "|", ...side("sell")].join(" "));
}

export function ordersView(instrument: Instrument): OrdersView {
  const { instrumentId, book } = instrument;
  const { phase } = book;
  if (isCall(phase)) return { instrumentId, phase };
  const orders: Record<string, RestingOrderView> = {};
  for (const order of book.restingOrders()) orders[`o${order.order}`] = restingOrderView(instrument, order);
  return { instrumentId, phase, orders };
}

export function restingOrderView({ units }: Instrument, { side, price, shown, time }: LiveOrder): RestingOrderView {
  return {
    side,
    price: writtenOf(price ?? 0, units.price),
    quantity: writtenOf(shown, units.quantity),
    priority: time,
  };
}
