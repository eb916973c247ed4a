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
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  createdAt,
  inMarketplaceColumn,
  money,
  ownId,
  percent,
  quantity,
  updatedAt,
  validFrom,
  version,
} from "./catalog-columns.ts";
import { offers } from "./catalog-offers.ts";
import { divisions } from "./catalog-prices.ts";
import { amount, jsonOf, micros } from "./read-models-columns.ts";

/* What companies decide about their buying, and what they are about to buy. Orders are in `catalog-orders.ts`. */

const day = (name: string) => date(name, { mode: "string" });
const companyColumn = () => text("company_id").notNull();
const none = sql`0`;

/** What one unit of a currency was worth in another from `at` on, and who says so. Rows are added, never changed. */
export const exchangeRates = pgTable(
  "exchange_rates",
  {
    marketplaceId: inMarketplaceColumn(),
    fromCurrency: text("from_currency").notNull(),
    toCurrency: text("to_currency").notNull(),
    at: micros("at").notNull(),
    /** With every digit as it was written. */
    rate: amount("rate").notNull(),
    source: text("source").notNull(),
    setBy: text("set_by").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.marketplaceId, table.fromCurrency, table.toCurrency, table.at] }),
    check("exchange_rates_rate", sql`${table.rate} > 0 and ${table.fromCurrency} <> ${table.toCurrency}`),
  ],
);

export type ApprovalConditionRow = {
  readonly amountFrom?: { readonly currency: string; readonly amount: string };
  readonly classIds?: readonly string[];
  readonly vendorIds?: readonly string[];
  readonly costCenterIds?: readonly string[];
  readonly requesterRoles?: readonly string[];
};
export type DeciderRow =
  | { readonly kind: "role"; readonly role: string }
  | { readonly kind: "person"; readonly userId: string };
export type ApprovalTierRow = { readonly needs: "any" | "all"; readonly deciders: readonly DeciderRow[] };

/** Which purchase orders of a company, or of a division and those below it, have to be approved, and by whom. */
export const approvalRules = pgTable(
  "approval_rules",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    companyId: companyColumn(),
    divisionId: uuid("division_id").references(() => divisions.id),
    name: text("name").notNull(),
    /** Whom to ask about it: who wrote it last. */
    ownerId: text("owner_id").notNull(),
    position: integer("position").notNull(),
    condition: jsonOf<ApprovalConditionRow>("condition").notNull(),
    tiers: jsonOf<readonly ApprovalTierRow[]>("tiers").notNull(),
    active: boolean("active").notNull().default(true),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [index("approval_rules_of_company").on(table.companyId, table.marketplaceId, table.createdAt, table.id)],
);

/** Who decides for whom, and when. */
export const approvalDelegations = pgTable(
  "approval_delegations",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    companyId: companyColumn(),
    byUser: text("by_user").notNull(),
    toUser: text("to_user").notNull(),
    validFrom: validFrom(),
    validUntil: micros("valid_until").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index("approval_delegations_of_company").on(table.companyId, table.marketplaceId, table.createdAt, table.id),
    check(
      "approval_delegations_period",
      sql`${table.validUntil} > ${table.validFrom} and ${table.byUser} <> ${table.toUser}`,
    ),
  ],
);

export const costCenters = pgTable(
  "cost_centers",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    companyId: companyColumn(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    active: boolean("active").notNull().default(true),
    createdAt: createdAt(),
    version: version(),
  },
  (table) => [unique("cost_centers_once").on(table.companyId, table.marketplaceId, table.code)],
);

/**
 * What may be spent in a period: by the company, on one cost centre, by one member, or by him on it. Every purchase
 * order that fits it counts, freight and taxes included, in the budget's currency.
 */
export const budgets = pgTable(
  "budgets",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    companyId: companyColumn(),
    costCenterId: uuid("cost_center_id").references(() => costCenters.id),
    memberId: text("member_id"),
    name: text("name").notNull(),
    /** Whom to ask about it: who wrote it last. */
    ownerId: text("owner_id").notNull(),
    validFrom: validFrom(),
    validUntil: micros("valid_until").notNull(),
    currency: text("currency").notNull(),
    amount: money("amount").notNull(),
    /** By orders on their way. */
    held: money("held").notNull().default(none),
    /** By orders that the vendor has confirmed. */
    spent: money("spent").notNull().default(none),
    /** `block`: nothing beyond it; `approve`: what goes beyond it needs an approval; `warn`: it is told. */
    mode: text("mode", { enum: ["block", "approve", "warn"] }).notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    /** Of what people wrote, not of what is held and spent. */
    version: version(),
  },
  (table) => [
    index("budgets_of_company").on(table.companyId, table.marketplaceId, table.createdAt, table.id),
    check("budgets_amounts", sql`${table.amount} >= 0 and ${table.held} >= 0 and ${table.spent} >= 0`),
    check("budgets_limit", sql`${table.mode} <> 'block' or ${table.held}::numeric + ${table.spent} <= ${table.amount}`),
    check("budgets_period", sql`${table.validUntil} > ${table.validFrom}`),
  ],
);

