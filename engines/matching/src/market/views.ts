import type { JsonObject, StreamViews } from "@kontor/kernel";
import type { ExchangeEvent } from "@kontor/protocol";
import type { ExchangeState, Instrument } from "./state.ts";
import { writtenOf } from "./units.ts";

/** Levels of each side that the book's stream shows. */
const levelsShown = 50;

/** `book:<instrument>`: depth, phase and last price for all; each company's own balances beside it. */
export function streamsOf({ instrument }: ExchangeState, events: readonly ExchangeEvent[]): readonly string[] {
  return instrument === null || events.length === 0 ? [] : [`book:${instrument.instrumentId}`];
}

export function viewsOf({ instrument }: ExchangeState, stream: string): StreamViews | null {
  if (instrument === null || stream !== `book:${instrument.instrumentId}`) return null;
  const market = marketView(instrument);
  const own = new Map<string, JsonObject>();
  for (const [companyId, account] of instrument.accounts) {
    const balances = balancesView(instrument, account);
    if (balances !== null) own.set(companyId, balances);
  }
  return {
    marketplaceId: instrument.marketplaceId,
    ownerCompanyId: "",
    public: market,
    participant: market,
    owner: market,
    own,
  };
}

function marketView({ instrumentId, terms, units, book }: Instrument): JsonObject {
  const side = (name: "buy" | "sell"): JsonObject[] =>
    book
      .depth(name)
      .slice(0, levelsShown)
      .map(({ price, quantity, orders }) => ({
        price: writtenOf(price, units.price),
        quantity: writtenOf(quantity, units.quantity),
        orders: orders.length,
      }));
  const { lastPrice } = book;
  // In a call the sides overlap: who reads them as a book would be misled.
  const calling = book.phase === "auction" || book.phase === "pre_open";
  return {
    instrumentId,
    title: terms.title,
    phase: book.phase,
    ...(lastPrice !== null && { last: writtenOf(lastPrice, units.price) }),
    ...(calling ? {} : { bids: side("buy"), asks: side("sell") }),
  };
}

function balancesView({ units, book }: Instrument, account: number): JsonObject | null {
  const balances = book.account(account);
  if (balances === undefined) return null;
  return {
    money: writtenOf(balances.cash, units.money),
    moneyHeld: writtenOf(balances.cashHeld, units.money),
    goods: writtenOf(balances.goods, units.quantity),
    goodsHeld: writtenOf(balances.goodsHeld, units.quantity),
  };
}
