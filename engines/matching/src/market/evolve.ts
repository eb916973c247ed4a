import type { Micros } from "@kontor/kernel";
import { invariant } from "@kontor/kernel";
import type { ExchangeEvent, TradeSide } from "@kontor/protocol";
import { createBook } from "../book.ts";
import type { Command } from "../commands.ts";
import { listingOf } from "./listing.ts";
import type { ExchangeState, Instrument } from "./state.ts";
import { numberOf } from "./state.ts";
import { wholeOf } from "./units.ts";

/** Takes one fact in. What it says of the book the book did by itself, but for recovery, which asks it again. */
export function evolve(state: ExchangeState, event: ExchangeEvent, _at: Micros): ExchangeState {
  if (event.type === "instrument_listed") {
    state.instrument = listed(event);
    return state;
  }
  const { instrument } = state;
  invariant(instrument !== null, "an instrument is listed before anything happens to it");
  switch (event.type) {
    case "book_moved":
      move(instrument, event.number, event.command as Command);
      break;
    case "account_opened":
      instrument.accounts.set(event.companyId, event.account);
      instrument.companies.push(event.companyId);
      break;
    default:
      follow(instrument, event);
  }
  return state;
}

function listed({
  instrumentId,
  marketplaceId,
  terms,
}: Extract<ExchangeEvent, { type: "instrument_listed" }>): Instrument {
  const listing = listingOf(terms);
  invariant(listing.kind === "sound", "only sound terms are listed");
  const { config, units } = listing;
  const counts = { asked: 0, moved: 0, ordersMade: 0 };
  const known = { accounts: new Map(), companies: [], orders: new Map() };
  return { instrumentId, marketplaceId, terms, units, book: createBook(config), ...known, ...counts };
}

function move(instrument: Instrument, number: number, command: Command): void {
  invariant(number === instrument.moved + 1, "the book moves by one command after the other");
  if (instrument.asked < number) {
    instrument.book.submit(command);
    instrument.asked = number;
  }
  instrument.moved = number;
}

function follow(instrument: Instrument, event: ExchangeEvent): void {
  switch (event.type) {
    case "order_accepted":
      known(instrument, event.orderId, { companyId: event.companyId, side: event.terms.side });
      break;
    case "order_replaced": {
      const { side } = instrument.orders.get(numberOf(instrument, event.orderId)) ?? { side: "buy" };
      known(instrument, event.newOrderId, { companyId: event.companyId, side });
      instrument.orders.delete(numberOf(instrument, event.orderId));
      break;
    }
    case "order_cancelled":
      instrument.orders.delete(numberOf(instrument, event.orderId));
      break;
    case "trade_made":
      for (const side of [event.maker, event.taker]) forgetDone(instrument, side);
      break;
    case "auction_filled":
      forgetDone(instrument, event);
  }
}

function known(instrument: Instrument, orderId: string, order: { companyId: string; side: "buy" | "sell" }): void {
  const number = numberOf(instrument, orderId);
  instrument.orders.set(number, order);
  instrument.ordersMade = number;
}

function forgetDone(instrument: Instrument, { orderId, leaves }: Pick<TradeSide, "orderId" | "leaves">): void {
  if (wholeOf(leaves, instrument.units.quantity) === 0) instrument.orders.delete(numberOf(instrument, orderId));
}
