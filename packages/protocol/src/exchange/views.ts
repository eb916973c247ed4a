import type { Decimal, Instant } from "../primitives.ts";
import type { MarketPhase } from "./instrument-terms.ts";
import type { CandleInterval } from "./records.ts";

/*
 * What the streams of an instrument show. Each is a snapshot, then merge patches; so a level, an order or a trade is a
 * member under its own name, and a patch says what it is now, or null when it is gone. Amounts are in the instrument's
 * units.
 */

/**
 * Streams that an instrument has, each `<channel>:<instrument id>`.
 *
 * `status`     terms, phase, what happens next
 * `quote`      best prices, last trade, the day so far
 * `book-10` `book` `book-full` the best 10, the best 50 and all levels, at most ten times a second
 * `book-raw`   all levels after each commit
 * `orders`     every resting order
 * `trades`     the last hundred trades
 * `candles`    the current and the last closed candle of each interval
 * `auction`    what a running call would trade
 * `account`    the company's own orders, fills, balances and holds
 */
export const exchangeChannels = [
  "status",
  "quote",
  "book-10",
  "book",
  "book-full",
  "book-raw",
  "orders",
  "trades",
  "candles",
  "auction",
  "account",
] as const;
export type ExchangeChannel = (typeof exchangeChannels)[number];

/** Those of which what changes within a tenth of a second comes as one frame; the others tell of each commit. */
export const conflatedChannels: readonly ExchangeChannel[] = [
  "quote",
  "book-10",
  "book",
  "book-full",
  "candles",
  "auction",
];

export type StatusView = {
  readonly instrumentId: string;
  readonly title: string;
  readonly state: "draft" | "listed" | "delisted";
  readonly version: number;
  readonly currency: string;
  readonly unit: string;
  readonly tickSize: Decimal;
  readonly quantityStep: Decimal;
  readonly phase: MarketPhase;
  readonly purpose?: "opening" | "intraday" | "closing" | "volatility";
  readonly reference?: Decimal;
  readonly cause?: "volatility" | "circuit_breaker" | "outage";
  /** What comes next by itself, and not before when. */
  readonly next?: { readonly phase: MarketPhase; readonly at: Instant };
};

export type QuoteView = {
  readonly instrumentId: string;
  readonly phase: MarketPhase;
  readonly bid?: Decimal;
  readonly bidQuantity?: Decimal;
  readonly ask?: Decimal;
  readonly askQuantity?: Decimal;
  readonly last?: Decimal;
  readonly lastQuantity?: Decimal;
  readonly lastAt?: Instant;
  /** Of the present trading day. */
  readonly open?: Decimal;
  readonly high?: Decimal;
  readonly low?: Decimal;
  readonly volume: Decimal;
  readonly turnover: Decimal;
  readonly trades: number;
  /** Last price of the trading day before. */
  readonly previousClose?: Decimal;
};

export type LevelView = { readonly quantity: Decimal; readonly orders: number };

/** Levels by price; absent during a call, in which the sides overlap. */
export type BookView = {
  readonly instrumentId: string;
  readonly phase: MarketPhase;
  readonly bids?: Readonly<Record<Decimal, LevelView>>;
  readonly asks?: Readonly<Record<Decimal, LevelView>>;
  /** CRC-32 of the best ten levels, see `bookChecksumText`. */
  readonly checksum?: number;
};

export type RestingOrderView = {
  readonly side: "buy" | "sell";
  readonly price: Decimal;
  /** What is shown of it. */
  readonly quantity: Decimal;
  /** Orders of one price trade in this order; an order that loses its place gets a higher number. */
  readonly priority: number;
};

/** By number, `o17`: the last part of the order's id. */
export type OrdersView = {
  readonly instrumentId: string;
  readonly phase: MarketPhase;
  readonly orders?: Readonly<Record<string, RestingOrderView>>;
};

export type TradeView = {
  readonly price: Decimal;
  readonly quantity: Decimal;
  readonly at: Instant;
  /** Who came to the book; absent in an auction. */
  readonly takerSide?: "buy" | "sell";
  readonly auction?: true;
  readonly busted?: true;
  /** The trade that this one corrects, at whose time it counts. */
  readonly corrects?: string;
};

/** By number, `t17`: the last part of the trade's id. */
export type TradesView = { readonly instrumentId: string; readonly trades: Readonly<Record<string, TradeView>> };

export type CandleView = {
  readonly open: Decimal;
  readonly high: Decimal;
  readonly low: Decimal;
  readonly close: Decimal;
  readonly volume: Decimal;
  readonly trades: number;
  /** Raised when a trade in it is busted or corrected. */
  readonly version: number;
};

/** By the instant at which each began. */
export type CandlesView = {
  readonly instrumentId: string;
  readonly candles: Readonly<Record<CandleInterval, Readonly<Record<Instant, CandleView>>>>;
};

/** Members but the first two are there in a call alone. */
export type AuctionView = {
  readonly instrumentId: string;
  readonly phase: MarketPhase;
  readonly purpose?: "opening" | "intraday" | "closing" | "volatility";
  readonly price?: Decimal;
  readonly quantity?: Decimal;
  readonly surplus?: Decimal;
  readonly surplusSide?: "buy" | "sell";
};

export type OwnOrderView = {
  readonly side: "buy" | "sell";
  readonly kind: string;
  readonly tif: string;
  readonly state: "resting" | "dormant" | "parked";
  readonly price?: Decimal;
  readonly stopPrice?: Decimal;
  readonly quantity: Decimal;
  readonly filled: Decimal;
  readonly leaves: Decimal;
  readonly at: Instant;
};

export type OwnFillView = {
  readonly orderId: string;
  readonly side: "buy" | "sell";
  readonly price: Decimal;
  readonly quantity: Decimal;
  readonly fee: Decimal;
  readonly at: Instant;
  readonly busted?: true;
};

/** The company's own part of `account`; fills are the last hundred, by trade number and side: `t17b`, `t17s`; `t17b-o4` of an auction. */
export type OwnAccountView = {
  readonly orders: Readonly<Record<string, OwnOrderView>>;
  readonly fills: Readonly<Record<string, OwnFillView>>;
  /** Bought less sold since the instrument was listed. */
  readonly position: Decimal;
  readonly blocked?: true;
  /** Where something was allocated. */
  readonly money?: Decimal;
  readonly moneyHeld?: Decimal;
  readonly goods?: Decimal;
  readonly goodsHeld?: Decimal;
};
