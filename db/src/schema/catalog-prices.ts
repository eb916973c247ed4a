import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import {
  createdAt,
  inMarketplaceColumn,
  money,
  ownId,
  percent,
  price,
  quantity,
  updatedAt,
  validFrom,
  validUntil,
  version,
} from "./catalog-columns.ts";
import { offers } from "./catalog-offers.ts";
import { jsonOf, micros } from "./read-models-columns.ts";

/* What is paid, and by whom. No price per buyer is stored: it is found when it is asked for. */

/** Parts of a company, each below the company or another part of it; who buys for one has its agreements and those above. */
export const divisions = pgTable(
  "divisions",
  {
    id: ownId(),
    companyId: text("company_id").notNull(),
    parentId: uuid("parent_id"),
    name: text("name").notNull(),
    createdAt: createdAt(),
    version: version(),
  },
  (table) => [unique("divisions_once").on(table.companyId, table.parentId, table.name).nullsNotDistinct()],
);

/** A vendor's, or the marketplace's where there is no vendor. */
export const customerGroups = pgTable(
  "customer_groups",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    vendorId: text("vendor_id"),
    name: text("name").notNull(),
    /** What its members have reached in the loyalty programme of the group's owner. */
    loyaltyLevel: integer("loyalty_level").notNull().default(0),
    version: version(),
  },
  (table) => [unique("customer_groups_once").on(table.marketplaceId, table.vendorId, table.name).nullsNotDistinct()],
);

export const customerGroupMembers = pgTable(
  "customer_group_members",
  {
    groupId: uuid("group_id")
      .notNull()
      .references(() => customerGroups.id, { onDelete: "cascade" }),
    companyId: text("company_id").notNull(),
    since: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.companyId] }),
    index("customer_group_members_of_company").on(table.companyId),
  ],
);

/** How and when is paid. `limit`: what may be owed at once, in the agreement's currency. */
export type PaymentTerm =
  | { readonly kind: "prepaid" | "on_delivery" }
  | { readonly kind: "net_days"; readonly days: number }
  | { readonly kind: "deferred"; readonly days: number; readonly limit: string };

/** Terms of an agreement as they came over the wire, which are stored in columns and rows once they are in force. */
export type AgreementProposal = Readonly<Record<string, unknown>>;

/** What a buyer and a vendor settled. Each side has its own number for it. */
export const agreements = pgTable(
  "agreements",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    vendorId: text("vendor_id").notNull(),
    buyerId: text("buyer_id").notNull(),
    /** Null for all of the buyer. */
    divisionId: uuid("division_id").references(() => divisions.id),
    numberVendor: text("number_vendor").notNull().default(""),
    numberBuyer: text("number_buyer").notNull().default(""),
    currency: text("currency").notNull(),
    paymentTerm: jsonOf<PaymentTerm>("payment_term").notNull(),
    deliveryTerm: text("delivery_term"),
    deliveryPlace: text("delivery_place"),
    validFrom: validFrom(),
    validUntil: validUntil(),
    status: text("status", { enum: ["draft", "proposed", "active", "refused", "ended"] })
      .notNull()
      .default("draft"),
    /** Of the terms in force; rises whenever both sides agreed to others. */
    termsVersion: integer("terms_version").notNull().default(1),
    /** Terms that the vendor would have instead of those in force, until the buyer accepts or refuses them. */
    proposal: jsonOf<AgreementProposal>("proposal"),
    /** What it came of, where it did: a quote or an award. */
    origin: text("origin"),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [
    index("agreements_of_buyer").on(table.buyerId, table.marketplaceId, table.createdAt, table.id),
    index("agreements_of_vendor").on(table.vendorId, table.marketplaceId, table.createdAt, table.id),
    index("agreements_by_time").on(table.marketplaceId, table.createdAt, table.id),
    check("agreements_parties", sql`${table.vendorId} <> ${table.buyerId}`),
  ],
);

/** Adds `percent` to the base list's price from so many base units on. */
export type PercentBandRow = {
  readonly scope: "all" | "class" | "brand";
  readonly scopeId?: string;
  readonly minQuantity: string;
  readonly percent: string;
};

