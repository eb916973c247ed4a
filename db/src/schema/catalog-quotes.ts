import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  createdAt,
  inMarketplaceColumn,
  money,
  ownId,
  price,
  quantity,
  updatedAt,
  version,
} from "./catalog-columns.ts";
import { offers } from "./catalog-offers.ts";
import type { PaymentTerm } from "./catalog-prices.ts";
import { divisions } from "./catalog-prices.ts";
import { variants } from "./catalog-products.ts";
import { jsonOf, micros } from "./read-models-columns.ts";

/* What buyers want prices of, what vendors answer, and lists of what a project will need. */

const companyColumn = () => text("company_id").notNull();

/** What a line wants: an offer, a variant or, where nobody lists it yet, words alone. */
const wanted = () => ({
  lineNo: integer("line_no").notNull(),
  offerId: uuid("offer_id").references(() => offers.id),
  variantId: uuid("variant_id").references(() => variants.id),
  description: text("description").notNull().default(""),
  quantity: quantity("quantity").notNull(),
  unit: text("unit").notNull(),
  /** For one unit, in the document's currency. */
  targetPrice: price("target_price"),
});

/** A list of what a project will need. Its versions stay as they were written. */
export const estimates = pgTable(
  "estimates",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    companyId: companyColumn(),
    ownerId: text("owner_id").notNull(),
    name: text("name").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    /** The number of its newest version. */
    version: version(),
  },
  (table) => [index("estimates_of_company").on(table.companyId, table.marketplaceId, table.createdAt, table.id)],
);

