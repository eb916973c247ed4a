import type {
  CandleRow,
  FillRow,
  InstrumentDayRow,
  InstrumentRow,
  MarketRowsChanged,
  MarketRowsFound,
  OrderRow,
  PriceRowsFound,
  TradeRow,
} from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import type { ExchangeEvent } from "@kontor/protocol";
import type { Fact as EventFact } from "../facts.ts";
import { RowSet } from "../row-set.ts";
import type { Tally } from "./tallies.ts";

export type Fact = EventFact<ExchangeEvent>;

/** Writes into the records what follows from one event of an instrument that is there, or that the event makes. */
export type Projection = (records: Records, fact: Fact) => void;

/** The rows of one instrument that a batch of events touches, as they become event by event. */
export type Records = {
  readonly instruments: RowSet<InstrumentRow>;
  readonly orders: RowSet<OrderRow>;
  readonly fills: RowSet<FillRow>;
  readonly trades: RowSet<TradeRow>;
  readonly candles: RowSet<CandleRow>;
  readonly days: RowSet<InstrumentDayRow>;
  /** What the batch has traded in each minute, by its beginning; candles take it in at the end. */
  readonly traded: Map<Micros, Tally>;
  /** Minutes of whose trades some do not count any more: how many, and the entry of the last. */
  readonly recounts: Map<Micros, { readonly trades: number; readonly seq: number }>;
};

export const candleKeyOf = ({ interval, start }: Pick<CandleRow, "interval" | "start">): string =>
  `${interval} ${start}`;

export function recordsOf(found: MarketRowsFound, prices: PriceRowsFound): Records {
  const byId = ({ id }: { readonly id: string }) => id;
  return {
    instruments: new RowSet(byId, found.instrument === undefined ? [] : [found.instrument]),
    orders: new RowSet(byId, found.orders),
    fills: new RowSet(byId, found.fills),
    trades: new RowSet(byId, [...found.trades, ...prices.trades]),
    candles: new RowSet(candleKeyOf, prices.candles),
    days: new RowSet(({ day }) => day, prices.days),
    traded: new Map(),
    recounts: new Map(),
  };
}

export function rowsChanged(records: Records): MarketRowsChanged {
  return {
    instruments: records.instruments.changed(),
    orders: records.orders.changes(),
    fills: records.fills.changes(),
    trades: records.trades.changes(),
    candles: records.candles.changed(),
    days: records.days.changed(),
  };
}
