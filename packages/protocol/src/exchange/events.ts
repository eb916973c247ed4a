import type { Decimal, Instant } from "../primitives.ts";
import type { ExchangeCommandOf } from "./commands.ts";
import type { AuctionPurpose, InstrumentTerms, MarketPhase, PriceBands, Timetable } from "./instrument-terms.ts";

/*
 * Facts of an instrument's journal. Prices, quantities and money are decimal strings in the instrument's units; each
 * event carries what a read model needs. `at` is the entry's, not repeated here.
 */

type Of<Type extends string, Members = object> = {
  readonly type: Type;
  readonly instrumentId: string;
} & Readonly<Members>;

type Side = "buy" | "sell";
type OfOrder<Type extends string, Members = object> = Of<Type, { orderId: string; companyId: string } & Members>;

/** One side of a trade. A rebate is a negative fee. */
export type TradeSide = {
  readonly orderId: string;
  readonly companyId: string;
  readonly leaves: Decimal;
  readonly fee: Decimal;
};

export type CancelReason =
  | "user"
  | "amend"
  | "ioc"
  | "fok"
  | "minimum"
  | "no_liquidity"
  | "expired"
  | "self_trade"
  | "linked"
  | "mass_cancel"
  | "auction_end"
  | "interruption"
  | "outside_band";

/** Where the market goes; `purpose` with `auction`. */
export type MarketStep = { readonly phase: MarketPhase; readonly purpose?: AuctionPurpose };

/** `at` may be drawn by lot: nobody is shown it before, only `notBefore`. */
export type Planned = { readonly notBefore: Instant; readonly at: Instant };

/**
 * What a market does by itself.
 *
 * `next`        the timetable's next step
 * `resumption`  how what broke off goes on: a call first, or the end of the one that runs, towards `into`
 * `held`        steps change nothing until the operator moves on
 */
export type Schedule = {
  readonly next: (MarketStep & Planned) | null;
  readonly resumption:
    | (Planned & {
        readonly stage: "call" | "uncross";
        readonly cause: "volatility" | "circuit_breaker" | "outage" | "timetable";
        readonly into: MarketStep;
      })
    | null;
  readonly held: boolean;
};

export type InstrumentEvent =
  /** `drawSecret` is the shard's entropy: random delays come from it, so no projection may copy it. */
  | Of<
      "instrument_drafted",
      { marketplaceId: string; createdBy: string; version: number; terms: InstrumentTerms; drawSecret: string }
    >
  | Of<"instrument_revised", { version: number; terms: InstrumentTerms }>
  | Of<"instrument_listed", { version: number }>
  | Of<"instrument_delisted", { reason: string }>
  | Of<"timetable_changed", { timetable: Timetable | null }>
  | Of<"schedule_changed", Schedule>
  /** What the book was asked for, in its own numbers: recovery asks it again. `number` counts from 1. */
  | Of<"book_moved", { number: number; command: Readonly<Record<string, unknown>> }>
  | Of<"account_opened", { companyId: string; account: number }>
  | Of<"assets_allocated", { companyId: string; money: Decimal; goods: Decimal }>
  | Of<"trader_blocked" | "trader_unblocked", { companyId: string }>
  | Of<
      "market_phase_changed",
      {
        phase: MarketPhase;
        purpose?: AuctionPurpose;
        cause?: "volatility" | "circuit_breaker" | "outage";
        resumesAt?: Instant;
      }
    >
  | Of<"bands_changed", { bands: PriceBands }>
  | Of<"reference_changed", { price: Decimal }>
  | Of<
      "auction_held",
      { price: Decimal | null; quantity: Decimal; surplus: Decimal; surplusSide: Side | null; tradeId?: string }
    >
  | Of<"auction_extended", { cause: "price" | "wide_price" | "market_orders"; indicative: Decimal | null }>;

export type OrderEvent =
  | OfOrder<
      "order_accepted",
      { userId: string; terms: Omit<ExchangeCommandOf<"submit_order">, "type" | "instrumentId"> }
    >
  | OfOrder<
      "order_amended",
      { keptPriority: boolean; price?: Decimal; quantity?: Decimal; display?: Decimal; stopPrice?: Decimal }
    >
  | OfOrder<"order_replaced", { newOrderId: string; userId: string; price?: Decimal; quantity: Decimal }>
  | OfOrder<"order_cancelled", { quantity: Decimal; cause: CancelReason }>
  | OfOrder<"order_reduced", { quantity: Decimal; cause: "self_trade" }>
  | OfOrder<"order_triggered" | "order_parked" | "order_unparked">
  | OfOrder<"order_refilled", { shown: Decimal }>
  | Of<"orders_cancelled", { count: number }>
  | OfOrder<"order_trailed", { stopPrice: Decimal }>
  | OfOrder<"order_repriced", { price: Decimal }>
  | Of<"self_trade_prevented", { maker: string; taker: string; price: Decimal; quantity: Decimal }>
  | Of<"assets_transferred", { maker: string; taker: string; price: Decimal; quantity: Decimal }>;

export type TradeEvent =
  | Of<
      "trade_made",
      { tradeId: string; price: Decimal; quantity: Decimal; takerSide: Side; maker: TradeSide; taker: TradeSide }
    >
  | OfOrder<
      "auction_filled",
      { tradeId: string; side: Side; price: Decimal; quantity: Decimal; leaves: Decimal; fee: Decimal }
    >
  | Of<"trade_busted", { tradeId: string; price: Decimal; quantity: Decimal }>
  | Of<"trade_corrected", { tradeId: string; replaces: string; price: Decimal }>;

export type ExchangeEvent = InstrumentEvent | OrderEvent | TradeEvent;
