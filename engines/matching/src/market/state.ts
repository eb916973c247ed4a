import type { InstrumentTerms } from "@kontor/protocol";
import type { Book } from "../book.ts";
import type { Units } from "./units.ts";

/** A live order as far as its book does not know it. */
export type KnownOrder = { readonly companyId: string; readonly side: "buy" | "sell" };

export type Instrument = {
  readonly instrumentId: string;
  readonly marketplaceId: string;
  readonly terms: InstrumentTerms;
  readonly units: Units;
  /** Asked by `decide`, which it alone changes; so `evolve` has only to ask it what it was not asked yet. */
  readonly book: Book;
  /** Commands that the book has been asked, and those of them that are facts. */
  asked: number;
  moved: number;
  /** Account numbers of companies, from 1. */
  readonly accounts: Map<string, number>;
  readonly companies: string[];
  readonly orders: Map<number, KnownOrder>;
  ordersMade: number;
};

export type ExchangeState = { instrument: Instrument | null };

export function createState(): ExchangeState {
  return { instrument: null };
}

export function orderIdOf({ instrumentId }: Pick<Instrument, "instrumentId">, order: number): string {
  return `${instrumentId}-o${order}`;
}

export function tradeIdOf({ instrumentId }: Pick<Instrument, "instrumentId">, trade: number): string {
  return `${instrumentId}-t${trade}`;
}

/** The number in an order's or trade's id of this instrument; 0, which no order has, for others. */
export function numberOf({ instrumentId }: Pick<Instrument, "instrumentId">, id: string): number {
  return id.startsWith(`${instrumentId}-`) ? Number(id.slice(instrumentId.length + 2)) : 0;
}
