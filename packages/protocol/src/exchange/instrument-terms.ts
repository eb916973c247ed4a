import { z } from "zod";
import { Currency, Decimal, DurationMs, PositiveDecimal, Text, Title, UnitCode } from "../primitives.ts";

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

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/);
const Day = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
  .meta({ description: "Calendar day, e.g. 2026-12-24." });

/** What happens on each trading day, in local time of a zone. Steps are in the order of their times. */
export const Timetable = z
  .strictObject({
    timeZone: z.string().min(1).max(64).meta({ description: "IANA name, e.g. Europe/Paris." }),
    weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).default([1, 2, 3, 4, 5]).meta({
      description: "Trading days of the week, Monday being 1.",
    }),
    holidays: z.array(Day).max(400).default([]).meta({ description: "Days without trading." }),
    steps: z
      .array(
        z.strictObject({
          at: TimeOfDay,
          phase: MarketPhase.meta({ description: "A call that runs when the step comes is uncrossed into it." }),
          purpose: AuctionPurpose.exclude(["volatility"]).optional(),
          randomMs: DurationMs.max(3_600_000).default(0).meta({ description: "Up to so much later, drawn by lot." }),
        }),
      )
      .min(1)
      .max(48),
  })
  .meta({ id: "Timetable" });

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
    timetable: Timetable.optional().meta({ description: "Without one the operator moves the phases." }),
    volatilityCall: z
      .strictObject({ lengthMs: DurationMs.min(1_000), randomMs: DurationMs.max(3_600_000).default(0) })
      .optional()
      .meta({ description: "Calls after an interruption end by themselves; without it the operator ends them." }),
    reopening: z
      .strictObject({ cancelOnlyMs: DurationMs, callMs: DurationMs.min(1_000) })
      .optional()
      .meta({ description: "After an outage: cancel-only, then a call; without it the operator reopens." }),
    orderRate: z
      .strictObject({ perSecond: z.int().min(1).max(100_000), burst: z.int().min(1).max(100_000) })
      .optional()
      .meta({ description: "New, amended and replaced orders of one company." }),
    orderToTrade: z
      .strictObject({ ratio: z.int().min(1).max(100_000), free: z.int().min(0).max(10_000_000) })
      .optional()
      .meta({ description: "Messages per trade of one company and day, beyond the free ones." }),
    holds: z.enum(["allocated", "none"]).default("allocated").meta({
      description: "`allocated`: orders need money or goods in the trading account. `none`: trade is on trust.",
    }),
    settlementDays: z.int().min(0).max(90).default(2).meta({ description: "Business days from trade to delivery." }),
  })
  .meta({ id: "InstrumentTerms" });

export type MarketPhase = z.infer<typeof MarketPhase>;
export type AuctionPurpose = z.infer<typeof AuctionPurpose>;
export type PriceBands = z.infer<typeof PriceBands>;
export type Timetable = z.output<typeof Timetable>;
export type InstrumentTerms = z.output<typeof InstrumentTerms>;
export type InstrumentTermsInput = z.input<typeof InstrumentTerms>;
