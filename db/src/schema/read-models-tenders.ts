import type { Procedure } from "@kontor/protocol";
import { bigint, boolean, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { jsonOf, micros } from "./read-models-columns.ts";

/* Read models of tenders. Written by projections of the journal alone; `seq` is the entry that changed a row last. */

export type Amendment = {
  readonly version: number;
  readonly at: string;
  readonly changed: readonly string[];
  readonly reason: string;
};

/** Where the facts put a tender; the dates then tell enquiries, submission and waiting apart. */
export const tenderStages = [
  "draft",
  "published",
  "auction",
  "evaluation",
  "standstill",
  "complete",
  "unsuccessful",
  "cancelled",
] as const;

export const tenders = pgTable(
  "tenders",
  {
    id: text("id").primaryKey(),
    marketplaceId: text("marketplace_id").notNull(),
    ownerCompanyId: text("owner_company_id").notNull(),
    createdBy: text("created_by").notNull(),
    version: integer("version").notNull(),
    title: text("title").notNull(),
    description: text("description").notNull(),
    reference: text("reference").notNull(),
    direction: text("direction", { enum: ["buy", "sell"] }).notNull(),
    currency: text("currency").notNull(),
    procedure: jsonOf<Procedure>("procedure").notNull(),
    admission: text("admission", { enum: ["open", "invited"] }).notNull(),
    questionsUntil: micros("questions_until"),
    submissionsUntil: micros("submissions_until"),
    auctionOpensAt: micros("auction_opens_at"),
    stage: text("stage", { enum: tenderStages }).notNull(),
    createdAt: micros("created_at").notNull(),
    publishedAt: micros("published_at"),
    /** Publication, or else creation: the order of lists. */
    listedAt: micros("listed_at").notNull(),
    /** Submission deadline, or else the opening; infinity when there is neither. */
    deadlineAt: micros("deadline_at").notNull(),
    finishedAt: micros("finished_at"),
    cancelledReason: text("cancelled_reason"),
    drawCommitment: text("draw_commitment"),
    drawSecret: text("draw_secret"),
    amendments: jsonOf<readonly Amendment[]>("amendments").notNull(),
    lotsCount: integer("lots_count").notNull(),
    seq: bigint("seq", { mode: "number" }).notNull(),
  },
  (table) => [
    index("tenders_by_listing").on(table.marketplaceId, table.listedAt, table.id),
    index("tenders_by_deadline").on(table.marketplaceId, table.deadlineAt, table.id),
    index("tenders_of_owner").on(table.ownerCompanyId, table.marketplaceId),
  ],
);

/** Companies that were invited to a tender or asked to join it. */
export const tenderSuppliers = pgTable(
  "tender_suppliers",
  {
    tenderId: text("tender_id").notNull(),
    companyId: text("company_id").notNull(),
    marketplaceId: text("marketplace_id").notNull(),
    state: text("state", { enum: ["invited", "requested", "admitted", "refused", "excluded"] }).notNull(),
    reason: text("reason"),
    at: micros("at").notNull(),
    seq: bigint("seq", { mode: "number" }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenderId, table.companyId] }),
    index("tender_suppliers_of_company").on(table.companyId, table.marketplaceId),
  ],
);

export const questions = pgTable(
  "questions",
  {
    id: text("id").primaryKey(),
    tenderId: text("tender_id").notNull(),
    marketplaceId: text("marketplace_id").notNull(),
    companyId: text("company_id").notNull(),
    text: text("text").notNull(),
    askedAt: micros("asked_at").notNull(),
    answer: text("answer"),
    answeredAt: micros("answered_at"),
    published: boolean("published").notNull(),
    seq: bigint("seq", { mode: "number" }).notNull(),
  },
  (table) => [index("questions_of_tender").on(table.tenderId, table.askedAt, table.id)],
);
