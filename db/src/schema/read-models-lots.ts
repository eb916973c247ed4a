import type { LotFormat, LotPhase, LotTerms, Visibility } from "@kontor/protocol";
import { bigint, boolean, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { amount, jsonOf, micros } from "./read-models-columns.ts";

/* Read models of lots and what is bid for and awarded in them; see the tenders' for who writes them. */

const inTender = () => ({
  tenderId: text("tender_id").notNull(),
  marketplaceId: text("marketplace_id").notNull(),
});
const inLot = () => ({ lotId: text("lot_id").notNull(), ...inTender() });
const seq = () => bigint("seq", { mode: "number" }).notNull();

export const lots = pgTable(
  "lots",
  {
    id: text("id").primaryKey(),
    ...inTender(),
    number: integer("number").notNull(),
    title: text("title").notNull(),
    grade: text("grade").notNull(),
    quantity: text("quantity").notNull(),
    unit: text("unit").notNull(),
    direction: text("direction", { enum: ["buy", "sell"] }).notNull(),
    format: text("format").$type<LotFormat>().notNull(),
    visibility: text("visibility").$type<Visibility>().notNull(),
    currency: text("currency").notNull(),
    priceScale: integer("price_scale").notNull(),
    terms: jsonOf<LotTerms>("terms").notNull(),
    phase: text("phase").$type<LotPhase>().notNull(),
    reason: text("reason"),
    /** Infinity until it is scheduled. */
    opensAt: micros("opens_at").notNull(),
    endsAt: micros("ends_at"),
    extensions: integer("extensions").notNull(),
    bidCount: integer("bid_count").notNull(),
    bestPrice: amount("best_price"),
    leaderCompanyId: text("leader_company_id"),
    closedAt: micros("closed_at"),
    /** The result as it stands: with an award in force, or without any that could be. */
    outcome: text("outcome", { enum: ["sold", "no_bids", "reserve_unmet", "unsuccessful", "cancelled"] }),
    resultPrice: amount("result_price"),
    winnerCompanyId: text("winner_company_id"),
    /** There was a result at some time: what sealed visibility held back has been shown. */
    revealed: boolean("revealed").notNull(),
    seq: seq(),
  },
  (table) => [
    uniqueIndex("lots_of_tender").on(table.tenderId, table.number),
    index("lots_by_opening").on(table.marketplaceId, table.opensAt, table.id),
    index("lots_of_winner").on(table.winnerCompanyId),
  ],
);

/** Aliases drawn at a lot's opening. */
export const lotBidders = pgTable(
  "lot_bidders",
  { ...inLot(), companyId: text("company_id").notNull(), alias: integer("alias").notNull(), seq: seq() },
  (table) => [
    primaryKey({ columns: [table.lotId, table.companyId] }),
    index("lot_bidders_of_tender").on(table.tenderId),
  ],
);

export const bids = pgTable(
  "bids",
  {
    id: text("id").primaryKey(),
    ...inLot(),
    companyId: text("company_id").notNull(),
    userId: text("user_id").notNull(),
    alias: integer("alias"),
    price: amount("price").notNull(),
    currency: text("currency").notNull(),
    /** For the bidder's own eyes. */
    maximum: amount("maximum"),
    source: text("source", { enum: ["live", "initial", "buy_now"] }).notNull(),
    at: micros("at").notNull(),
    voided: boolean("voided").notNull(),
    voidReason: text("void_reason"),
    seq: seq(),
  },
  (table) => [
    index("bids_of_lot").on(table.lotId, table.at, table.id),
    index("bids_of_company").on(table.companyId, table.marketplaceId, table.at, table.id),
    index("bids_of_tender").on(table.tenderId, table.at, table.id),
  ],
);

/** Sealed prices once opened: there is no row before. */
export const initialPrices = pgTable(
  "initial_prices",
  {
    ...inLot(),
    companyId: text("company_id").notNull(),
    price: amount("price").notNull(),
    currency: text("currency").notNull(),
    at: micros("at").notNull(),
    evaluatedPrice: amount("evaluated_price"),
    note: text("note"),
    disqualified: text("disqualified"),
    seq: seq(),
  },
  (table) => [
    primaryKey({ columns: [table.lotId, table.companyId] }),
    index("initial_prices_of_tender").on(table.tenderId),
  ],
);

export const awards = pgTable(
  "awards",
  {
    id: text("id").primaryKey(),
    ...inLot(),
    companyId: text("company_id").notNull(),
    ownerCompanyId: text("owner_company_id").notNull(),
    status: text("status", { enum: ["pending", "accepted", "rejected", "refused", "cancelled"] }).notNull(),
    price: amount("price").notNull(),
    currency: text("currency").notNull(),
    rank: integer("rank").notNull(),
    reason: text("reason"),
    proposedAt: micros("proposed_at").notNull(),
    decidedAt: micros("decided_at"),
    standstillEndsAt: micros("standstill_ends_at"),
    seq: seq(),
  },
  (table) => [
    index("awards_by_time").on(table.marketplaceId, table.proposedAt, table.id),
    index("awards_of_company").on(table.companyId, table.marketplaceId, table.proposedAt, table.id),
    index("awards_of_owner").on(table.ownerCompanyId, table.marketplaceId, table.proposedAt, table.id),
    index("awards_of_lot").on(table.lotId),
    index("awards_of_tender").on(table.tenderId),
  ],
);

export const contracts = pgTable(
  "contracts",
  {
    id: text("id").primaryKey(),
    awardId: text("award_id").notNull(),
    ...inLot(),
    companyId: text("company_id").notNull(),
    ownerCompanyId: text("owner_company_id").notNull(),
    title: text("title").notNull(),
    quantity: text("quantity").notNull(),
    unit: text("unit").notNull(),
    price: amount("price").notNull(),
    currency: text("currency").notNull(),
    status: text("status", { enum: ["open", "signed"] }).notNull(),
    drawnAt: micros("drawn_at").notNull(),
    signedByOwnerAt: micros("signed_by_owner_at"),
    signedByCounterpartyAt: micros("signed_by_counterparty_at"),
    seq: seq(),
  },
  (table) => [
    index("contracts_by_time").on(table.marketplaceId, table.drawnAt, table.id),
    index("contracts_of_company").on(table.companyId, table.marketplaceId, table.drawnAt, table.id),
    index("contracts_of_owner").on(table.ownerCompanyId, table.marketplaceId, table.drawnAt, table.id),
    index("contracts_of_lot").on(table.lotId),
    index("contracts_of_tender").on(table.tenderId),
  ],
);