/** One open one for each person, company, marketplace and division that he buys for. */
export const carts = pgTable(
  "carts",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    companyId: companyColumn(),
    userId: text("user_id").notNull(),
    divisionId: uuid("division_id").references(() => divisions.id),
    currency: text("currency").notNull(),
    state: text("state", { enum: ["open", "ordered"] })
      .notNull()
      .default("open"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [
    uniqueIndex("carts_open")
      .on(table.userId, table.companyId, table.marketplaceId, sql`coalesce(${table.divisionId}::text, '')`)
      .where(sql`${table.state} = 'open'`),
  ],
);

/** A price as somebody saw it, with whole numbers as text. */
export type SeenPriceRow = {
  readonly unitPrice: string;
  readonly currency: string;
  readonly priceMode: "net" | "gross";
  readonly basis: {
    readonly priceBaseQuantity: string;
    readonly unit: string;
    readonly ratio: { readonly num: string; readonly den: string };
  };
};

/** The same offer, unit and day is one line. */
export const cartLines = pgTable(
  "cart_lines",
  {
    id: ownId(),
    cartId: uuid("cart_id")
      .notNull()
      .references(() => carts.id, { onDelete: "cascade" }),
    offerId: uuid("offer_id")
      .notNull()
      .references(() => offers.id),
    quantity: quantity("quantity").notNull(),
    unit: text("unit").notNull(),
    deliverOn: day("deliver_on"),
    costCenterId: uuid("cost_center_id").references(() => costCenters.id),
    /** Null where there was none. */
    seen: jsonOf<SeenPriceRow>("seen"),
    addedAt: micros("added_at").notNull(),
  },
  (table) => [
    unique("cart_lines_once").on(table.cartId, table.offerId, table.unit, table.deliverOn).nullsNotDistinct(),
    check("cart_lines_quantity", sql`${table.quantity} > 0`),
  ],
);

/** Lines that are ordered again and again. `shared`: everybody who buys for the company has it. */
export const requisitionLists = pgTable(
  "requisition_lists",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    companyId: companyColumn(),
    ownerId: text("owner_id").notNull(),
    name: text("name").notNull(),
    shared: boolean("shared").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [
    index("requisition_lists_of_company").on(table.companyId, table.marketplaceId, table.createdAt, table.id),
  ],
);

export const requisitionLines = pgTable(
  "requisition_lines",
  {
    listId: uuid("list_id")
      .notNull()
      .references(() => requisitionLists.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
    offerId: uuid("offer_id")
      .notNull()
      .references(() => offers.id),
    quantity: quantity("quantity").notNull(),
    unit: text("unit").notNull(),
  },
  (table) => [primaryKey({ columns: [table.listId, table.position] })],
);

/** What a vendor takes for delivering one purchase order; nothing from `freeFrom` on. */
export const freightTerms = pgTable(
  "freight_terms",
  {
    marketplaceId: inMarketplaceColumn(),
    vendorId: text("vendor_id").notNull(),
    currency: text("currency").notNull(),
    amount: money("amount").notNull(),
    freeFrom: money("free_from"),
    /** On freight and on the fee for a small order; null: the rate of most of the goods. */
    taxPercent: percent("tax_percent"),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [
    primaryKey({ columns: [table.marketplaceId, table.vendorId, table.currency] }),
    check("freight_terms_amount", sql`${table.amount} >= 0 and coalesce(${table.freeFrom}, 0) >= 0`),
    check("freight_terms_tax", sql`coalesce(${table.taxPercent}, 0) >= 0`),
  ],
);

/** What the operator takes of sales, the first rule that fits; `percent` and bounds as decimal text. */
export type CommissionRuleRow = {
  readonly ruleId: string;
  readonly vendorId?: string;
  readonly brandId?: string;
  readonly classId?: string;
  readonly percent: string;
  readonly bounds: readonly { readonly currency: string; readonly min?: string; readonly max?: string }[];
};

/** What an operator decides about buying in the marketplace. */
export const buyingTerms = pgTable("buying_terms", {
  marketplaceId: text("marketplace_id").primaryKey(),
  /** How long price, stock and budget are kept for an order that waits for approval. */
  approvalDays: integer("approval_days").notNull(),
  /** VAT on commissions, in ten-thousandths of a percent. */
  commissionVat: bigint("commission_vat", { mode: "bigint" }).notNull(),
  commissions: jsonOf<readonly CommissionRuleRow[]>("commissions").notNull(),
  /** Of the days on which standing orders are carried out, and days that are no business days. */
  timeZone: text("time_zone").notNull().default("UTC"),
  holidays: day("holidays").array().notNull().default(sql`'{}'`),
  updatedAt: updatedAt(),
  version: version(),
});
