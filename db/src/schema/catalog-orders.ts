import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { ApprovalTierRow } from "./catalog-buying.ts";
import { budgets } from "./catalog-buying.ts";
import {
  createdAt,
  inMarketplaceColumn,
  money,
  ownId,
  percent,
  quantity,
  updatedAt,
  version,
} from "./catalog-columns.ts";
import { jsonOf, micros } from "./read-models-columns.ts";

/* Purchase orders, one per vendor of a checkout, and the money that they move. */

const day = (name: string) => date(name, { mode: "string" });
const none = sql`0`;

/** The last number that was given out, per vendor: nobody sees from his own how much others sell. */
export const purchaseOrderNumbers = pgTable(
  "purchase_order_numbers",
  {
    marketplaceId: inMarketplaceColumn(),
    vendorId: text("vendor_id").notNull(),
    last: bigint("last", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.marketplaceId, table.vendorId] })],
);

export const purchaseOrders = pgTable(
  "purchase_orders",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    /** Made by the client: the same checkout again gives the same orders. */
    checkoutId: uuid("checkout_id").notNull(),
    companyId: text("company_id").notNull(),
    divisionId: uuid("division_id"),
    vendorId: text("vendor_id").notNull(),
    number: bigint("number", { mode: "number" }).notNull(),
    /** The buyer's own number for it. */
    buyerNumber: text("buyer_number").notNull().default(""),
    note: text("note").notNull().default(""),
    state: text("state", {
      enum: ["awaiting_approval", "disapproved", "expired", "placed", "answered", "confirmed", "refused", "cancelled"],
    }).notNull(),
    requestedBy: text("requested_by").notNull(),
    currency: text("currency").notNull(),
    /** Sums of the lines that stand. */
    net: money("net").notNull(),
    tax: money("tax").notNull(),
    freight: money("freight").notNull(),
    /** For an order below the vendor's least. */
    smallOrderFee: money("small_order_fee").notNull(),
    /** On freight and fee, at the rate that held when it was ordered. */
    chargesTax: money("charges_tax").notNull().default(none),
    chargesTaxPercent: percent("charges_tax_percent").notNull().default(none),
    total: money("total").notNull(),
    /** While it waits for approval. */
    expiresAt: micros("expires_at"),
    placedAt: micros("placed_at"),
    reason: text("reason"),
    /** How far what was confirmed is with the buyer; null before. */
    fulfilment: text("fulfilment", { enum: ["open", "partly_shipped", "shipped", "received"] }),
    captured: money("captured").notNull().default(none),
    /** What the buyer need not pay of the total, for it was cancelled, returned or given off. */
    credited: money("credited").notNull().default(none),
    /** What he was given back of what he paid. */
    refunded: money("refunded").notNull().default(none),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [
    unique("purchase_orders_once").on(table.checkoutId, table.vendorId),
    unique("purchase_orders_number").on(table.marketplaceId, table.vendorId, table.number),
    index("purchase_orders_of_company").on(table.companyId, table.marketplaceId, table.createdAt, table.id),
    index("purchase_orders_of_vendor").on(table.vendorId, table.marketplaceId, table.createdAt, table.id),
    index("purchase_orders_by_time").on(table.marketplaceId, table.createdAt, table.id),
    index("purchase_orders_due").on(table.expiresAt).where(sql`${table.state} = 'awaiting_approval'`),
    check(
      "purchase_orders_total",
      sql`${table.total} = ${table.net} + ${table.tax} + ${table.freight} + ${table.smallOrderFee} + ${table.chargesTax}`,
    ),
    check("purchase_orders_credited", sql`${table.credited} between 0 and ${table.total}`),
    check("purchase_orders_expiry", sql`(${table.state} = 'awaiting_approval') = (${table.expiresAt} is not null)`),
    check(
      "purchase_orders_captured",
      sql`${table.captured} >= 0 and ${table.refunded} between 0 and ${table.captured}`,
    ),
  ],
);

/** What a line costs and why, as the engine froze it; whole numbers as text. */
export type FrozenLineRow = Readonly<Record<string, unknown>>;
/** What a vendor would deliver instead. */
export type LineProposal = { readonly quantity?: string; readonly deliverOn?: string };

