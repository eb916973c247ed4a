import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { jsonOf, micros } from "./read-models-columns.ts";

/* What becomes of money and goods between the ledger and the instruments. Nothing here is derived from a journal: rows
 * change with their posting, in one transaction, or are finished later by what the ledger and a shard answer. */

const units = (name: string) => bigint(name, { mode: "bigint" });
const day = (name: string) => date(name, { mode: "string" });
const none = sql`0`;

/** Deposits and withdrawals, with the operator's decision. */
export const assetRequests = pgTable(
  "asset_requests",
  {
    id: uuid("id").primaryKey(),
    marketplaceId: text("marketplace_id").notNull(),
    companyId: text("company_id").notNull(),
    direction: text("direction", { enum: ["deposit", "withdrawal"] }).notNull(),
    assetId: text("asset_id").notNull(),
    amount: units("amount").notNull(),
    note: text("note").notNull(),
    state: text("state", { enum: ["requested", "confirmed", "refused", "reversed"] })
      .notNull()
      .default("requested"),
    requestedBy: text("requested_by").notNull(),
    requestedAt: micros("requested_at").notNull(),
    decidedBy: text("decided_by"),
    decidedAt: micros("decided_at"),
    reason: text("reason"),
  },
  (table) => [
    index("asset_requests_by_time").on(table.marketplaceId, table.direction, table.requestedAt, table.id),
    index("asset_requests_of_company").on(table.companyId, table.marketplaceId, table.requestedAt, table.id),
    check("asset_requests_amount", sql`${table.amount} > 0`),
    check("asset_requests_decision", sql`(${table.state} = 'requested') = (${table.decidedAt} is null)`),
  ],
);

export type ReceiptRow = { readonly assetId: string; readonly quantity: string };

/** What moves between the books and an instrument. `held`: the ledger keeps it until the shard has answered. */
export const allocations = pgTable(
  "allocations",
  {
    id: uuid("id").primaryKey(),
    marketplaceId: text("marketplace_id").notNull(),
    instrumentId: text("instrument_id").notNull(),
    companyId: text("company_id").notNull(),
    direction: text("direction", { enum: ["in", "out"] }).notNull(),
    cause: text("cause", { enum: ["request", "sweep"] }).notNull(),
    currency: text("currency").notNull(),
    /** Decimal text in the unit, as everywhere on the way to a shard. */
    money: text("money").notNull(),
    goods: text("goods").notNull(),
    receipts: jsonOf<readonly ReceiptRow[]>("receipts").notNull(),
    state: text("state", { enum: ["requested", "held", "done", "refused"] })
      .notNull()
      .default("requested"),
    problem: jsonOf<Readonly<Record<string, unknown>>>("problem"),
    requestedBy: text("requested_by").notNull(),
    requestedAt: micros("requested_at").notNull(),
    changedAt: micros("changed_at").notNull(),
  },
  (table) => [
    index("allocations_by_time").on(table.instrumentId, table.requestedAt, table.id),
    index("allocations_unfinished").on(table.changedAt).where(sql`${table.state} in ('requested', 'held')`),
  ],
);

/** Companies whose free money and goods flow back when the instrument closes. `armed`: it was open since the last time. */
export const sweepInstructions = pgTable(
  "sweep_instructions",
  {
    instrumentId: text("instrument_id").notNull(),
    companyId: text("company_id").notNull(),
    marketplaceId: text("marketplace_id").notNull(),
    armed: boolean("armed").notNull(),
    sweeps: integer("sweeps").notNull().default(0),
    setBy: text("set_by").notNull(),
    setAt: micros("set_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.instrumentId, table.companyId] })],
);

/**
 * The trades of one instrument and UTC day. `waiting` until the read models have come to `wantedSeq`, `netted` until it
 * is due, `failed` while something is owed after it was due.
 */
export const settlements = pgTable(
  "settlements",
  {
    instrumentId: text("instrument_id").notNull(),
    tradeDate: day("trade_date").notNull(),
    marketplaceId: text("marketplace_id").notNull(),
    state: text("state", { enum: ["waiting", "netted", "failed", "settled"] }).notNull(),
    wantedSeq: bigint("wanted_seq", { mode: "number" }).notNull(),
    /** What the read model of the day told at the netting: a trade busted later shows in another number. */
    nettedSeq: bigint("netted_seq", { mode: "number" }),
    /** At which what is not delivered is not paid: the last price of the day. Decimal text. */
    price: text("price"),
    dueOn: day("due_on"),
    /** When it is tried next. */
    nextOn: day("next_on"),
    attempts: integer("attempts").notNull().default(0),
    feesNetted: units("fees_netted").notNull().default(none),
    feesSettled: units("fees_settled").notNull().default(none),
    feesAdjusted: units("fees_adjusted").notNull().default(none),
    changedAt: micros("changed_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.instrumentId, table.tradeDate] }),
    index("settlements_next").on(table.nextOn).where(sql`${table.state} <> 'settled'`),
    index("settlements_by_day").on(table.marketplaceId, table.tradeDate, table.instrumentId),
  ],
);

/**
 * What one company gets (above zero) or gives of one settlement: money in the instrument's smallest units, its fees
 * taken off, goods in quantity steps. Open is netted + adjusted - settled.
 */
export const obligations = pgTable(
  "obligations",
  {
    id: uuid("id").primaryKey(),
    instrumentId: text("instrument_id").notNull(),
    tradeDate: day("trade_date").notNull(),
    companyId: text("company_id").notNull(),
    marketplaceId: text("marketplace_id").notNull(),
    state: text("state", { enum: ["open", "failed", "disputed", "settled"] }).notNull(),
    moneyNetted: units("money_netted").notNull(),
    goodsNetted: units("goods_netted").notNull(),
    feesNetted: units("fees_netted").notNull(),
    /** By a buy-in, or because the operator upheld a dispute. */
    moneyAdjusted: units("money_adjusted").notNull().default(none),
    goodsAdjusted: units("goods_adjusted").notNull().default(none),
    moneySettled: units("money_settled").notNull().default(none),
    goodsSettled: units("goods_settled").notNull().default(none),
    /** What the shard has been told of trades that did not stand, see `tradingCorrections`. */
    moneyCorrected: units("money_corrected").notNull().default(none),
    goodsCorrected: units("goods_corrected").notNull().default(none),
    disputedBy: text("disputed_by"),
    reason: text("reason"),
    changedAt: micros("changed_at").notNull(),
  },
  (table) => [
    unique("obligations_once").on(table.instrumentId, table.tradeDate, table.companyId),
    index("obligations_of_company").on(table.companyId, table.marketplaceId, table.tradeDate),
    index("obligations_by_day").on(table.marketplaceId, table.tradeDate),
  ],
);

/** What a shard has still to be told of money and goods that are not where its trades had put them. */
export const tradingCorrections = pgTable(
  "trading_corrections",
  {
    id: uuid("id").primaryKey(),
    instrumentId: text("instrument_id").notNull(),
    companyId: text("company_id").notNull(),
    marketplaceId: text("marketplace_id").notNull(),
    money: text("money").notNull(),
    goods: text("goods").notNull(),
    /** A correction that takes away what is in use is asked again, each time under another key. */
    attempts: integer("attempts").notNull().default(0),
    done: boolean("done").notNull().default(false),
    at: micros("at").notNull(),
  },
  (table) => [index("trading_corrections_open").on(table.at).where(sql`not ${table.done}`)],
);
