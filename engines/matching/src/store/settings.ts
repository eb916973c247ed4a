import type { BookConfig, CircuitBreaker, Fees, PriceStep } from "../config.ts";
import { CONTINUOUS, phases, selfTradeModes } from "../wire/codes.ts";

const LARGEST_VALUE = 2 ** 52;
const LARGEST_WORD = 2 ** 31 - 2;
const WIDEST_RANGE = 4_194_304;
const LARGEST_BPS = 10_000;
/** Stands for "no such price": none is below 1. */
export const NO_PRICE = -1;

/** A book's rules as numbers; what is off has the value that lets everything pass. */
export type Settings = {
  readonly minPrice: number;
  readonly maxPrice: number;
  readonly tickValue: number;
  readonly steps: readonly PriceStep[];
  readonly quantityStep: number;
  readonly minQuantity: number;
  readonly maxQuantity: number;
  readonly maxValue: number;
  readonly minDisplay: number;
  readonly last: number;
  readonly reference: number;
  readonly phase: number;
  readonly selfTrade: number;
  readonly marketProtection: number;
  readonly breakers: readonly CircuitBreaker[];
  readonly refusesTriggeredStops: boolean;
  readonly cancelsOutsideBand: boolean;
  readonly auctionCollar: number;
  readonly maxExtensions: number;
  readonly wideCollar: number;
  readonly marketOrderExtension: boolean;
  readonly pressureBoundBps: number;
  readonly callOrders: number;
  readonly callQuantity: number;
  readonly fees: Fees;
  readonly highestBps: number;
  readonly charges: boolean;
  readonly requiresAllocation: boolean;
  /** Whether prices have steps of more than a tick. */
  readonly hasSteps: boolean;
  /** Whether the value of an order is bounded. */
  readonly bounded: boolean;
  /** Whether neither prices nor quantities have steps and no value is bounded. */
  readonly takesAny: boolean;
};

const noFees: Fees = { makerBps: 0, takerBps: 0, auctionBps: 0, minimum: 0 };
const none = Number.POSITIVE_INFINITY;

/** @throws RangeError when the numbers of the book could become too large to be exact, or contradict each other. */
export function settingsOf(config: BookConfig): Settings {
  const fees = config.fees ?? noFees;
  requireSafe(config, fees);
  const hasSteps = (config.priceSteps ?? []).some(({ step }) => step !== 1);
  const bounded = config.maxValue !== undefined;
  return {
    minPrice: config.minPrice,
    maxPrice: config.maxPrice,
    tickValue: config.tickValue,
    steps: config.priceSteps ?? [{ from: 1, step: 1 }],
    quantityStep: config.quantityStep ?? 1,
    minQuantity: config.minQuantity ?? 1,
    maxQuantity: config.maxQuantity,
    maxValue: config.maxValue ?? none,
    minDisplay: config.minDisplay ?? 1,
    last: config.last ?? NO_PRICE,
    reference: config.reference ?? NO_PRICE,
    phase: config.phase === undefined ? CONTINUOUS : phases.indexOf(config.phase),
    selfTrade: config.selfTrade === undefined ? 0 : selfTradeModes.indexOf(config.selfTrade),
    marketProtection: config.marketProtection ?? none,
    breakers: [...(config.breakers ?? [])].sort((a, b) => a.bps - b.bps),
    refusesTriggeredStops: config.stopAtEntry === "reject",
    cancelsOutsideBand: config.outsideBand === "cancel",
    auctionCollar: config.auctionCollar ?? none,
    maxExtensions: config.maxExtensions ?? 1,
    wideCollar: config.wideCollar ?? none,
    marketOrderExtension: config.marketOrderExtension ?? false,
    pressureBoundBps: config.pressureBoundBps ?? none,
    callOrders: config.callLimits?.orders ?? none,
    callQuantity: config.callLimits?.quantity ?? none,
    fees,
    highestBps: Math.max(fees.makerBps, fees.takerBps, fees.auctionBps),
    charges: config.fees !== undefined,
    requiresAllocation: config.requiresAllocation ?? false,
    hasSteps,
    bounded,
    takesAny: !hasSteps && !bounded && (config.quantityStep ?? 1) === 1,
  };
}

function requireSafe(config: BookConfig, fees: Fees): void {
  const { minPrice, maxPrice, maxQuantity, tickValue } = config;
  const steps = config.priceSteps ?? [{ from: 1, step: 1 }];
  const rates = [fees.makerBps, fees.takerBps, fees.auctionBps];
  if (minPrice < 1 || maxPrice < minPrice) throw new RangeError("prices begin at 1 and do not end before they begin");
  if (maxPrice - minPrice > WIDEST_RANGE) throw new RangeError(`prices are at most ${WIDEST_RANGE} ticks apart`);
  if (maxPrice > LARGEST_WORD || maxQuantity > LARGEST_WORD) throw new RangeError("prices and quantities fit 31 bits");
  if (maxPrice * maxQuantity * tickValue > LARGEST_VALUE) throw new RangeError("the value of an order passes 2^52");
  if (rates.some((rate) => Math.abs(rate) > LARGEST_BPS)) throw new RangeError(`a rate is beyond ${LARGEST_BPS} bps`);
  if (fees.minimum > minPrice * tickValue) throw new RangeError("the minimum fee is more than the smallest trade");
  if (steps[0]?.from !== 1) throw new RangeError("the first range of price steps begins at 1");
}