export const priceLists = pgTable(
  "price_lists",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    /** Null for a list of the marketplace. */
    vendorId: text("vendor_id"),
    name: text("name").notNull(),
    currency: text("currency").notNull(),
    priceMode: text("price_mode", { enum: ["net", "gross"] })
      .notNull()
      .default("net"),
    /** In which local days are entered as periods. */
    timeZone: text("time_zone").notNull().default("UTC"),
    validFrom: validFrom(),
    validUntil: validUntil(),
    exclusive: boolean("exclusive").notNull().default(false),
    stacking: text("stacking", { enum: ["none", "promotions"] })
      .notNull()
      .default("promotions"),
    tierScope: text("tier_scope", { enum: ["line", "offer", "mix_group"] })
      .notNull()
      .default("line"),
    /** Prices are derived where no row applies. */
    isDerived: boolean("is_derived").notNull().default(false),
    /** From what; null: each offer's base list. */
    derivedFrom: uuid("derived_from"),
    bands: jsonOf<readonly PercentBandRow[]>("bands").notNull().default([]),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [
    unique("price_lists_once").on(table.marketplaceId, table.vendorId, table.name).nullsNotDistinct(),
    index("price_lists_by_time").on(table.marketplaceId, table.createdAt, table.id),
  ],
);

export const priceListAssignments = pgTable(
  "price_list_assignments",
  {
    listId: uuid("list_id")
      .notNull()
      .references(() => priceLists.id, { onDelete: "cascade" }),
    target: text("target", { enum: ["agreement", "customer_group", "channel", "country", "marketplace"] }).notNull(),
    targetId: text("target_id").notNull(),
    priority: integer("priority").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.listId, table.target, table.targetId] }),
    index("price_list_assignments_of_target").on(table.target, table.targetId),
  ],
);

/** One rung of one offer's ladder in one list. */
export const prices = pgTable(
  "prices",
  {
    id: ownId(),
    listId: uuid("list_id")
      .notNull()
      .references(() => priceLists.id),
    offerId: uuid("offer_id")
      .notNull()
      .references(() => offers.id, { onDelete: "cascade" }),
    unit: text("unit").notNull(),
    /** How many of `unit` the price buys. */
    priceBaseQuantity: quantity("price_base_quantity").notNull().default(sql`1000000`),
    minQuantity: quantity("min_quantity").notNull().default(sql`1000000`),
    price: price("price").notNull(),
    validFrom: validFrom(),
    validUntil: validUntil(),
    /** When this row came to be, as it is. */
    storedFrom: micros("stored_from").notNull().default(sql`now()`),
  },
  (table) => [
    // With the columns that a price is found by: the table itself is read for the rows found.
    unique("prices_once").on(table.offerId, table.listId, table.unit, table.minQuantity, table.validFrom),
    index("prices_of_list").on(table.listId, table.offerId),
    check("prices_amount", sql`${table.price} >= 0 and ${table.priceBaseQuantity} > 0 and ${table.minQuantity} > 0`),
    check("prices_period", sql`${table.validUntil} is null or ${table.validUntil} > ${table.validFrom}`),
  ],
);

/** Past rows of `prices`, kept so that any price can be explained as it was. */
export const pastPrices = pgTable(
  "past_prices",
  {
    id: uuid("id").notNull(),
    listId: uuid("list_id").notNull(),
    offerId: uuid("offer_id").notNull(),
    unit: text("unit").notNull(),
    priceBaseQuantity: quantity("price_base_quantity").notNull(),
    minQuantity: quantity("min_quantity").notNull(),
    price: price("price").notNull(),
    validFrom: micros("valid_from").notNull(),
    validUntil: micros("valid_until"),
    /** While it was in `prices`. */
    storedFrom: micros("stored_from").notNull(),
    storedUntil: micros("stored_until").notNull(),
  },
  (table) => [index("past_prices_of_offer").on(table.offerId, table.storedUntil)],
);

