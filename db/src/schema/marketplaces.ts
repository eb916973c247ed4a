import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { micros } from "./read-models-columns.ts";

/* Where there is a `version`, it rises with every change. */

export const marketplaces = pgTable(
  "marketplaces",
  {
    id: text("id").primaryKey(),
    slug: text("slug").notNull().unique(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    currency: text("currency").notNull(),
    /** What becomes of half a smallest unit of money in the catalogue's amounts. */
    rounding: text("rounding", { enum: ["half_up", "half_even"] })
      .notNull()
      .default("half_up"),
    status: text("status", { enum: ["active", "closed"] })
      .notNull()
      .default("active"),
    createdAt: micros("created_at").notNull().default(sql`now()`),
    version: integer("version").notNull().default(1),
  },
  (table) => [index("marketplaces_by_name").on(table.name, table.id)],
);

/** Users who run or audit a marketplace. */
export const marketplaceStaff = pgTable(
  "marketplace_staff",
  {
    marketplaceId: text("marketplace_id")
      .notNull()
      .references(() => marketplaces.id),
    userId: text("user_id").notNull(),
    role: text("role", { enum: ["operator", "auditor"] }).notNull(),
    since: micros("since").notNull().default(sql`now()`),
    version: integer("version").notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.marketplaceId, table.userId] }),
    index("marketplace_staff_of_user").on(table.userId),
  ],
);

/** Companies in marketplaces, with the operator's decision. */
export const participations = pgTable(
  "participations",
  {
    marketplaceId: text("marketplace_id")
      .notNull()
      .references(() => marketplaces.id),
    companyId: text("company_id").notNull(),
    side: text("side", { enum: ["buyer", "supplier", "both"] }).notNull(),
    status: text("status", { enum: ["pending", "approved", "refused", "suspended"] }).notNull(),
    reason: text("reason"),
    requestedBy: text("requested_by").notNull(),
    requestedAt: micros("requested_at").notNull().default(sql`now()`),
    decidedBy: text("decided_by"),
    decidedAt: micros("decided_at"),
    version: integer("version").notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.marketplaceId, table.companyId] }),
    index("participations_of_company").on(table.companyId, table.marketplaceId),
    check("participations_decision", sql`(${table.status} = 'pending') = (${table.decidedAt} is null)`),
  ],
);

/** Facts about a company that operators verify; they belong to the company, not to a marketplace. */
export const companyProfiles = pgTable("company_profiles", {
  companyId: text("company_id").primaryKey(),
  legalName: text("legal_name").notNull(),
  country: text("country").notNull(),
  registrationNo: text("registration_no").notNull().default(""),
  vatId: text("vat_id").notNull().default(""),
  address: text("address").notNull().default(""),
  version: integer("version").notNull().default(1),
  updatedAt: micros("updated_at").notNull().default(sql`now()`),
});