export const estimateVersions = pgTable(
  "estimate_versions",
  {
    estimateId: uuid("estimate_id")
      .notNull()
      .references(() => estimates.id),
    no: integer("no").notNull(),
    currency: text("currency").notNull(),
    note: text("note").notNull().default(""),
    by: text("by").notNull(),
    at: micros("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.estimateId, table.no] })],
);

export const estimateLines = pgTable(
  "estimate_lines",
  { estimateId: uuid("estimate_id").notNull(), no: integer("no").notNull(), ...wanted() },
  (table) => [
    primaryKey({ columns: [table.estimateId, table.no, table.lineNo] }),
    foreignKey({
      name: "estimate_lines_of_version",
      columns: [table.estimateId, table.no],
      foreignColumns: [estimateVersions.estimateId, estimateVersions.no],
    }),
    check("estimate_lines_quantity", sql`${table.quantity} > 0 and coalesce(${table.targetPrice}, 0) >= 0`),
  ],
);

/** A buyer's question for prices to the vendors that he invites. */
export const quoteRequests = pgTable(
  "quote_requests",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    companyId: companyColumn(),
    divisionId: uuid("division_id").references(() => divisions.id),
    requestedBy: text("requested_by").notNull(),
    title: text("title").notNull(),
    currency: text("currency").notNull(),
    /** Until when vendors may quote. */
    dueAt: micros("due_at").notNull(),
    deliveryTerm: text("delivery_term"),
    deliveryPlace: text("delivery_place"),
    note: text("note").notNull().default(""),
    /** `closed`: no further quotes; those there are may be accepted while they are valid. */
    state: text("state", { enum: ["draft", "sent", "closed", "cancelled"] })
      .notNull()
      .default("draft"),
    sentAt: micros("sent_at"),
    /** What it came of, where it did: a project estimate's version. */
    estimateId: uuid("estimate_id"),
    estimateNo: integer("estimate_no"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [
    index("quote_requests_of_company").on(table.companyId, table.marketplaceId, table.createdAt, table.id),
    index("quote_requests_by_time").on(table.marketplaceId, table.createdAt, table.id),
    foreignKey({
      name: "quote_requests_of_estimate",
      columns: [table.estimateId, table.estimateNo],
      foreignColumns: [estimateVersions.estimateId, estimateVersions.no],
    }),
  ],
);

export const quoteRequestLines = pgTable(
  "quote_request_lines",
  {
    requestId: uuid("request_id")
      .notNull()
      .references(() => quoteRequests.id, { onDelete: "cascade" }),
    ...wanted(),
  },
  (table) => [
    primaryKey({ columns: [table.requestId, table.lineNo] }),
    check("quote_request_lines_quantity", sql`${table.quantity} > 0 and coalesce(${table.targetPrice}, 0) >= 0`),
  ],
);

/** Whom the buyer asked; no vendor learns of another. */
export const quoteInvitations = pgTable(
  "quote_invitations",
  {
    requestId: uuid("request_id")
      .notNull()
      .references(() => quoteRequests.id, { onDelete: "cascade" }),
    vendorId: text("vendor_id").notNull(),
    seenAt: micros("seen_at"),
    declinedAt: micros("declined_at"),
    reason: text("reason"),
  },
  (table) => [
    primaryKey({ columns: [table.requestId, table.vendorId] }),
    index("quote_invitations_of_vendor").on(table.vendorId, table.requestId),
  ],
);

/** A vendor's answer to a request; what it says is in its versions. */
export const quotes = pgTable(
  "quotes",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    requestId: uuid("request_id")
      .notNull()
      .references(() => quoteRequests.id),
    vendorId: text("vendor_id").notNull(),
    /** What the buyer reckons on top when he compares, in the request's currency; his alone to see. */
    addition: money("addition"),
    additionNote: text("addition_note").notNull().default(""),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    /** The number of its newest version. */
    version: version(),
    /** The newest version whose end both sides were told of, or needed not be. */
    toldExpired: integer("told_expired").notNull().default(0),
  },
  (table) => [
    unique("quotes_once").on(table.requestId, table.vendorId),
    index("quotes_running").on(table.id).where(sql`${table.toldExpired} < ${table.version}`),
    index("quotes_of_vendor").on(table.vendorId, table.marketplaceId, table.createdAt, table.id),
    check("quotes_addition", sql`coalesce(${table.addition}, 0) >= 0`),
  ],
);

/** By what an agreement may be made of a quote: until when its prices hold then, and how is paid. */
export type QuotedAgreement = { readonly until: string; readonly paymentTerm: PaymentTerm };

/** Added, never changed. */
export const quoteVersions = pgTable(
  "quote_versions",
  {
    quoteId: uuid("quote_id")
      .notNull()
      .references(() => quotes.id),
    no: integer("no").notNull(),
    currency: text("currency").notNull(),
    validUntil: micros("valid_until").notNull(),
    deliveryTerm: text("delivery_term"),
    deliveryPlace: text("delivery_place"),
    leadTimeDays: integer("lead_time_days"),
    /** Null where only orders can be made of it. */
    agreement: jsonOf<QuotedAgreement>("agreement"),
    note: text("note").notNull().default(""),
    by: text("by").notNull(),
    at: micros("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.quoteId, table.no] })],
);

/** One of the offers that a version makes for a line of the request; prices are net. */
export const quotedTiers = pgTable(
  "quoted_tiers",
  {
    quoteId: uuid("quote_id").notNull(),
    no: integer("no").notNull(),
    lineNo: integer("line_no").notNull(),
    position: integer("position").notNull(),
    /** The vendor's own that would be delivered; without one nothing can be ordered of it. */
    offerId: uuid("offer_id").references(() => offers.id),
    quantity: quantity("quantity").notNull(),
    unit: text("unit").notNull(),
    price: price("price").notNull(),
    priceBaseQuantity: quantity("price_base_quantity").notNull(),
    allowsMore: boolean("allows_more").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.quoteId, table.no, table.lineNo, table.position] }),
    foreignKey({
      name: "quoted_tiers_of_version",
      columns: [table.quoteId, table.no],
      foreignColumns: [quoteVersions.quoteId, quoteVersions.no],
    }),
    check(
      "quoted_tiers_amounts",
      sql`${table.quantity} > 0 and ${table.price} >= 0 and ${table.priceBaseQuantity} > 0`,
    ),
  ],
);

/** What a buyer took of a quote; a line of a quote is taken once. */
export const quoteAcceptances = pgTable(
  "quote_acceptances",
  {
    /** Made by the client: the same acceptance again has the same outcome. */
    id: uuid("id").primaryKey(),
    quoteId: uuid("quote_id").notNull(),
    no: integer("no").notNull(),
    outcome: text("outcome", { enum: ["order", "agreement"] }).notNull(),
    /** Of the purchase order or agreement. */
    outcomeId: uuid("outcome_id").notNull(),
    by: text("by").notNull(),
    at: micros("at").notNull(),
  },
  (table) => [
    index("quote_acceptances_of_quote").on(table.quoteId),
    foreignKey({
      name: "quote_acceptances_of_version",
      columns: [table.quoteId, table.no],
      foreignColumns: [quoteVersions.quoteId, quoteVersions.no],
    }),
  ],
);

export const acceptedQuoteLines = pgTable(
  "accepted_quote_lines",
  {
    acceptanceId: uuid("acceptance_id")
      .notNull()
      .references(() => quoteAcceptances.id),
    quoteId: uuid("quote_id")
      .notNull()
      .references(() => quotes.id),
    lineNo: integer("line_no").notNull(),
    quantity: quantity("quantity").notNull(),
    unit: text("unit").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.acceptanceId, table.lineNo] }),
    uniqueIndex("accepted_quote_lines_once").on(table.quoteId, table.lineNo),
  ],
);
