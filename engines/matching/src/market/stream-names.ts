import type { ExchangeChannel, ExchangeEvent } from "@kontor/protocol";

/** Of a book after something was asked of it. */
const ofBook = ["quote", "book-10", "book", "book-full", "book-raw", "orders", "auction", "account"] as const;
const ofTrades = ["trades", "candles"] as const;
const all: readonly ExchangeChannel[] = ["status", ...ofBook, ...ofTrades];

const channelsOf: { readonly [Type in ExchangeEvent["type"]]?: readonly ExchangeChannel[] } = {
  instrument_drafted: all,
  instrument_revised: all,
  instrument_listed: all,
  instrument_delisted: all,
  timetable_changed: ["status"],
  schedule_changed: ["status"],
  reference_changed: ["status"],
  market_phase_changed: ["status"],
  account_opened: ["account"],
  book_moved: ofBook,
  trade_made: ofTrades,
  auction_held: ofTrades,
  trade_busted: ofTrades,
  trade_corrected: ofTrades,
};

export function channelsChangedBy(events: readonly ExchangeEvent[]): ReadonlySet<ExchangeChannel> {
  const channels = new Set<ExchangeChannel>();
  let last = "";
  for (const { type } of events) {
    if (type === last) continue;
    last = type;
    for (const channel of channelsOf[type] ?? []) channels.add(channel);
  }
  return channels;
}

/** The parts of `<channel>:<id>`; null for a name of another form. */
export function readStreamName(stream: string): { readonly channel: string; readonly id: string } | null {
  const colon = stream.indexOf(":");
  return colon < 0 ? null : { channel: stream.slice(0, colon), id: stream.slice(colon + 1) };
}
