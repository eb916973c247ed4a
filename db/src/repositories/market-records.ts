import type { Actor } from "@kontor/kernel";
import type {
  CandleQuery,
  CandleRecord,
  DayStatistics,
  FillQuery,
  FillRecord,
  InstrumentQuery,
  InstrumentRecord,
  OrderQuery,
  OrderRecord,
  StatisticsQuery,
  TradeQuery,
  TradeRecord,
} from "@kontor/protocol";
import type { Listing, Query } from "./listing.ts";

/*
 * Reads of what the projections wrote of instruments. The actor decides what there is, as with tenders: see
 * trading-records. `from` is the first instant that is wanted, `until` the first that is not.
 */

export type InstrumentRepository = {
  /** Those of the marketplace, newest first; drafts for its staff alone. */
  readonly list: (actor: Actor, query: Query<InstrumentQuery>) => Promise<Listing<InstrumentRecord>>;
  readonly find: (actor: Actor, instrumentId: string) => Promise<InstrumentRecord | undefined>;
};

/** What everybody in the marketplace may know of an instrument's prices; all newest first. */
export type MarketDataRepository = {
  readonly trades: (actor: Actor, instrumentId: string, query: Query<TradeQuery>) => Promise<Listing<TradeRecord>>;
  readonly candles: (
    actor: Actor,
    instrumentId: string,
    query: Query<CandleQuery> & Pick<CandleQuery, "interval">,
  ) => Promise<Listing<CandleRecord>>;
  readonly statistics: (
    actor: Actor,
    instrumentId: string,
    query: Query<StatisticsQuery>,
  ) => Promise<Listing<DayStatistics>>;
};

/** The own company's, and all of the marketplace for its staff; newest first. */
export type OrderRepository = {
  readonly list: (actor: Actor, query: Query<OrderQuery>) => Promise<Listing<OrderRecord>>;
  readonly find: (actor: Actor, orderId: string) => Promise<OrderRecord | undefined>;
  readonly fills: (actor: Actor, query: Query<FillQuery>) => Promise<Listing<FillRecord>>;
};
