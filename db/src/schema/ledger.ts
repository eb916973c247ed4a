import { sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
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
import { bytes } from "./columns.ts";
import { marketplaces } from "./marketplaces.ts";
import { micros } from "./read-models-columns.ts";

/* Amounts are whole numbers of the asset's smallest unit. Functions of the migrations write postings, operations and
 * holds; triggers there refuse whatever would unbalance the books or change what was written. */

const units = (name: string) => bigint(name, { mode: "bigint" });

/** What a marketplace's books are kept in. Money is a currency; goods are what a warehouse vouches for. */
export const ledgerAssets = pgTable(
  "ledger_assets",
  {
    marketplaceId: text("marketplace_id")
      .notNull()
      .references(() => marketplaces.id),
    id: text("id").notNull(),
    kind: text("kind", { enum: ["currency", "good"] }).notNull(),
    /** Decimal places of the unit that people write. */
    scale: integer("scale").notNull(),
    /** ISO 4217 for a currency, UN/ECE Recommendation 20 for a good. */
    unit: text("unit").notNull(),
    grade: text("grade"),
    storageLot: text("storage_lot"),
    place: text("place"),
    expiresOn: date("expires_on", { mode: "string" }),
  },
  (table) => [
    primaryKey({ columns: [table.marketplaceId, table.id] }),
    check("ledger_assets_scale", sql`${table.scale} between 0 and 12`),
    check(
      "ledger_assets_good",
      sql`case ${table.kind} when 'good' then num_nulls(${table.grade}, ${table.storageLot}, ${table.place}) = 0
        else num_nonnulls(${table.grade}, ${table.storageLot}, ${table.place}, ${table.expiresOn}) = 0 end`,
    ),
  ],
);

export const ledgerAccounts = pgTable(
  "ledger_accounts",
  {
    id: uuid("id").primaryKey(),
    marketplaceId: text("marketplace_id").notNull(),
    /** Null for the marketplace's own accounts. */
    companyId: text("company_id"),
    purpose: text("purpose").notNull(),
    assetId: text("asset_id").notNull(),
    balance: units("balance").notNull().default(sql`0`),
    /** What its pending holds take, all together. */
    held: units("held").notNull().default(sql`0`),
    /** How far below zero the balance less the holds may go; null without limit. */
    creditLimit: units("credit_limit"),
    postingCount: bigint("posting_count", { mode: "number" }).notNull().default(0),
    openedAt: micros("opened_at").notNull(),
    closedAt: micros("closed_at"),
  },
  (table) => [
    foreignKey({
      name: "ledger_accounts_asset",
      columns: [table.marketplaceId, table.assetId],
      foreignColumns: [ledgerAssets.marketplaceId, ledgerAssets.id],
    }),
    unique("ledger_accounts_once")
      .on(table.marketplaceId, table.companyId, table.purpose, table.assetId)
      .nullsNotDistinct(),
    index("ledger_accounts_of_company").on(table.companyId, table.marketplaceId),
    index("ledger_accounts_by_purpose").on(table.marketplaceId, table.purpose, table.id),
    check("ledger_accounts_credit_limit", sql`${table.creditLimit} >= 0`),
    check("ledger_accounts_held", sql`${table.held} >= 0`),
    check(
      "ledger_accounts_available",
      sql`${table.creditLimit} is null or ${table.balance}::numeric - ${table.held} + ${table.creditLimit} >= 0`,
    ),
    check(
      "ledger_accounts_closed_empty",
      sql`${table.closedAt} is null or (${table.balance} = 0 and ${table.held} = 0)`,
    ),
  ],
);

/** What was asked of the ledger and done, by the id that its client gave it. */
export const ledgerOperations = pgTable(
  "ledger_operations",
  {
    id: uuid("id").primaryKey(),
    marketplaceId: text("marketplace_id").notNull(),
    kind: text("kind", { enum: ["transfer", "reversal", "hold", "void"] }).notNull(),
    contentHash: bytes("content_hash").notNull(),
    reference: text("reference").notNull(),
    actedBy: text("acted_by").notNull(),
    at: micros("at").notNull(),
  },
  (table) => [check("ledger_operations_hash_is_sha256", sql`octet_length(${table.contentHash}) = 32`)],
);

/** One leg of a transfer, numbered within its account. Rows are inserted and read, never changed. */
export const ledgerPostings = pgTable(
  "ledger_postings",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => ledgerAccounts.id),
    no: bigint("no", { mode: "number" }).notNull(),
    marketplaceId: text("marketplace_id").notNull(),
    transferId: uuid("transfer_id")
      .notNull()
      .references(() => ledgerOperations.id),
    /** Above zero into the account, below zero out of it. */
    amount: units("amount").notNull(),
    /** Of the account, after it. */
    balance: units("balance").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.no] }),
    unique("ledger_postings_of_transfer").on(table.transferId, table.accountId),
    check("ledger_postings_amount", sql`${table.amount} <> 0`),
  ],
);

/** The key lets a transfer be reversed once. */
export const ledgerReversals = pgTable("ledger_reversals", {
  transferId: uuid("transfer_id")
    .primaryKey()
    .references(() => ledgerOperations.id),
  reversalId: uuid("reversal_id")
    .notNull()
    .unique()
    .references((): AnyPgColumn => ledgerOperations.id),
  marketplaceId: text("marketplace_id").notNull(),
});

/** Resolved once, never deleted: a trigger of the migrations refuses everything else. */
export const ledgerHolds = pgTable(
  "ledger_holds",
  {
    id: uuid("id")
      .primaryKey()
      .references(() => ledgerOperations.id),
    accountId: uuid("account_id")
      .notNull()
      .references(() => ledgerAccounts.id),
    marketplaceId: text("marketplace_id").notNull(),
    amount: units("amount").notNull(),
    placedAt: micros("placed_at").notNull(),
    expiresAt: micros("expires_at"),
    status: text("status", { enum: ["pending", "posted", "voided", "expired"] })
      .notNull()
      .default("pending"),
    /** Null while pending and after expiry, which nobody asked for by an operation. */
    resolvedBy: uuid("resolved_by").references((): AnyPgColumn => ledgerOperations.id),
    resolvedAt: micros("resolved_at"),
  },
  (table) => [
    index("ledger_holds_due").on(table.expiresAt, table.id).where(sql`${table.status} = 'pending'`),
    index("ledger_holds_of_account").on(table.accountId, table.placedAt, table.id),
    check("ledger_holds_amount", sql`${table.amount} > 0`),
    check(
      "ledger_holds_resolution",
      sql`(${table.status} = 'pending') = (${table.resolvedAt} is null)
        and (${table.status} in ('posted', 'voided')) = (${table.resolvedBy} is not null)`,
    ),
  ],
);
