import { sql } from "drizzle-orm";
import { check, date, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { money, quantity } from "./catalog-columns.ts";
import { purchaseOrderLines, purchaseOrders } from "./catalog-orders.ts";
import { micros } from "./read-models-columns.ts";

/* What becomes of a purchase order once it is confirmed: what is sent and arrives, and what comes off it. */

const none = sql`0`;

/** Goods on their way to the buyer; what arrived is told once. */
export const shipments = pgTable(
  "shipments",
  {
    orderId: uuid("order_id")
      .notNull()
      .references(() => purchaseOrders.id),
    /** From 1, within the order. */
    no: integer("no").notNull(),
    carrier: text("carrier").notNull(),
    tracking: text("tracking").notNull(),
    shippedOn: date("shipped_on", { mode: "string" }).notNull(),
    by: text("by").notNull(),
    at: micros("at").notNull(),
    receivedBy: text("received_by"),
    receivedAt: micros("received_at"),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.no] }),
    check("shipments_received", sql`(${table.receivedBy} is null) = (${table.receivedAt} is null)`),
  ],
);

export const shipmentLines = pgTable(
  "shipment_lines",
  {
    orderId: uuid("order_id").notNull(),
    no: integer("no").notNull(),
    lineNo: integer("line_no").notNull(),
    quantity: quantity("quantity").notNull(),
    /* What the buyer says of it: with what is missing they sum to the quantity. */
    received: quantity("received").notNull().default(none),
    damaged: quantity("damaged").notNull().default(none),
    missing: quantity("missing").notNull().default(none),
    reason: text("reason"),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.no, table.lineNo] }),
    foreignKey({
      name: "shipment_lines_of_shipment",
      columns: [table.orderId, table.no],
      foreignColumns: [shipments.orderId, shipments.no],
    }),
    foreignKey({
      name: "shipment_lines_of_line",
      columns: [table.orderId, table.lineNo],
      foreignColumns: [purchaseOrderLines.orderId, purchaseOrderLines.lineNo],
    }),
    check("shipment_lines_quantity", sql`${table.quantity} > 0`),
    check(
      "shipment_lines_arrived",
      sql`least(${table.received}, ${table.damaged}, ${table.missing}) >= 0
        and ${table.received} + ${table.damaged} + ${table.missing} in (0, ${table.quantity})`,
    ),
  ],
);

/** What comes off a confirmed order: not sent after all (cancellation), or sent back (return). */
export const orderReductions = pgTable(
  "order_reductions",
  {
    orderId: uuid("order_id")
      .notNull()
      .references(() => purchaseOrders.id),
    /** From 1, within the order. */
    no: integer("no").notNull(),
    kind: text("kind", { enum: ["cancellation", "return"] }).notNull(),
    side: text("side", { enum: ["buyer", "vendor"] }).notNull(),
    state: text("state", { enum: ["asked", "accepted", "refused", "withdrawn"] }).notNull(),
    reason: text("reason").notNull(),
    by: text("by").notNull(),
    at: micros("at").notNull(),
    /** Why it was refused. */
    answer: text("answer"),
    decidedBy: text("decided_by"),
    decidedAt: micros("decided_at"),
    /** Freight, fee and the tax on them, credited with the last of an order of which nothing was sent. */
    charges: money("charges").notNull().default(none),
    /** Paid back at once of what the buyer had paid. */
    refunded: money("refunded").notNull().default(none),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.no] }),
    index("order_reductions_asked").on(table.orderId).where(sql`${table.state} = 'asked'`),
    check("order_reductions_decided", sql`(${table.state} = 'asked') = (${table.decidedAt} is null)`),
    check("order_reductions_amounts", sql`least(${table.charges}, ${table.refunded}) >= 0`),
  ],
);

export const orderReductionLines = pgTable(
  "order_reduction_lines",
  {
    orderId: uuid("order_id").notNull(),
    no: integer("no").notNull(),
    lineNo: integer("line_no").notNull(),
    quantity: quantity("quantity").notNull(),
    /* Credited when it was accepted. */
    net: money("net").notNull().default(none),
    tax: money("tax").notNull().default(none),
    gross: money("gross").notNull().default(none),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.no, table.lineNo] }),
    foreignKey({
      name: "order_reduction_lines_of_reduction",
      columns: [table.orderId, table.no],
      foreignColumns: [orderReductions.orderId, orderReductions.no],
    }),
    foreignKey({
      name: "order_reduction_lines_of_line",
      columns: [table.orderId, table.lineNo],
      foreignColumns: [purchaseOrderLines.orderId, purchaseOrderLines.lineNo],
    }),
    check("order_reduction_lines_amounts", sql`${table.quantity} > 0 and ${table.gross} = ${table.net} + ${table.tax}`),
  ],
);