export const purchaseOrderLines = pgTable(
  "purchase_order_lines",
  {
    orderId: uuid("order_id")
      .notNull()
      .references(() => purchaseOrders.id),
    lineNo: integer("line_no").notNull(),
    offerId: uuid("offer_id").notNull(),
    variantId: uuid("variant_id").notNull(),
    vendorPartNo: text("vendor_part_no").notNull(),
    buyerPartNo: text("buyer_part_no"),
    name: text("name").notNull(),
    brandId: text("brand_id"),
    /** Its classes and all above them. */
    classIds: text("class_ids").array().notNull(),
    quantity: quantity("quantity").notNull(),
    unit: text("unit").notNull(),
    deliverOn: day("deliver_on"),
    costCenterId: uuid("cost_center_id"),
    frozen: jsonOf<FrozenLineRow>("frozen").notNull(),
    net: money("net").notNull(),
    tax: money("tax").notNull(),
    gross: money("gross").notNull(),
    state: text("state", { enum: ["open", "disapproved", "confirmed", "proposed", "refused", "cancelled"] }).notNull(),
    proposal: jsonOf<LineProposal>("proposal"),
    reason: text("reason"),
    /* Of the quantity, in its unit. */
    cancelled: quantity("cancelled").notNull().default(none),
    shipped: quantity("shipped").notNull().default(none),
    received: quantity("received").notNull().default(none),
    damaged: quantity("damaged").notNull().default(none),
    missing: quantity("missing").notNull().default(none),
    returned: quantity("returned").notNull().default(none),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.lineNo] }),
    check("purchase_order_lines_gross", sql`${table.gross} = ${table.net} + ${table.tax} and ${table.quantity} > 0`),
    check(
      "purchase_order_lines_shipped",
      sql`least(${table.cancelled}, ${table.shipped}) >= 0 and ${table.cancelled} + ${table.shipped} <= ${table.quantity}`,
    ),
    check(
      "purchase_order_lines_arrived",
      sql`least(${table.received}, ${table.damaged}, ${table.missing}) >= 0
        and ${table.received} + ${table.damaged} + ${table.missing} <= ${table.shipped}`,
    ),
    check(
      "purchase_order_lines_returned",
      sql`${table.returned} between 0 and ${table.received} + ${table.damaged} + ${table.missing}`,
    ),
  ],
);

/** What an order holds or has spent of a budget, in the budget's currency. */
export const budgetUses = pgTable(
  "budget_uses",
  {
    budgetId: uuid("budget_id")
      .notNull()
      .references(() => budgets.id),
    orderId: uuid("order_id")
      .notNull()
      .references(() => purchaseOrders.id),
    /** The lines that count for it. */
    lineNos: integer("line_nos").array().notNull(),
    held: money("held").notNull(),
    spent: money("spent").notNull().default(none),
    /** Of what was spent, for lines that were cancelled or returned later. */
    givenBack: money("given_back").notNull().default(none),
  },
  (table) => [
    primaryKey({ columns: [table.budgetId, table.orderId] }),
    index("budget_uses_of_order").on(table.orderId),
    check("budget_uses_amounts", sql`${table.held} >= 0 and ${table.spent} >= 0 and ${table.givenBack} >= 0`),
  ],
);

export type RouteTierRow = ApprovalTierRow & {
  readonly rules: readonly { readonly ruleId: string; readonly name: string; readonly ownerId: string }[];
};

/** The way of one order through those who decide, as the rules were when it was made. */
export const orderApprovals = pgTable("order_approvals", {
  orderId: uuid("order_id")
    .primaryKey()
    .references(() => purchaseOrders.id),
  tiers: jsonOf<readonly RouteTierRow[]>("tiers").notNull(),
  /** The tier that is asked, from 0; as many as there are when all have approved. */
  tier: integer("tier").notNull().default(0),
});

