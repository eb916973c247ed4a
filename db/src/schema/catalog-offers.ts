import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import {
  createdAt,
  inMarketplaceColumn,
  ownId,
  quantity,
  updatedAt,
  validFrom,
  validUntil,
  version,
} from "./catalog-columns.ts";
import { variants } from "./catalog-products.ts";
import { jsonOf, micros } from "./read-models-columns.ts";

/* What vendors list, and what they have of it. */

export const offers = pgTable(
  "offers",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    vendorId: text("vendor_id").notNull(),
    variantId: uuid("variant_id")
      .notNull()
      .references(() => variants.id),
    /** The vendor's own number of it, and without case, blanks and signs. */
    vendorPartNo: text("vendor_part_no").notNull(),
    vendorPartNoKey: text("vendor_part_no_key").notNull(),
    condition: text("condition", { enum: ["new", "refurbished", "used"] })
      .notNull()
      .default("new"),
    status: text("status", { enum: ["draft", "proposed", "active", "paused", "rejected", "withdrawn"] })
      .notNull()
      .default("draft"),
    orderUnit: text("order_unit").notNull(),
    /** In order units. */
    minQuantity: quantity("min_quantity").notNull(),
    multiple: quantity("multiple"),
    maxQuantity: quantity("max_quantity"),
    leadTimeDays: integer("lead_time_days"),
    /** A rule of Incoterms 2020 and the place that it names. */
    deliveryTerm: text("delivery_term"),
    deliveryPlace: text("delivery_place"),
    shipsFrom: text("ships_from"),
    region: text("region"),
    /** Offers of one vendor that are counted together where a price list says so. */
    mixGroup: text("mix_group"),
    baseListId: uuid("base_list_id"),
    validFrom: validFrom(),
    validUntil: validUntil(),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [
    unique("offers_once").on(table.vendorId, table.marketplaceId, table.vendorPartNo),
    index("offers_of_variant").on(table.variantId),
    index("offers_by_time").on(table.marketplaceId, table.createdAt, table.id),
    index("offers_of_vendor").on(table.vendorId, table.marketplaceId, table.createdAt, table.id),
    index("offers_by_part_no").on(table.marketplaceId, table.vendorPartNoKey),
    index("offers_to_review").on(table.marketplaceId, table.updatedAt).where(sql`${table.status} = 'proposed'`),
    check("offers_quantities", sql`${table.minQuantity} > 0 and coalesce(${table.multiple}, 1) > 0`),
    check("offers_maximum", sql`${table.maxQuantity} is null or ${table.maxQuantity} >= ${table.minQuantity}`),
  ],
);

/** Whose offers need nobody's look; without a row everybody's do. */
export const offerReviews = pgTable("offer_reviews", {
  marketplaceId: text("marketplace_id").primaryKey(),
  /** Of all vendors but for those that are named. */
  activeWithoutReview: boolean("active_without_review").notNull(),
  vendors: jsonOf<readonly ReviewedVendor[]>("vendors").notNull(),
  updatedAt: updatedAt(),
  version: version(),
});

export type ReviewedVendor = { readonly vendorId: string; readonly activeWithoutReview: boolean };

/** Every change of an offer or a product, by whom and why; never changed itself. */
export const catalogRecord = pgTable(
  "catalog_record",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    subject: text("subject", { enum: ["product", "offer", "price_list", "agreement"] }).notNull(),
    subjectId: uuid("subject_id").notNull(),
    /** Whose record it is: the vendor's or owner's; null for what belongs to the marketplace. */
    companyId: text("company_id"),
    action: text("action").notNull(),
    /** Members that changed, as they were and as they are. */
    before: jsonOf<Readonly<Record<string, unknown>>>("before").notNull(),
    after: jsonOf<Readonly<Record<string, unknown>>>("after").notNull(),
    reason: text("reason"),
    by: text("by").notNull(),
    at: micros("at").notNull().default(sql`now()`),
    versionAfter: integer("version_after").notNull(),
  },
  (table) => [index("catalog_record_of_subject").on(table.subjectId, table.versionAfter)],
);

/** What a vendor has in a place, in base units. An offer without a row is made or bought when it is ordered. */
export const stockLevels = pgTable(
  "stock_levels",
  {
    offerId: uuid("offer_id")
      .notNull()
      .references(() => offers.id, { onDelete: "cascade" }),
    place: text("place").notNull().default(""),
    onHand: quantity("on_hand").notNull(),
    /** The sum of the reservations that hold. */
    reserved: quantity("reserved").notNull().default(sql`0`),
    /** How far below nothing may be sold. */
    backorderMax: quantity("backorder_max").notNull().default(sql`0`),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [
    primaryKey({ columns: [table.offerId, table.place] }),
    check("stock_levels_reserved", sql`${table.reserved} >= 0 and ${table.onHand} >= 0`),
    check("stock_levels_promised", sql`${table.reserved} <= ${table.onHand} + ${table.backorderMax}`),
  ],
);

/** Stock that is kept for somebody until it is taken, given back or its time is over. */
export const stockReservations = pgTable(
  "stock_reservations",
  {
    id: ownId(),
    offerId: uuid("offer_id").notNull(),
    place: text("place").notNull(),
    companyId: text("company_id").notNull(),
    /** In base units. */
    quantity: quantity("quantity").notNull(),
    purpose: text("purpose", { enum: ["cart", "approval", "quote", "purchase_order"] }).notNull(),
    /** What it is kept for: a line of that. */
    reference: text("reference").notNull(),
    state: text("state", { enum: ["holding", "taken", "released", "expired"] })
      .notNull()
      .default("holding"),
    expiresAt: micros("expires_at"),
    createdAt: createdAt(),
    endedAt: micros("ended_at"),
  },
  (table) => [
    index("stock_reservations_of_reference").on(table.reference),
    index("stock_reservations_due").on(table.expiresAt).where(sql`${table.state} = 'holding'`),
    check("stock_reservations_quantity", sql`${table.quantity} > 0`),
  ],
);

/**
 * What the search index has to look at again, written by triggers in the transaction of the change. A reader takes them by
 * number up to the first that a transaction that still runs may have taken, so that none is passed over.
 */
export const catalogChanges = pgTable(
  "catalog_changes",
  {
    seq: bigint("seq", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    marketplaceId: inMarketplaceColumn(),
    subject: text("subject", {
      enum: ["product", "price_list", "assortment", "company", "promotion", "market", "settings", "supplier"],
    }).notNull(),
    subjectId: text("subject_id").notNull(),
    at: createdAt(),
  },
  (table) => [index("catalog_changes_by_time").on(table.at)],
);

/** Up to which number changes were deleted: one row, or none. */
export const catalogChangesKept = pgTable("catalog_changes_kept", {
  one: boolean("one").primaryKey(),
  seq: bigint("seq", { mode: "number" }).notNull().default(0),
});
