import { z } from "zod";
import { Currency, Decimal, DurationMs, PositiveDecimal, Text, Title, UnitCode } from "./primitives.ts";

const bps = z
  .int()
  .min(-10_000)
  .max(10_000)
  .meta({ description: "Basis points of a trade's value; a rebate is negative." });
const Offset = z.strictObject({ up: PositiveDecimal, down: PositiveDecimal });
const amount = { value: PositiveDecimal };

export const MarketPhase = z.enum([
  "closed",
  "pre_open",
  "auction",
  "continuous",
  "closing_cross",
  "halt",
  "cancel_only",
]);
export const AuctionPurpose = z.enum(["opening", "intraday", "closing", "volatility"]);
export const SelfTradeMode = z.enum(["none", "cancel_newest", "cancel_oldest", "cancel_both", "decrement", "transfer"]);

/** Prices are in the instrument's currency per unit. */
export const PriceBands = z
  .strictObject({
    entry: z.strictObject({ low: PositiveDecimal, high: PositiveDecimal }).optional(),
    dynamic: Offset.optional().meta({ description: "Up from and down to the last trade." }),
    static: Offset.optional().meta({ description: "Up from and down to the reference." }),
  })
  .meta({ id: "PriceBands" });

/**
 * One good that trades in one book: a grade, delivered at a place in a period.
 *
 * Units   `quantityStep` and quantities in `unit`, prices in `currency` per unit. One step at one tick must be a whole
 *         number of the currency's smallest units, `currencyScale` digits behind the point.
 */
export const InstrumentTerms = z
  .strictObject({
    title: Title.min(1),
    description: Text.default(""),
    grade: Title.min(1),
    place: Title.min(1).meta({ description: "Where the goods are delivered." }),
    period: Title.min(1).meta({ description: "Month of delivery or crop year." }),
    deliveryTerm: Title.min(1).meta({ description: "Incoterms rule or the warehouse's own." }),
    unit: UnitCode,
    currency: Currency,
    currencyScale: z.int().min(0).max(6).default(2),
    tickSize: PositiveDecimal,
    quantityStep: PositiveDecimal,
    minPrice: PositiveDecimal,
    maxPrice: PositiveDecimal,
    minQuantity: PositiveDecimal.optional(),
    maxQuantity: PositiveDecimal,
    maxValue: PositiveDecimal.optional(),
    minDisplay: PositiveDecimal.optional(),
    priceSteps: z
      .array(z.strictObject({ from: Decimal, step: PositiveDecimal }))
      .max(32)
      .optional(),
    reference: PositiveDecimal.optional(),
    marketProtection: z.strictObject(amount).optional(),
    bands: PriceBands.default({}),
    breakers: z
      .array(z.strictObject({ bps: z.int().min(1).max(10_000), pauseMs: DurationMs }))
      .max(8)
      .default([]),
    selfTrade: SelfTradeMode.default("cancel_newest"),
    stopAtEntry: z.enum(["fire", "reject"]).default("fire"),
    outsideBand: z.enum(["park", "cancel"]).default("park"),
    auctionCollar: z.strictObject(amount).optional(),
    wideCollar: z.strictObject(amount).optional(),
    maxExtensions: z.int().min(0).max(10).default(1),
    marketOrderExtension: z.boolean().default(false),
    pressureBoundBps: z.int().min(1).max(10_000).optional(),
    callLimits: z.strictObject({ orders: z.int().min(1), quantity: PositiveDecimal }).optional(),
    fees: z
      .strictObject({ makerBps: bps, takerBps: bps, auctionBps: bps, minimum: Decimal.default("0") })
      .default({ makerBps: 0, takerBps: 0, auctionBps: 0, minimum: "0" }),
    settlementDays: z.int().min(0).max(90).default(2).meta({ description: "Business days from trade to delivery." }),
  })
  .meta({ id: "InstrumentTerms" });

export type MarketPhase = z.infer<typeof MarketPhase>;
export type PriceBands = z.infer<typeof PriceBands>;
export type InstrumentTerms = z.output<typeof InstrumentTerms>;
export type InstrumentTermsInput = z.input<typeof InstrumentTerms>;
