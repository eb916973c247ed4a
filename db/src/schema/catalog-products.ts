import { sql } from "drizzle-orm";
import {
  bigint,
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
import { createdAt, inMarketplaceColumn, ownId, updatedAt, version } from "./catalog-columns.ts";
import { bytes } from "./columns.ts";
import { jsonOf, micros } from "./read-models-columns.ts";

/* What there is, apart from who sells it. A product without an owner is the marketplace's own: every vendor may list it. */

/** Texts by language tag. */
export type Labels = Readonly<Record<string, string>>;

/** A value of an attribute: text, a decimal with a unit, yes or no, or one or more of the attribute's choices. */
export type AttributeValue = {
  readonly attribute: string;
  readonly value: string | boolean | readonly string[];
  readonly unit?: string;
};

export const classSchemes = pgTable(
  "class_schemes",
  {
    marketplaceId: inMarketplaceColumn(),
    scheme: text("scheme").notNull(),
    release: text("release").notNull(),
    name: text("name").notNull(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [primaryKey({ columns: [table.marketplaceId, table.scheme] })],
);

export const classNodes = pgTable(
  "class_nodes",
  {
    marketplaceId: inMarketplaceColumn(),
    scheme: text("scheme").notNull(),
    code: text("code").notNull(),
    parent: text("parent"),
    labels: jsonOf<Labels>("labels").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.marketplaceId, table.scheme, table.code] }),
    index("class_nodes_by_parent").on(table.marketplaceId, table.scheme, table.parent),
    foreignKey({
      name: "class_nodes_of_scheme",
      columns: [table.marketplaceId, table.scheme],
      foreignColumns: [classSchemes.marketplaceId, classSchemes.scheme],
    }),
  ],
);

/** What products of a class, and of those below it, may and must tell of themselves. */
export const classAttributes = pgTable(
  "class_attributes",
  {
    marketplaceId: inMarketplaceColumn(),
    scheme: text("scheme").notNull(),
    classCode: text("class_code").notNull(),
    attribute: text("attribute").notNull(),
    kind: text("kind", { enum: ["text", "decimal", "yes_no", "choice", "choices"] }).notNull(),
    unit: text("unit"),
    choices: jsonOf<readonly { readonly value: string; readonly labels: Labels }[]>("choices"),
    labels: jsonOf<Labels>("labels").notNull(),
    required: boolean("required").notNull().default(false),
    filterable: boolean("filterable").notNull().default(true),
    /** Variants of one product may differ in it. */
    parts: boolean("parts").notNull().default(false),
    position: integer("position").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.marketplaceId, table.scheme, table.classCode, table.attribute] }),
    foreignKey({
      name: "class_attributes_of_node",
      columns: [table.marketplaceId, table.scheme, table.classCode],
      foreignColumns: [classNodes.marketplaceId, classNodes.scheme, classNodes.code],
    }).onDelete("cascade"),
    check("class_attributes_choices", sql`(${table.choices} is not null) = (${table.kind} in ('choice', 'choices'))`),
  ],
);

/** `nameKey`: the name without case, blanks and signs. */
export const brands = pgTable(
  "brands",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull(),
  },
  (table) => [unique("brands_once").on(table.marketplaceId, table.nameKey)],
);

export const products = pgTable(
  "products",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    /** Null for products of the marketplace. */
    ownerCompanyId: text("owner_company_id"),
    kind: text("kind", { enum: ["article", "kit", "service"] })
      .notNull()
      .default("article"),
    brandId: uuid("brand_id").references(() => brands.id),
    /** The manufacturer's number of the product, and without case, blanks and signs. */
    partNo: text("part_no"),
    partNoKey: text("part_no_key"),
    status: text("status", { enum: ["draft", "active", "withdrawn", "merged"] })
      .notNull()
      .default("draft"),
    /** Of a merged one: where its variants went. */
    mergedInto: uuid("merged_into"),
    attributes: jsonOf<readonly AttributeValue[]>("attributes").notNull().default([]),
    /** Which of the marketplace's tax rates applies. */
    taxCategory: text("tax_category", { enum: ["standard", "reduced", "zero", "exempt"] })
      .notNull()
      .default("standard"),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [
    index("products_by_time").on(table.marketplaceId, table.createdAt, table.id),
    index("products_of_owner").on(table.ownerCompanyId, table.marketplaceId, table.createdAt),
    index("products_by_part_no").on(table.marketplaceId, table.partNoKey, table.brandId),
    index("products_of_brand").on(table.brandId),
    check("products_merge", sql`(${table.status} = 'merged') = (${table.mergedInto} is not null)`),
  ],
);

export const productTexts = pgTable(
  "product_texts",
  {
    productId: uuid("product_id")
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    /** A language tag. */
    language: text("language").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    keywords: text("keywords").array().notNull().default([]),
  },
  (table) => [primaryKey({ columns: [table.productId, table.language] })],
);

export const productClasses = pgTable(
  "product_classes",
  {
    productId: uuid("product_id")
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    marketplaceId: inMarketplaceColumn(),
    scheme: text("scheme").notNull(),
    code: text("code").notNull(),
    /** The one whose attributes the product tells. */
    isPrimary: boolean("is_primary").notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.productId, table.scheme, table.code] }),
    uniqueIndex("product_classes_primary").on(table.productId).where(sql`${table.isPrimary}`),
    index("product_classes_by_class").on(table.marketplaceId, table.scheme, table.code),
    foreignKey({
      name: "product_classes_of_node",
      columns: [table.marketplaceId, table.scheme, table.code],
      foreignColumns: [classNodes.marketplaceId, classNodes.scheme, classNodes.code],
    }),
  ],
);

