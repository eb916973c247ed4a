import type { CandleInterval, InstrumentTerms, MarketPhase } from "@kontor/protocol";
import { bigint, boolean, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { amount, jsonOf, micros, numbered } from "./read-models-columns.ts";

/*
 * Read models of instruments and what is ordered and traded in them; see the tenders' for who writes them. Indexes end
 * with the time, without the id that lists sort by next: few rows have one time, and ids would double what is written.
 */

const ofInstrument = () => ({
  instrumentId: text("instrument_id").notNull(),
  marketplaceId: text("marketplace_id").notNull(),
});
const side = (name: string) => text(name, { enum: ["buy", "sell"] });
const seq = () => bigint("seq", { mode: "number" }).notNull();

export const instruments = pgTable(
  "instruments",
  {
    id: text("id").primaryKey(),
    marketplaceId: text("marketplace_id").notNull(),
    createdBy: text("created_by").notNull(),
    state: text("state", { enum: ["draft", "listed", "delisted"] }).notNull(),
    version: integer("version").notNull(),
    title: text("title").notNull(),
    grade: text("grade").notNull(),
    place: text("place").notNull(),
    /** With the timetable and the bands that are in force. */
    terms: jsonOf<InstrumentTerms>("terms").notNull(),
    phase: text("phase").$type<MarketPhase>().notNull(),
    /** Of the latest trade that stands. */
    last: amount("last"),
    lastAt: micros("last_at"),
    reference: amount("reference"),
    draftedAt: micros("drafted_at").notNull(),
    listedAt: micros("listed_at"),
    delistedAt: micros("delisted_at"),
    seq: seq(),
  },
  (table) => [index("instruments_by_draft").on(table.marketplaceId, table.draftedAt, table.id)],
);

export const orders = pgTable(
  "orders",
  {
    id: numbered("id").primaryKey(),
    ...ofInstrument(),
    companyId: text("company_id").notNull(),
    userId: text("user_id").notNull(),
    side: side("side").notNull(),
    /** As it is now: a stop that fired is a market or a limit order. */
    kind: text("kind").notNull(),
    tif: text("tif").notNull(),
    price: amount("price"),
    stopPrice: amount("stop_price"),
    quantity: amount("quantity").notNull(),
    filled: amount("filled").notNull(),
    leaves: amount("leaves").notNull(),
    state: text("state", { enum: ["open", "filled", "cancelled"] }).notNull(),
    cause: text("cause"),
    replacedBy: numbered("replaced_by"),
    /** What its fills that stand come to: those of busted trades do not count. */
    countedQuantity: amount("counted_quantity").notNull(),
    countedValue: amount("counted_value").notNull(),
    at: micros("at").notNull(),
    endedAt: micros("ended_at"),
    seq: seq(),
  },
  (table) => [
    index("orders_by_time").on(table.marketplaceId, table.at),
    index("orders_of_company").on(table.companyId, table.marketplaceId, table.at),
    index("orders_of_instrument").on(table.instrumentId, table.at),
  ],
);

export const fills = pgTable(
  "fills",
  {
    id: numbered("id").primaryKey(),
    tradeId: numbered("trade_id").notNull(),
    orderId: numbered("order_id").notNull(),
    ...ofInstrument(),
    companyId: text("company_id").notNull(),
    side: side("side").notNull(),
    role: text("role", { enum: ["maker", "taker", "auction"] }).notNull(),
    price: amount("price").notNull(),
    quantity: amount("quantity").notNull(),
    value: amount("value").notNull(),
    fee: amount("fee").notNull(),
    currency: text("currency").notNull(),
    unit: text("unit").notNull(),
    at: micros("at").notNull(),
    busted: boolean("busted").notNull(),
    seq: seq(),
  },
  (table) => [
    index("fills_by_time").on(table.marketplaceId, table.at),
    index("fills_of_company").on(table.companyId, table.marketplaceId, table.at),
    index("fills_of_order").on(table.orderId),
    index("fills_of_instrument").on(table.instrumentId, table.at),
  ],
);

export const trades = pgTable(
  "trades",
  {
    id: numbered("id").primaryKey(),
    ...ofInstrument(),
    price: amount("price").notNull(),
    quantity: amount("quantity").notNull(),
    takerSide: side("taker_side"),
    auction: boolean("auction").notNull(),
    /** When it was traded: a correction has the time, and the place among the trades, of what it corrects. */
    at: micros("at").notNull(),
    place: bigint("place", { mode: "number" }).notNull(),
    busted: boolean("busted").notNull(),
    replaces: numbered("replaces"),
    seq: seq(),
  },
  (table) => [index("trades_of_instrument").on(table.instrumentId, table.at)],
);

/** One whose trades were all busted stays, with none: its version must not begin anew. */
export const candles = pgTable(
  "candles",
  {
    ...ofInstrument(),
    interval: text("interval").$type<CandleInterval>().notNull(),
    start: micros("start").notNull(),
    open: amount("open").notNull(),
    high: amount("high").notNull(),
    low: amount("low").notNull(),
    close: amount("close").notNull(),
    volume: amount("volume").notNull(),
    turnover: amount("turnover").notNull(),
    trades: integer("trades").notNull(),
    auction: boolean("auction").notNull(),
    version: integer("version").notNull(),
    seq: seq(),
  },
  (table) => [primaryKey({ columns: [table.instrumentId, table.interval, table.start] })],
);

export const instrumentDays = pgTable(
  "instrument_days",
  {
    ...ofInstrument(),
    /** UTC, such as 2026-11-01. */
    day: text("day").notNull(),
    open: amount("open"),
    high: amount("high"),
    low: amount("low"),
    close: amount("close"),
    volume: amount("volume").notNull(),
    turnover: amount("turnover").notNull(),
    trades: integer("trades").notNull(),
    orders: integer("orders").notNull(),
    seq: seq(),
  },
  (table) => [primaryKey({ columns: [table.instrumentId, table.day] })],
);
