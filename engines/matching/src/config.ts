import type { Bands, Phase, SelfTradeMode } from "./commands.ts";

/** Prices from `from` on are multiples of `step`, in ticks. The first range begins at 1. */
export type PriceStep = { readonly from: number; readonly step: number };

/** Basis points of a trade's value; rebates are negative. Of the auction both sides pay `auctionBps`. */
export type Fees = {
  readonly makerBps: number;
  readonly takerBps: number;
  readonly auctionBps: number;
  /** Least fee of one fill, minor units, where the rate is above zero. */
  readonly minimum: number;
};

/** A trade would print this far from the reference: the market halts. Each trips once until the next closing. */
export type CircuitBreaker = { readonly bps: number; readonly pauseMicros: number };

/** The rules of one instrument's book. Everything absent is off. */
export type BookConfig = {
  /** Of all prices there can be, ticks; at least 1 and at most 4,194,304 apart. */
  readonly minPrice: number;
  readonly maxPrice: number;
  /** Minor units of money for one quantity step at a price of one tick. */
  readonly tickValue: number;
  readonly priceSteps?: readonly PriceStep[];
  readonly quantityStep?: number;
  readonly minQuantity?: number;
  readonly maxQuantity: number;
  /** Of one order, minor units. */
  readonly maxValue?: number;
  readonly minDisplay?: number;
  readonly last?: number;
  readonly reference?: number;
  readonly phase?: Phase;
  readonly selfTrade?: SelfTradeMode;
  readonly marketProtection?: number;
  readonly bands?: Bands;
  readonly breakers?: readonly CircuitBreaker[];
  readonly stopAtEntry?: "fire" | "reject";
  readonly outsideBand?: "park" | "cancel";
  /** Ticks around the reference beyond which an auction is extended, `maxExtensions` times. */
  readonly auctionCollar?: number;
  readonly maxExtensions?: number;
  /** Ticks around the reference beyond which only a final uncross ends the auction. */
  readonly wideCollar?: number;
  /** Whether an auction that leaves market orders unfilled is extended, `maxExtensions` times. */
  readonly marketOrderExtension?: boolean;
  /** Basis points of the reference beyond which market pressure does not push an auction price. */
  readonly pressureBoundBps?: number;
  /** Of one account in a call phase. */
  readonly callLimits?: { readonly orders: number; readonly quantity: number };
  readonly fees?: Fees;
  /** Whether an account that was never allocated to is one to which nothing was allocated, instead of unchecked. */
  readonly requiresAllocation?: boolean;
};
