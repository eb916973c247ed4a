import type { JsonObject } from "@kontor/kernel";
import { sql } from "drizzle-orm";
import { bigint, index, pgTable, text } from "drizzle-orm/pg-core";
import { jsonOf, micros } from "./read-models-columns.ts";

/**
 * Messages to one company, or to one person of it. Those of a tender are made from its journal, and `read_at`, the
 * reader's own mark, survives a rebuild; all others are written by the step that they tell of.
 */
export const notices = pgTable(
  "notices",
  {
    id: text("id").primaryKey(),
    companyId: text("company_id").notNull(),
    marketplaceId: text("marketplace_id").notNull(),
    kind: text("kind").notNull(),
    tenderId: text("tender_id"),
    lotId: text("lot_id"),
    data: jsonOf<JsonObject>("data").notNull(),
    at: micros("at").notNull(),
    readAt: micros("read_at"),
    /** Of the tender's entry. */
    seq: bigint("seq", { mode: "number" }),
    /** Null: for everybody who acts for the company. */
    userId: text("user_id"),
  },
  (table) => [
    index("notices_of_company").on(table.companyId, table.at, table.id),
    index("notices_of_tender").on(table.tenderId).where(sql`${table.tenderId} is not null`),
    index("notices_of_marketplace").on(table.marketplaceId, table.at, table.id),
  ],
);

/** Written with the step that a notice tells of, taken out when it was told: none is lost between the two. */
export const noticeOutbox = pgTable(
  "notice_outbox",
  {
    noticeId: text("notice_id")
      .primaryKey()
      .references(() => notices.id, { onDelete: "cascade" }),
    position: bigint("position", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
  },
  (table) => [index("notice_outbox_in_order").on(table.position)],
);
