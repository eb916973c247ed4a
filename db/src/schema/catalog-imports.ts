import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
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

/*
 * Files that vendors bring their catalogues in. Whatever its format, a file becomes staged rows first (`import_rows`,
 * each the plain row of `db/src/imports/import-row.ts`), and only these are applied.
 */

/** How a vendor's file is read, as it came over the wire: which column tells what. */
export type StoredMapping = Readonly<Record<string, unknown>>;

/** Mappings that a vendor keeps. An import holds a copy of what it used: the version says of which. */
export const importMappings = pgTable(
  "import_mappings",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    vendorId: text("vendor_id").notNull(),
    name: text("name").notNull(),
    mapping: jsonOf<StoredMapping>("mapping").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [
    unique("import_mappings_once").on(table.marketplaceId, table.vendorId, table.name),
    index("import_mappings_by_time").on(table.marketplaceId, table.vendorId, table.createdAt, table.id),
  ],
);

/** Where the file says otherwise than what would be found out. */
export type ReadingOptions = {
  readonly encoding?: string;
  readonly separator?: string;
  readonly sheet?: string;
  readonly headerRow?: number | "none";
};

/** Why an import failed as a whole. */
export type ImportFailure = { readonly code: string; readonly message: string; readonly hint: string };

export const imports = pgTable(
  "imports",
  {
    id: ownId(),
    marketplaceId: inMarketplaceColumn(),
    vendorId: text("vendor_id").notNull(),
    fileName: text("file_name").notNull(),
    /** Null: found out from the file. */
    format: text("format", { enum: ["csv", "xlsx", "ndjson", "bmecat"] }),
    reading: jsonOf<ReadingOptions>("reading").notNull().default({}),
    /** Null: proposed from the names of the columns. Of a saved mapping: a copy, and which version of it. */
    mapping: jsonOf<StoredMapping>("mapping"),
    mappingId: uuid("mapping_id"),
    mappingVersion: integer("mapping_version"),
    /** The vendor's list that prices go into. */
    priceListId: uuid("price_list_id"),
    dryRun: boolean("dry_run").notNull(),
    /** `all`: nothing, unless every row is valid. */
    apply: text("apply", { enum: ["all", "valid"] }).notNull(),
    state: text("state", { enum: ["uploading", "waiting", "checking", "applying", "done", "failed", "cancelled"] })
      .notNull()
      .default("uploading"),
    /** Of the file; null until all of it is here. */
    fileBytes: bigint("file_bytes", { mode: "number" }),
    /** Chunks are of one upload: an earlier one that broke off may still be writing. */
    upload: integer("upload").notNull().default(0),
    /** The file's own columns, in order; of the first rows where rows name their own. */
    columns: text("columns").array().notNull().default([]),
    bytesRead: bigint("bytes_read", { mode: "number" }).notNull().default(0),
    rowsRead: integer("rows_read").notNull().default(0),
    rowsValid: integer("rows_valid").notNull().default(0),
    rowsFailed: integer("rows_failed").notNull().default(0),
    /** What was wrong with the failed ones, all told. */
    problemsFound: integer("problems_found").notNull().default(0),
    warningsFound: integer("warnings_found").notNull().default(0),
    /** What became of the valid ones; of a dry run, what would. */
    offersCreated: integer("offers_created").notNull().default(0),
    offersChanged: integer("offers_changed").notNull().default(0),
    offersUnchanged: integer("offers_unchanged").notNull().default(0),
    offersWithdrawn: integer("offers_withdrawn").notNull().default(0),
    /** Number of the last row that is staged or failed, and of the last one that is applied: work goes on behind them. */
    stagedTo: integer("staged_to").notNull().default(0),
    appliedTo: integer("applied_to").notNull().default(0),
    failure: jsonOf<ImportFailure>("failure"),
    /** Somebody wants it to end; whoever works on it sees to it. */
    cancelRequested: boolean("cancel_requested").notNull().default(false),
    /** Which worker works on it, and until when nobody else may. */
    workerId: text("worker_id"),
    workerUntil: micros("worker_until"),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    startedAt: micros("started_at"),
    endedAt: micros("ended_at"),
    /** When the file's bytes and what was kept of its rows were removed. */
    fileRemovedAt: micros("file_removed_at"),
    rowsRemovedAt: micros("rows_removed_at"),
    updatedAt: updatedAt(),
    version: version(),
  },
  (table) => [
    index("imports_of_vendor").on(table.marketplaceId, table.vendorId, table.createdAt, table.id),
    index("imports_by_time").on(table.marketplaceId, table.createdAt, table.id),
    index("imports_waiting").on(table.createdAt).where(sql`${table.state} in ('waiting', 'checking', 'applying')`),
    // One import of a vendor at a time.
    uniqueIndex("imports_at_work")
      .on(table.marketplaceId, table.vendorId)
      .where(sql`${table.state} in ('checking', 'applying')`),
    check("imports_ended", sql`(${table.state} in ('done', 'failed', 'cancelled')) = (${table.endedAt} is not null)`),
    check("imports_file", sql`${table.state} in ('uploading', 'cancelled') or ${table.fileBytes} is not null`),
  ],
);

/** Bytes of a file, in pieces of at most one mebibyte. Removed some time after the import's end. */
export const importChunks = pgTable(
  "import_chunks",
  {
    importId: uuid("import_id")
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    upload: integer("upload").notNull(),
    no: integer("no").notNull(),
    content: bytes("content").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.upload, table.no] }),
    check("import_chunks_length", sql`length(${table.content}) between 1 and 1048576`),
  ],
);

/** Valid rows that wait to be applied, whatever the file's format. Removed at the import's end. */
export const importRows = pgTable(
  "import_rows",
  {
    importId: uuid("import_id")
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    rowNo: integer("row_no").notNull(),
    /** The vendor's number: the second row of it is a failed one. */
    partNumber: text("part_number").notNull(),
    content: jsonOf<Readonly<Record<string, unknown>>>("content").notNull(),
    /** The cells as written, for the file of failed rows, should it fail yet. */
    cells: text("cells").array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.rowNo] }),
    unique("import_rows_once").on(table.importId, table.partNumber),
  ],
);

/** Rows that were not taken: all of them, so that they can be corrected and sent again. */
export const importFailedRows = pgTable(
  "import_failed_rows",
  {
    importId: uuid("import_id")
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    rowNo: integer("row_no").notNull(),
    /** As written, in the order of the import's columns. */
    cells: text("cells").array().notNull(),
    /** What is wrong with it, together: columns, codes, hints. */
    problemColumns: text("problem_columns").array().notNull(),
    problemCodes: text("problem_codes").array().notNull(),
    hints: text("hints").array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.rowNo] })],
);

/** What is wrong with which cell: the first ones of each import. */
export const importProblems = pgTable(
  "import_problems",
  {
    importId: uuid("import_id")
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    no: integer("no").notNull(),
    rowNo: integer("row_no").notNull(),
    /** Null where the row as a whole is meant. */
    column: text("column"),
    value: text("value").notNull(),
    /** A warning leaves its row valid. */
    severity: text("severity", { enum: ["error", "warning"] })
      .notNull()
      .default("error"),
    code: text("code").notNull(),
    message: text("message").notNull(),
    hint: text("hint").notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.no] })],
);
