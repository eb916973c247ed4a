import { sql } from "drizzle-orm";
import { check, date, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import type { SeenPriceRow } from "./catalog-buying.ts";
import { costCenters } from "./catalog-buying.ts";
import { createdAt, inMarketplaceColumn, ownId, percent, quantity, updatedAt, version } from "./catalog-columns.ts";
import { offers } from "./catalog-offers.ts";
import { divisions } from "./catalog-prices.ts";
import { jsonOf, micros } from "./read-models-columns.ts";

/* What a company orders again and again by a calendar, and what became of each date. */

const day = (name: string) => date(name, { mode: "string" });

/** `on`: the weekday from Monday, 1, or the day of the month; null for every so many days. */
export type StandingRuleRow = {
  readonly every: number;
  readonly unit: "day" | "week" | "month";
  readonly on: number | null;
  readonly shift: "none" | "following" | "preceding" | "modified_following";
};

export const standingOrders = pgTable(
  "standing_orders",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    companyId: text("company_id").notNull(),
    divisionId: uuid("division_id").references(() => divisions.id),
    /** In whose name it is ordered: who wrote it last, so that he does not approve it. */
    requestedBy: text("requested_by").notNull(),
    name: text("name").notNull(),
    buyerNumber: text("buyer_number").notNull().default(""),
    note: text("note").notNull().default(""),
    state: text("state", { enum: ["active", "paused", "ended"] })
      .notNull()
      .default("active"),
    rule: jsonOf<StandingRuleRow>("rule").notNull(),
    startOn: day("start_on").notNull(),
    /** The last day on which it may be ordered. */
    endOn: day("end_on"),
    /** How many dates there are. */
    count: integer("count"),
    remindDays: integer("remind_days"),
    /** By how much a price may be above the agreed one. */
    tolerance: percent("tolerance").notNull(),
    /** For how many days somebody may consent to a dearer price. */
    consentDays: integer("consent_days").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [
    index("standing_orders_of_company").on(table.companyId, table.marketplaceId, table.createdAt, table.id),
    check("standing_orders_end", sql`${table.endOn} is null or ${table.endOn} >= ${table.startOn}`),
    check("standing_orders_tolerance", sql`${table.tolerance} >= 0 and coalesce(${table.count}, 1) > 0`),
  ],
);

export const standingOrderLines = pgTable(
  "standing_order_lines",
  {
    standingOrderId: uuid("standing_order_id")
      .notNull()
      .references(() => standingOrders.id),
    lineNo: integer("line_no").notNull(),
    offerId: uuid("offer_id")
      .notNull()
      .references(() => offers.id),
    quantity: quantity("quantity").notNull(),
    unit: text("unit").notNull(),
    costCenterId: uuid("cost_center_id").references(() => costCenters.id),
    agreed: jsonOf<SeenPriceRow>("agreed").notNull(),
    agreedAt: micros("agreed_at").notNull(),
    agreedBy: text("agreed_by").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.standingOrderId, table.lineNo] }),
    check("standing_order_lines_quantity", sql`${table.quantity} > 0`),
  ],
);

/** Another quantity for one date, as decimal text. */
export type StandingChangeRow = { readonly lineNo: number; readonly quantity: string };
export type AskedPriceRow = { readonly lineNo: number; readonly before: SeenPriceRow; readonly after: SeenPriceRow };

/** One row for each date, so that it is carried out once, whoever does it. */
export const standingOrderDates = pgTable(
  "standing_order_dates",
  {
    standingOrderId: uuid("standing_order_id")
      .notNull()
      .references(() => standingOrders.id),
    /** As the rule has it; the date goes by it when it is moved, too. */
    date: day("date").notNull(),
    /** Of the rule, from 0; several of one business day are one date. */
    step: integer("step").notNull(),
    /** From 1. */
    no: integer("no").notNull(),
    /** The business day on which it is ordered. */
    orderOn: day("order_on").notNull(),
    dueAt: micros("due_at").notNull(),
    /** Null where nobody is to be reminded any more. */
    remindAt: micros("remind_at"),
    state: text("state", { enum: ["planned", "skipped", "asked", "ordered", "failed", "lapsed"] })
      .notNull()
      .default("planned"),
    changes: jsonOf<readonly StandingChangeRow[]>("changes"),
    /** Who changed the date or consented to its prices: it is ordered in his name. */
    requestedBy: text("requested_by"),
    asked: jsonOf<readonly AskedPriceRow[]>("asked"),
    /** Of the question for consent. */
    expiresAt: micros("expires_at"),
    checkoutId: uuid("checkout_id"),
    problem: jsonOf<Readonly<Record<string, unknown>>>("problem"),
    doneAt: micros("done_at"),
  },
  (table) => [
    primaryKey({ columns: [table.standingOrderId, table.date] }),
    unique("standing_order_dates_no").on(table.standingOrderId, table.no),
    index("standing_order_dates_due").on(table.dueAt).where(sql`${table.state} = 'planned'`),
    index("standing_order_dates_reminders").on(table.remindAt).where(sql`${table.state} = 'planned'`),
    index("standing_order_dates_expiry").on(table.expiresAt).where(sql`${table.state} = 'asked'`),
    check("standing_order_dates_asked", sql`${table.state} <> 'asked' or ${table.expiresAt} is not null`),
    check("standing_order_dates_ordered", sql`(${table.state} = 'ordered') = (${table.checkoutId} is not null)`),
  ],
);
