import { sql } from "drizzle-orm";
import { date, foreignKey, index, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { createdAt, inMarketplaceColumn, ownId, updatedAt, version } from "./catalog-columns.ts";
import { jsonOf, micros } from "./read-models-columns.ts";

/* What the search of a marketplace goes by, and the suppliers that it finds. */

/** Phrases of one language: all alike, or `phrases` found by `also` too, and not the other way round. */
export type SynonymRow = {
  readonly language: string;
  readonly phrases: readonly string[];
  readonly also?: readonly string[];
};

/** What the operator wrote; a marketplace without a row has no synonyms and shows English first. */
export const searchSettings = pgTable("search_settings", {
  marketplaceId: text("marketplace_id").primaryKey(),
  /** The first is searched in and shown where nobody asks for another, the next where there is no text in it. */
  languages: text("languages").array().notNull(),
  synonyms: jsonOf<readonly SynonymRow[]>("synonyms").notNull().default(sql`'[]'`),
  updatedAt: updatedAt(),
  version: version(),
});

/** A class that a company supplies, and how much of it in a period. */
export type SupplyRow = {
  readonly scheme: string;
  readonly code: string;
  /** A decimal as text; the unit is a code of Recommendation 20. */
  readonly capacity?: { readonly quantity: string; readonly unit: string; readonly per: string };
};

/** What a company tells all of a marketplace about what it supplies. */
export const supplierProfiles = pgTable(
  "supplier_profiles",
  {
    marketplaceId: inMarketplaceColumn(),
    companyId: text("company_id").notNull(),
    regions: text("regions").array().notNull(),
    texts: jsonOf<readonly { readonly language: string; readonly text: string }[]>("texts").notNull(),
    supplies: jsonOf<readonly SupplyRow[]>("supplies").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [
    primaryKey({ columns: [table.marketplaceId, table.companyId] }),
    index("supplier_profiles_of_company").on(table.companyId),
  ],
);

/** The same certificate stays the same row, so that what the operator has verified stays so. */
export const supplierCertificates = pgTable(
  "supplier_certificates",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    companyId: text("company_id").notNull(),
    /** What it certifies, such as "ISO 9001". */
    standard: text("standard").notNull(),
    issuer: text("issuer").notNull(),
    number: text("number").notNull(),
    /** The last day on which it counts, UTC. */
    validUntil: date("valid_until", { mode: "string" }).notNull(),
    verifiedBy: text("verified_by"),
    verifiedAt: micros("verified_at"),
  },
  (table) => [
    foreignKey({
      name: "supplier_certificates_of_profile",
      columns: [table.marketplaceId, table.companyId],
      foreignColumns: [supplierProfiles.marketplaceId, supplierProfiles.companyId],
    }).onDelete("cascade"),
    unique("supplier_certificates_once").on(
      table.marketplaceId,
      table.companyId,
      table.standard,
      table.issuer,
      table.number,
      table.validUntil,
    ),
  ],
);