/** What buyers may order at all: of an agreement, a group, or everybody in the marketplace. Without one: everything. */
export const assortments = pgTable(
  "assortments",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    vendorId: text("vendor_id"),
    target: text("target", { enum: ["agreement", "customer_group", "marketplace"] }).notNull(),
    targetId: text("target_id").notNull(),
    name: text("name").notNull(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [index("assortments_of_target").on(table.target, table.targetId)],
);

export const assortmentItems = pgTable(
  "assortment_items",
  {
    assortmentId: uuid("assortment_id")
      .notNull()
      .references(() => assortments.id, { onDelete: "cascade" }),
    mode: text("mode", { enum: ["include", "exclude"] }).notNull(),
    kind: text("kind", { enum: ["class", "brand", "vendor", "offer"] }).notNull(),
    itemId: text("item_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.assortmentId, table.mode, table.kind, table.itemId] })],
);

/** What an agreement says of quantities, of one offer or all; what it leaves open the offer itself says. In order units. */
export const quantityRules = pgTable(
  "quantity_rules",
  {
    id: ownId(),
    agreementId: uuid("agreement_id")
      .notNull()
      .references(() => agreements.id, { onDelete: "cascade" }),
    offerId: uuid("offer_id").references(() => offers.id, { onDelete: "cascade" }),
    minQuantity: quantity("min_quantity"),
    multiple: quantity("multiple"),
    maxQuantity: quantity("max_quantity"),
  },
  (table) => [unique("quantity_rules_once").on(table.agreementId, table.offerId).nullsNotDistinct()],
);

/** The least amount of a vendor's purchase orders, for all or under one agreement. */
export const orderMinimums = pgTable(
  "order_minimums",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    vendorId: text("vendor_id").notNull(),
    agreementId: uuid("agreement_id").references(() => agreements.id, { onDelete: "cascade" }),
    currency: text("currency").notNull(),
    amount: money("amount").notNull(),
    mode: text("mode", { enum: ["block", "fee"] }).notNull(),
    fee: money("fee").notNull().default(sql`0`),
  },
  (table) => [
    unique("order_minimums_once")
      .on(table.vendorId, table.marketplaceId, table.agreementId, table.currency)
      .nullsNotDistinct(),
  ],
);

/** What a buyer must be or do for a promotion, what it takes off, and for which offers; decimals as text. */
export type PromotionTerms = {
  readonly condition:
    | { readonly kind: "functional"; readonly customerGroupId: string }
    | { readonly kind: "quantity"; readonly minQuantity: string }
    | { readonly kind: "loyalty"; readonly minLevel: number }
    | { readonly kind: "seasonal" };
  readonly effect:
    | { readonly kind: "percent"; readonly percent: string }
    | { readonly kind: "amount"; readonly amount: string; readonly currency: string };
  readonly scope: {
    readonly brandId?: string | undefined;
    readonly classId?: string | undefined;
    readonly offerIds?: readonly string[] | undefined;
  };
};

export const promotions = pgTable(
  "promotions",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    vendorId: text("vendor_id"),
    name: text("name").notNull(),
    kind: text("kind", { enum: ["functional", "quantity", "loyalty", "seasonal"] }).notNull(),
    terms: jsonOf<PromotionTerms>("terms").notNull(),
    stackGroup: integer("stack_group").notNull().default(0),
    priority: integer("priority").notNull().default(0),
    bearer: text("bearer", { enum: ["vendor", "marketplace", "shared"] }).notNull(),
    /** What the vendor bears of a shared one. */
    vendorShare: percent("vendor_share"),
    validFrom: validFrom(),
    validUntil: validUntil(),
    version: version(),
  },
  (table) => [
    index("promotions_of_vendor").on(table.marketplaceId, table.vendorId),
    check("promotions_share", sql`(${table.bearer} = 'shared') = (${table.vendorShare} is not null)`),
  ],
);

/** What is added to net prices of a category for buyers of a country; nothing where there is no row. */
export const taxRates = pgTable(
  "tax_rates",
  {
    marketplaceId: inMarketplaceColumn(),
    country: text("country").notNull(),
    category: text("category", { enum: ["standard", "reduced", "zero", "exempt"] }).notNull(),
    percent: percent("percent").notNull(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [primaryKey({ columns: [table.marketplaceId, table.country, table.category] })],
);