/** What people decided; nobody counts twice in a tier. */
export const approvalDecisions = pgTable(
  "approval_decisions",
  {
    orderId: uuid("order_id")
      .notNull()
      .references(() => orderApprovals.orderId),
    tier: integer("tier").notNull(),
    by: text("by").notNull(),
    verdict: text("verdict", { enum: ["approve", "reject"] }).notNull(),
    covers: integer("covers").array().notNull(),
    onBehalfOf: text("on_behalf_of").array().notNull(),
    rejectedLines: integer("rejected_lines").array().notNull(),
    reason: text("reason").notNull(),
    at: micros("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.tier, table.by] })],
);

/** What happened to an order, for both sides. */
export const purchaseOrderRecord = pgTable(
  "purchase_order_record",
  {
    id: ownId(),
    orderId: uuid("order_id")
      .notNull()
      .references(() => purchaseOrders.id),
    action: text("action").notNull(),
    by: text("by").notNull(),
    at: micros("at").notNull(),
    details: jsonOf<Readonly<Record<string, unknown>>>("details").notNull(),
  },
  (table) => [index("purchase_order_record_of_order").on(table.orderId, table.id)],
);

/** The operator's part of a sale, frozen with the line when the order was placed. */
export const commissionLines = pgTable(
  "commission_lines",
  {
    orderId: uuid("order_id").notNull(),
    lineNo: integer("line_no").notNull(),
    ruleId: text("rule_id").notNull(),
    percent: percent("percent").notNull(),
    vatPercent: percent("vat_percent").notNull(),
    base: money("base").notNull(),
    fee: money("fee").notNull(),
    vat: money("vat").notNull(),
    payable: money("payable").notNull(),
    /** Of the base. */
    refunded: money("refunded").notNull().default(none),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.lineNo] }),
    foreignKey({
      name: "commission_lines_of_line",
      columns: [table.orderId, table.lineNo],
      foreignColumns: [purchaseOrderLines.orderId, purchaseOrderLines.lineNo],
    }),
    check("commission_lines_sum", sql`${table.base} = ${table.fee} + ${table.vat} + ${table.payable}`),
    check("commission_lines_refunded", sql`${table.refunded} between 0 and ${table.base}`),
  ],
);

/** Money that a buyer paid for a checkout, split over its orders. */
export const orderPayments = pgTable(
  "order_payments",
  {
    id: uuid("id").primaryKey(),
    marketplaceId: inMarketplaceColumn(),
    companyId: text("company_id").notNull(),
    checkoutId: uuid("checkout_id").notNull(),
    currency: text("currency").notNull(),
    amount: money("amount").notNull(),
    by: text("by").notNull(),
    at: micros("at").notNull(),
  },
  (table) => [
    index("order_payments_of_checkout").on(table.checkoutId),
    check("order_payments_amount", sql`${table.amount} > 0`),
  ],
);

export const orderPaymentParts = pgTable(
  "order_payment_parts",
  {
    paymentId: uuid("payment_id")
      .notNull()
      .references(() => orderPayments.id),
    orderId: uuid("order_id")
      .notNull()
      .references(() => purchaseOrders.id),
    vendorId: text("vendor_id").notNull(),
    amount: money("amount").notNull(),
  },
  (table) => [primaryKey({ columns: [table.paymentId, table.orderId] })],
);

/** What was paid out to a vendor at once. */
export const vendorPayouts = pgTable(
  "vendor_payouts",
  {
    id: uuid("id").primaryKey(),
    marketplaceId: inMarketplaceColumn(),
    vendorId: text("vendor_id").notNull(),
    currency: text("currency").notNull(),
    amount: money("amount").notNull(),
    by: text("by").notNull(),
    at: micros("at").notNull(),
  },
  (table) => [
    index("vendor_payouts_of_vendor").on(table.vendorId, table.marketplaceId, table.at, table.id),
    check("vendor_payouts_amount", sql`${table.amount} > 0`),
  ],
);

/** What a vendor is owed for a sale, or owes for a refund (below zero); without a payout it comes with the next. */
export const vendorEntries = pgTable(
  "vendor_entries",
  {
    /** The sale's or refund's own id. */
    id: uuid("id").primaryKey(),
    marketplaceId: inMarketplaceColumn(),
    vendorId: text("vendor_id").notNull(),
    orderId: uuid("order_id")
      .notNull()
      .references(() => purchaseOrders.id),
    lineNo: integer("line_no"),
    kind: text("kind", { enum: ["sale", "refund"] }).notNull(),
    currency: text("currency").notNull(),
    /** To or from the buyer; of a refund below zero. */
    gross: money("gross").notNull(),
    fee: money("fee").notNull(),
    vat: money("vat").notNull(),
    amount: money("amount").notNull(),
    reason: text("reason"),
    payoutId: uuid("payout_id").references(() => vendorPayouts.id),
    by: text("by").notNull(),
    at: micros("at").notNull(),
  },
  (table) => [
    index("vendor_entries_of_vendor").on(table.vendorId, table.marketplaceId, table.at, table.id),
    index("vendor_entries_unpaid")
      .on(table.vendorId, table.marketplaceId, table.currency)
      .where(sql`${table.payoutId} is null`),
    check("vendor_entries_sum", sql`${table.gross} = ${table.fee} + ${table.vat} + ${table.amount}`),
  ],
);
