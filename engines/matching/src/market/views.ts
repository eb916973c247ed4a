import type { JsonObject, StreamPatches, StreamViews } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";
import type { AuctionView, ExchangeChannel, ExchangeEvent, StatusView } from "@kontor/protocol";
import type { BookChannel } from "./book-views.ts";
import { bookView, isCall, levelsShown, ordersView } from "./book-views.ts";
import { accountPatches, bookPatches, ordersPatches, tradesPatches } from "./market-patches.ts";
import { explainedOrder } from "./order-explanation.ts";
import { holdingsOf, ownAccounts } from "./own-account.ts";
import { candlesView, quoteView, tradesView } from "./past-views.ts";
import type { ExchangeState, Instrument } from "./state.ts";
import { numberOf, standingOf } from "./state.ts";
import { channelsChangedBy, readStreamName } from "./stream-names.ts";
import { writtenOf } from "./units.ts";

/** Of every channel, and of a draft too. */
export function streamsOf(state: ExchangeState, events: readonly ExchangeEvent[]): readonly string[] {
  const { instrumentId } = state.instrument ?? state.draft ?? {};
  if (instrumentId === undefined) return [];
  return [...channelsChangedBy(events)].map((channel) => `${channel}:${instrumentId}`);
}

export function viewsOf(state: ExchangeState, stream: string): StreamViews | null {
  const name = readStreamName(stream);
  const known = state.instrument ?? state.draft;
  if (name === null || known === null) return null;
  const { marketplaceId, instrumentId } = known;
  const audiences = { marketplaceId, ownerCompanyId: "", own: new Map<string, JsonObject>() };
  const { instrument } = state;
  if (name.channel === "order" && instrument !== null) {
    const explained = explanationParts(instrument, name.id);
    return explained === null ? null : { ...audiences, ...explained };
  }
  if (name.id !== instrumentId) return null;
  if (instrument === null) {
    const owner = draftView(state, name.channel as ExchangeChannel);
    return owner === null ? null : { ...audiences, owner };
  }
  if (name.channel === "account") return { ...audiences, ...accountParts(instrument) };
  const view = marketView(state, instrument, name.channel as ExchangeChannel);
  return view === null ? null : { ...audiences, public: view, owner: view };
}

/** For the streams whose views grow with the book. */
export function patchesOf(
  { instrument }: ExchangeState,
  stream: string,
  events: readonly ExchangeEvent[],
): StreamPatches | null {
  const name = readStreamName(stream);
  if (name === null || instrument === null || events.some(({ type }) => type === "instrument_listed")) return null;
  switch (name.channel as ExchangeChannel) {
    case "book-10":
    case "book":
    case "book-full":
    case "book-raw":
      return bookPatches(instrument, name.channel as BookChannel, events);
    case "orders":
      return ordersPatches(instrument, events);
    case "trades":
      return tradesPatches(instrument, events);
    case "account":
      return accountPatches(instrument, events);
    default:
      return null;
  }
}

function marketView(state: ExchangeState, instrument: Instrument, channel: ExchangeChannel): JsonObject | null {
  switch (channel) {
    case "status":
      return statusView(state);
    case "quote":
      return quoteView(instrument);
    case "book-10":
    case "book":
    case "book-full":
    case "book-raw":
      return bookView(instrument, channel);
    case "orders":
      return ordersView(instrument);
    case "trades":
      return tradesView(instrument);
    case "candles":
      return candlesView(instrument);
    case "auction":
      return auctionView(instrument);
    default:
      return null;
  }
}

/** A draft has no book, so but for its terms there is little to see. */
function draftView(state: ExchangeState, channel: ExchangeChannel): JsonObject | null {
  const base = { instrumentId: state.draft?.instrumentId ?? "", phase: "closed" } as const;
  switch (channel) {
    case "status":
      return statusView(state);
    case "quote":
      return { ...base, volume: "0", turnover: "0", trades: 0 };
    case "orders":
      return { ...base, orders: {} };
    case "trades":
      return { instrumentId: base.instrumentId, trades: {} };
    case "candles":
      return { instrumentId: base.instrumentId, candles: {} };
    case "auction":
      return base;
    case "account":
      return { accounts: {} };
    default:
      return Object.hasOwn(levelsShown, channel) ? { ...base, bids: {}, asks: {} } : null;
  }
}

function statusView(state: ExchangeState): StatusView | null {
  const standing = standingOf(state);
  const { instrumentId } = state.instrument ?? state.draft ?? {};
  if (standing === null || instrumentId === undefined) return null;
  const { terms, purpose, cause, next, version, phase } = standing;
  const { title, currency, unit, tickSize, quantityStep } = terms;
  const { instrument } = state;
  const reference = instrument?.book.reference ?? null;
  return {
    instrumentId,
    title,
    state: standing.state,
    version,
    currency,
    unit,
    tickSize,
    quantityStep,
    phase,
    ...(purpose !== null && { purpose }),
    ...(instrument !== null && reference !== null && { reference: writtenOf(reference, instrument.units.price) }),
    ...(cause !== null && { cause }),
    ...(next !== null && { next: { phase: next.phase, at: instantOfMicros(next.at) } }),
  };
}

function auctionView({ instrumentId, book, units }: Instrument): AuctionView {
  const { phase, purpose } = book;
  const found = isCall(phase) ? book.explainAuction() : undefined;
  if (found === undefined) return { instrumentId, phase };
  const { price, quantity, surplus } = found;
  return {
    instrumentId,
    phase,
    ...(purpose !== null && { purpose }),
    ...(price !== null && { price: writtenOf(price, units.price) }),
    quantity: writtenOf(quantity, units.quantity),
    surplus: writtenOf(Math.abs(surplus), units.quantity),
    ...(surplus !== 0 && { surplusSide: surplus > 0 ? "buy" : "sell" }),
  };
}

/** Who has no account yet sees an empty stream, so that he may follow it before his first order. */
function accountParts(instrument: Instrument): Omit<StreamViews, "marketplaceId" | "ownerCompanyId"> {
  const accounts: Record<string, JsonObject> = {};
  for (const [companyId, account] of instrument.accounts) accounts[companyId] = holdingsOf(instrument, account);
  return { public: {}, participant: {}, owner: { accounts }, own: ownAccounts(instrument) };
}

/** Read once, never followed. */
function explanationParts(instrument: Instrument, id: string): Partial<StreamViews> | null {
  const explained = explainedOrder(instrument, numberOf(instrument, id));
  if (explained === null) return null;
  const { companyId, own, whole } = explained;
  return { participant: {}, owner: whole, own: new Map([[companyId, own]]) };
}
