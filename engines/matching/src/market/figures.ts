import type { Book } from "../book.ts";
import type { TradeTape } from "./trade-tape.ts";

/**
 * What the trades of one period come to, in the book's numbers; prices are 0 while there is none. Its trades are those
 * whose place in the order of trades is from `first` on and before `end`; null while the period goes on.
 */
export type Figures = {
  readonly first: number;
  end: number | null;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: bigint;
  /** Price times quantity: times the value of one step at one tick it is money. */
  turnover: bigint;
  trades: number;
};

export type EncodedFigures = Omit<Figures, "volume" | "turnover"> & {
  readonly volume: string;
  readonly turnover: string;
};

export function noFigures(first: number): Figures {
  return { first, end: null, open: 0, high: 0, low: 0, close: 0, volume: 0n, turnover: 0n, trades: 0 };
}

export function encodeFigures({ volume, turnover, ...rest }: Figures): EncodedFigures {
  return { ...rest, volume: String(volume), turnover: String(turnover) };
}

export function decodeFigures({ volume, turnover, ...rest }: EncodedFigures): Figures {
  return { ...rest, volume: BigInt(volume), turnover: BigInt(turnover) };
}

export type Print = { readonly price: number; readonly quantity: number };

/** The latest trade of the period. */
export function addPrint(figures: Figures, { price, quantity }: Print): void {
  const isFirst = figures.trades === 0;
  if (isFirst) figures.open = price;
  figures.high = isFirst ? price : Math.max(figures.high, price);
  figures.low = isFirst ? price : Math.min(figures.low, price);
  figures.close = price;
  figures.volume += BigInt(quantity);
  figures.turnover += BigInt(price) * BigInt(quantity);
  figures.trades += 1;
}

export function holds({ first, end }: Figures, place: number): boolean {
  return place >= first && (end === null || place < end);
}

/** What is known of trades that happened: the book's part of them and the tape's length. */
export type Prints = { readonly book: Pick<Book, "trade">; readonly tape: TradeTape };

/** A trade that counted and does not any more, and with what it counts instead, if so. */
export type Amends = { readonly was: Print; readonly is: Print | null };

/**
 * Counts a period anew after a bust or a correction. Of one that began before what is remembered, the amounts are put
 * right; its open, high and low stay, for nobody here knows any more what else there was.
 */
export function recount(figures: Figures, { book, tape }: Prints, { was, is }: Amends): void {
  const standing: (Print & { readonly place: number })[] = [];
  for (let trade = Math.max(tape.oldest, figures.first); trade <= tape.latest; trade++) {
    const known = book.trade(trade);
    if (known?.stands === true && holds(figures, known.place)) standing.push(known);
  }
  standing.sort((a, b) => a.place - b.place);
  if (figures.first >= tape.oldest) {
    const { first, end } = figures;
    Object.assign(figures, noFigures(first), { end });
    for (const print of standing) addPrint(figures, print);
    return;
  }
  figures.volume += BigInt((is?.quantity ?? 0) - was.quantity);
  figures.turnover += (is === null ? 0n : worthOf(is)) - worthOf(was);
  if (is === null) figures.trades -= 1;
  figures.close = standing.at(-1)?.price ?? figures.close;
}

const worthOf = ({ price, quantity }: Print): bigint => BigInt(price) * BigInt(quantity);