/** Pictures and documents, stored here or named by an address. */
export const productFiles = pgTable(
  "product_files",
  {
    id: ownId(),
    productId: uuid("product_id")
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    kind: text("kind", {
      enum: ["picture", "data_sheet", "safety_data_sheet", "certificate", "manual", "other"],
    }).notNull(),
    title: text("title").notNull().default(""),
    language: text("language"),
    mediaType: text("media_type").notNull(),
    url: text("url"),
    content: bytes("content"),
    length: bigint("length", { mode: "number" }),
    position: integer("position").notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [
    index("product_files_of_product").on(table.productId, table.position),
    check("product_files_source", sql`(${table.url} is null) <> (${table.content} is null)`),
  ],
);

/** What is counted and stocked. A product without differing ones has one. */
export const variants = pgTable(
  "variants",
  {
    id: ownId(),
    productId: uuid("product_id")
      .notNull()
      .references(() => products.id),
    marketplaceId: inMarketplaceColumn(),
    partNo: text("part_no"),
    partNoKey: text("part_no_key"),
    /** A code of UN/CEFACT recommendation 20, as all units here. Stock counts in it. */
    baseUnit: text("base_unit").notNull(),
    status: text("status", { enum: ["active", "withdrawn"] })
      .notNull()
      .default("active"),
    /** Where it differs from its sisters. */
    attributes: jsonOf<readonly AttributeValue[]>("attributes").notNull().default([]),
    version: version(),
  },
  (table) => [
    index("variants_of_product").on(table.productId),
    index("variants_by_part_no").on(table.marketplaceId, table.partNoKey),
  ],
);

/** One of `unit` is `num / den` base units, exactly. */
export const variantUnits = pgTable(
  "variant_units",
  {
    variantId: uuid("variant_id")
      .notNull()
      .references(() => variants.id, { onDelete: "cascade" }),
    unit: text("unit").notNull(),
    num: bigint("num", { mode: "bigint" }).notNull(),
    den: bigint("den", { mode: "bigint" }).notNull(),
    /** Of quantities in it. The base unit may have a row of its own, for the sake of these two. */
    decimals: integer("decimals").notNull().default(0),
    /** Whether it may be ordered. */
    isSold: boolean("is_sold").notNull().default(true),
  },
  (table) => [
    primaryKey({ columns: [table.variantId, table.unit] }),
    check("variant_units_ratio", sql`${table.num} > 0 and ${table.den} > 0`),
    check("variant_units_decimals", sql`${table.decimals} between 0 and 6`),
  ],
);

/** A number per packaging level, in the form of fourteen digits. Several variants may bear one in practice. */
export const variantGtins = pgTable(
  "variant_gtins",
  {
    variantId: uuid("variant_id")
      .notNull()
      .references(() => variants.id, { onDelete: "cascade" }),
    marketplaceId: inMarketplaceColumn(),
    unit: text("unit").notNull(),
    gtin: text("gtin").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.variantId, table.unit, table.gtin] }),
    index("variant_gtins_by_gtin").on(table.marketplaceId, table.gtin),
  ],
);

/** What a buyer calls a variant in his own books. */
export const buyerPartNumbers = pgTable(
  "buyer_part_numbers",
  {
    marketplaceId: inMarketplaceColumn(),
    companyId: text("company_id").notNull(),
    partNo: text("part_no").notNull(),
    partNoKey: text("part_no_key").notNull(),
    variantId: uuid("variant_id")
      .notNull()
      .references(() => variants.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.companyId, table.marketplaceId, table.partNoKey] }),
    index("buyer_part_numbers_of_variant").on(table.variantId, table.companyId),
  ],
);

/** What stands behind a finding of the match queue, so that an operator can decide. */
export type MatchEvidence = Readonly<Record<string, unknown>>;

/** Products that may be one, numbers that cannot be right, catalogues that look copied: for the operator to decide. */
export const matchFindings = pgTable(
  "match_findings",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    kind: text("kind", { enum: ["same_product", "gtin_conflict", "cloned_catalogue"] }).notNull(),
    reason: text("reason", { enum: ["gtin", "brand_and_part_no", "likeness", "same_rows"] }).notNull(),
    /** What was found last, and what it is like; of cloned catalogues two companies. */
    subject: text("subject").notNull(),
    other: text("other").notNull(),
    /** Of ten thousand. */
    score: integer("score").notNull(),
    evidence: jsonOf<MatchEvidence>("evidence").notNull(),
    state: text("state", { enum: ["open", "merged", "kept_apart"] })
      .notNull()
      .default("open"),
    /** Null where it merged by itself. */
    decidedBy: text("decided_by"),
    decidedAt: micros("decided_at"),
    reasonGiven: text("reason_given"),
    foundAt: createdAt(),
    version: version(),
  },
  (table) => [
    unique("match_findings_once").on(table.marketplaceId, table.kind, table.subject, table.other),
    index("match_findings_by_time").on(table.marketplaceId, table.state, table.foundAt, table.id),
    check("match_findings_decision", sql`(${table.state} = 'open') = (${table.decidedAt} is null)`),
  ],
);

/** What a company's own products say but for their prices, hashed: two companies with the same rows are told by it. */
export const catalogueRows = pgTable(
  "catalogue_rows",
  {
    productId: uuid("product_id")
      .primaryKey()
      .references(() => products.id, { onDelete: "cascade" }),
    marketplaceId: inMarketplaceColumn(),
    companyId: text("company_id").notNull(),
    rowKey: text("row_key").notNull(),
  },
  (table) => [
    index("catalogue_rows_by_key").on(table.marketplaceId, table.rowKey),
    index("catalogue_rows_of_company").on(table.marketplaceId, table.companyId),
  ],
);
