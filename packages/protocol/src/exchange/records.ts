import { z } from "zod";
import { pageQuery } from "../pages.ts";
import { CompanyId, Currency, Decimal, Instant, MarketplaceId, Title, UnitCode, UserId } from "../primitives.ts";
import { InstrumentId, OrderId, TradeId } from "./commands.ts";
import { InstrumentTerms, MarketPhase } from "./instrument-terms.ts";

/*
 * What one reads page by page about the exchange: the read models, a moment behind the streams.
 */

const oneOrMore = <Entry extends z.ZodType>(entry: Entry) => z.union([entry, z.array(entry).max(20)]);
const side = z.enum(["buy", "sell"]);

export const candleIntervals = { "1m": 60, "5m": 300, "15m": 900, "1h": 3_600, "4h": 14_400, "1d": 86_400 } as const;
export const CandleInterval = z.enum(["1m", "5m", "15m", "1h", "4h", "1d"]);

export const InstrumentState = z.enum(["draft", "listed", "delisted"]);
/** `open`: it can still trade. */
export const OrderState = z.enum(["open", "filled", "cancelled"]);

export const InstrumentRecord = z
  .object({
    instrumentId: InstrumentId,
    marketplaceId: MarketplaceId,
    state: InstrumentState,
    version: z.int(),
    terms: InstrumentTerms,
    phase: MarketPhase,
    last: Decimal.optional(),
    lastAt: Instant.optional(),
    reference: Decimal.optional(),
    listedAt: Instant.optional(),
    delistedAt: Instant.optional(),
  })
  .meta({ id: "InstrumentRecord" });

/** One's own company's orders; staff see all of them. */
export const OrderRecord = z
  .object({
    orderId: OrderId,
    instrumentId: InstrumentId,
    companyId: CompanyId,
    userId: UserId.optional(),
    side,
    kind: z.string(),
    tif: z.string(),
    price: Decimal.optional(),
    stopPrice: Decimal.optional(),
    quantity: Decimal,
    filled: Decimal,
    leaves: Decimal.meta({ description: "What can still trade; zero of one that is done." }),
    state: OrderState,
    cause: z.string().optional().meta({ description: "Why it was cancelled." }),
    replacedBy: OrderId.optional(),
    averagePrice: Decimal.optional().meta({ description: "Of its fills, rounded half up to six digits." }),
    at: Instant,
    endedAt: Instant.optional(),
  })
  .meta({ id: "OrderRecord" });

export const FillRecord = z
  .object({
    fillId: z
      .string()
      .meta({ description: "Trade id and side: `<trade id>-buy`; in an auction with the order's number." }),
    tradeId: TradeId,
    orderId: OrderId,
    instrumentId: InstrumentId,
    companyId: CompanyId,
    side,
    role: z.enum(["maker", "taker", "auction"]),
    price: Decimal,
    quantity: Decimal,
    value: Decimal,
    fee: Decimal,
    currency: Currency,
    unit: UnitCode,
    at: Instant,
    busted: z.boolean(),
  })
  .meta({ id: "FillRecord" });

/** What everybody may know of a trade. */
export const TradeRecord = z
  .object({
    tradeId: TradeId,
    instrumentId: InstrumentId,
    price: Decimal,
    quantity: Decimal,
    takerSide: side.optional(),
    auction: z.boolean(),
    at: Instant,
    busted: z.boolean(),
    replaces: TradeId.optional().meta({ description: "The trade that this one corrects." }),
  })
  .meta({ id: "TradeRecord" });

/** Trades that were busted do not count; times without trade have no candle. */
export const CandleRecord = z
  .object({
    instrumentId: InstrumentId,
    interval: CandleInterval,
    start: Instant,
    open: Decimal,
    high: Decimal,
    low: Decimal,
    close: Decimal,
    volume: Decimal,
    turnover: Decimal,
    trades: z.int(),
    auction: z.boolean().meta({ description: "Whether an auction's trades are in it." }),
    version: z.int(),
  })
  .meta({ id: "CandleRecord" });

/** One trading day, UTC, of one instrument. */
export const DayStatistics = z
  .object({
    instrumentId: InstrumentId,
    day: z.string(),
    open: Decimal.optional(),
    high: Decimal.optional(),
    low: Decimal.optional(),
    close: Decimal.optional(),
    volume: Decimal,
    turnover: Decimal,
    trades: z.int(),
    orders: z.int().meta({ description: "Orders accepted." }),
  })
  .meta({ id: "DayStatistics" });

export const InstrumentQuery = z.strictObject({
  ...pageQuery,
  state: oneOrMore(InstrumentState).optional(),
  q: Title.min(1).optional().meta({ description: "Part of the title, grade or place, in any case." }),
});
export const OrderQuery = z.strictObject({
  ...pageQuery,
  instrumentId: InstrumentId.optional(),
  state: OrderState.optional(),
  side: side.optional(),
});
export const FillQuery = z.strictObject({
  ...pageQuery,
  instrumentId: InstrumentId.optional(),
  orderId: OrderId.optional(),
  from: Instant.optional(),
  until: Instant.optional(),
});
export const TradeQuery = z.strictObject({ ...pageQuery, from: Instant.optional(), until: Instant.optional() });
export const CandleQuery = z.strictObject({
  ...pageQuery,
  interval: CandleInterval,
  from: Instant.optional(),
  until: Instant.optional(),
});
export const StatisticsQuery = z.strictObject(pageQuery);

export type CandleInterval = z.infer<typeof CandleInterval>;
export type InstrumentState = z.infer<typeof InstrumentState>;
export type OrderState = z.infer<typeof OrderState>;
export type InstrumentRecord = z.infer<typeof InstrumentRecord>;
export type OrderRecord = z.infer<typeof OrderRecord>;
export type FillRecord = z.infer<typeof FillRecord>;
export type TradeRecord = z.infer<typeof TradeRecord>;
export type CandleRecord = z.infer<typeof CandleRecord>;
export type DayStatistics = z.infer<typeof DayStatistics>;
export type InstrumentQuery = z.infer<typeof InstrumentQuery>;
export type OrderQuery = z.infer<typeof OrderQuery>;
export type FillQuery = z.infer<typeof FillQuery>;
export type TradeQuery = z.infer<typeof TradeQuery>;
export type CandleQuery = z.infer<typeof CandleQuery>;
export type StatisticsQuery = z.infer<typeof StatisticsQuery>;
