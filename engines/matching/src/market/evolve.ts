import type { Micros } from "@kontor/kernel";
import { invariant } from "@kontor/kernel";
import type { ExchangeEvent, InstrumentTerms, Timetable, TradeSide } from "@kontor/protocol";
import { createBook } from "../book.ts";
import type { Command } from "../commands.ts";
import { bookOptions } from "./book-options.ts";
import { endDay, noteMessage, noteTrade } from "./conduct.ts";
import { listingOf } from "./listing.ts";
import { MarketData } from "./market-data.ts";
import { noPlan, planOf } from "./plan.ts";
import type { Draft, EnteredOrder, ExchangeState, Instrument } from "./state.ts";
import { numberOf } from "./state.ts";
import { wholeOf } from "./units.ts";

/** Takes one fact in. What it says of the book the book did by itself, but for recovery, which asks it again. */
export function evolve(state: ExchangeState, event: ExchangeEvent, at: Micros): ExchangeState {
  switch (event.type) {
    case "instrument_drafted": {
      const { instrumentId, marketplaceId, version, terms, drawSecret: secret } = event;
      state.draft = { instrumentId, marketplaceId, version, terms, secret };
      return state;
    }
    case "instrument_revised":
      invariant(state.draft !== null, "only drafts are revised");
      state.draft.version = event.version;
      state.draft.terms = event.terms;
      return state;
    case "instrument_listed":
      invariant(state.draft !== null, "only drafts are listed");
      state.instrument = listed(state.draft);
      state.draft = null;
      return state;
    default:
      invariant(state.instrument !== null, "an instrument is listed before anything happens to it");
      happened(state.instrument, event, at);
      return state;
  }
}

function listed({ instrumentId, marketplaceId, version, terms, secret }: Draft): Instrument {
  const listing = listingOf(terms);
  invariant(listing.kind === "sound", "only sound terms are listed");
  const { config, units } = listing;
  return {
    instrumentId,
    marketplaceId,
    state: "listed",
    version,
    terms,
    units,
    secret,
    book: createBook(config, bookOptions),
    asked: 0,
    moved: 0,
    cause: null,
    plan: noPlan,
    accounts: new Map(),
    companies: [],
    conduct: new Map(),
    orders: new Map(),
    ordersMade: 0,
    data: new MarketData(),
  };
}

function happened(instrument: Instrument, event: ExchangeEvent, at: Micros): void {
  instrument.data.take(instrument, event, at);
  switch (event.type) {
    case "book_moved":
      return move(instrument, event.number, event.command as Command);
    case "account_opened":
      instrument.accounts.set(event.companyId, event.account);
      instrument.companies.push(event.companyId);
      return;
    case "instrument_delisted":
      instrument.state = "delisted";
      return;
    case "timetable_changed":
      instrument.terms = withTimetable(instrument.terms, event.timetable);
      return;
    case "schedule_changed":
      instrument.plan = planOf(event);
      return;
    case "market_phase_changed":
      instrument.cause = event.cause ?? null;
      if (event.phase === "closed") endDay(instrument);
      return;
    default:
      follow(instrument, event, at);
  }
}

function withTimetable({ timetable: _, ...terms }: InstrumentTerms, timetable: Timetable | null): InstrumentTerms {
  return timetable === null ? terms : { ...terms, timetable };
}

function move(instrument: Instrument, number: number, command: Command): void {
  invariant(number === instrument.moved + 1, "the book moves by one command after the other");
  if (instrument.asked < number) {
    instrument.book.submit(command);
    instrument.asked = number;
    instrument.data.touched.note(number, instrument.book.ring);
  }
  instrument.moved = number;
}

function follow(instrument: Instrument, event: ExchangeEvent, at: Micros): void {
  switch (event.type) {
    case "order_accepted":
      noteMessage(instrument, event.companyId, at);
      return known(instrument, event.orderId, { companyId: event.companyId, side: event.terms.side, at });
    case "order_amended":
      return noteMessage(instrument, event.companyId, at);
    case "order_replaced": {
      const { side } = instrument.orders.get(numberOf(instrument, event.orderId)) ?? { side: "buy" };
      noteMessage(instrument, event.companyId, at);
      known(instrument, event.newOrderId, { companyId: event.companyId, side, at });
      instrument.orders.delete(numberOf(instrument, event.orderId));
      return;
    }
    case "order_cancelled":
      if (event.cause === "amend") noteMessage(instrument, event.companyId, at);
      instrument.orders.delete(numberOf(instrument, event.orderId));
      return;
    case "trade_made":
      noteTrade(instrument, event.maker.companyId);
      if (event.taker.companyId !== event.maker.companyId) noteTrade(instrument, event.taker.companyId);
      for (const side of [event.maker, event.taker]) forgetDone(instrument, side);
      return;
    case "auction_filled":
      noteTrade(instrument, event.companyId);
      forgetDone(instrument, event);
  }
}

function known(instrument: Instrument, orderId: string, order: EnteredOrder): void {
  const number = numberOf(instrument, orderId);
  instrument.orders.set(number, order);
  instrument.ordersMade = number;
}

function forgetDone(instrument: Instrument, { orderId, leaves }: Pick<TradeSide, "orderId" | "leaves">): void {
  if (wholeOf(leaves, instrument.units.quantity) === 0) instrument.orders.delete(numberOf(instrument, orderId));
}
