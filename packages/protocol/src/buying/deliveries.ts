import { z } from "zod";
import { Decimal, Instant, Reason } from "../primitives.ts";
import { BoughtQuantity, DeliveryDay, LineNo, MoneyAmount } from "./values.ts";

/*
 * What becomes of a purchase order once it is confirmed: what is sent and arrives, and what comes off it. Quantities are
 * of the line's own unit.
 */

/** One line of text, or none. */
const Line100 = z
  .string()
  .max(100)
  .regex(/^\P{Cc}*$/u);
/** At least zero. */
const Quantity = Decimal.regex(/^[^-]/);
const linesOf = <Item extends z.ZodType<{ lineNo: number }>>(item: Item) =>
  z
    .array(item)
    .max(500)
    .default([])
    .refine((lines) => new Set(lines.map(({ lineNo }) => lineNo)).size === lines.length, "Each line once.");
const part = z.strictObject({ lineNo: LineNo, quantity: BoughtQuantity });

export const ShipmentNo = z.int().min(1).max(10_000).meta({ description: "Shipment of the purchase order, from 1." });
export const ReductionNo = z.int().min(1).max(10_000).meta({ description: "Reduction of the purchase order, from 1." });

/** Without lines: all that is still to be shipped. */
export const ShipmentInput = z.strictObject({
  carrier: Line100.default(""),
  tracking: Line100.default("").meta({ description: "The carrier's reference." }),
  shippedOn: DeliveryDay,
  lines: linesOf(part),
});
/** What did not arrive well; lines that are not named did, whole. What is neither received nor damaged is missing. */
export const ReceiptInput = z.strictObject({
  lines: linesOf(
    z.strictObject({
      lineNo: LineNo,
      received: Quantity.meta({ description: "Arrived well." }),
      damaged: Quantity.default("0"),
      reason: Reason.min(1),
    }),
  ),
});

/** `cancellation` of what was not shipped, `return` of what the buyer has told of. */
export const ReductionKind = z.enum(["cancellation", "return"]);
/** Without lines: all that can be cancelled or returned. */
export const ReductionInput = z.strictObject({ kind: ReductionKind, reason: Reason.min(1), lines: linesOf(part) });
export const UndeliverableInput = z.strictObject({ reason: Reason.min(1), lines: linesOf(part) });
export const ReductionAnswerInput = z.discriminatedUnion("answer", [
  z.strictObject({ answer: z.literal("accept") }),
  z.strictObject({ answer: z.literal("refuse"), reason: Reason.min(1) }),
]);

/** `open` nothing was shipped · `partly_shipped` · `shipped` all was, not all has arrived · `received` */
export const OrderFulfilment = z.enum(["open", "partly_shipped", "shipped", "received"]);

/** The line's quantity is open, cancelled or shipped; what was shipped is under way, received, damaged or missing. */
export const LineDelivery = z
  .object({
    open: z.string(),
    cancelled: z.string(),
    shipped: z.string(),
    received: z.string(),
    damaged: z.string(),
    missing: z.string(),
    returned: z.string().meta({ description: "Of what was received, damaged or missing: credited." }),
  })
  .meta({ id: "LineDelivery" });

export const ShipmentRecord = z
  .object({
    shipmentNo: ShipmentNo,
    carrier: z.string(),
    tracking: z.string(),
    shippedOn: DeliveryDay,
    by: z.string(),
    at: Instant,
    receivedBy: z.string().optional(),
    receivedAt: Instant.optional(),
    lines: z.array(
      z.object({
        lineNo: LineNo,
        quantity: z.string(),
        received: z.string().optional(),
        damaged: z.string().optional(),
        missing: z.string().optional(),
        reason: z.string().optional(),
      }),
    ),
  })
  .meta({ id: "ShipmentRecord" });

export const ReductionRecord = z
  .object({
    reductionNo: ReductionNo,
    kind: ReductionKind,
    side: z.enum(["buyer", "vendor"]).meta({ description: "Who asked; what a vendor cannot deliver needs no answer." }),
    state: z.enum(["asked", "accepted", "refused", "withdrawn"]),
    reason: z.string(),
    by: z.string(),
    at: Instant,
    answer: z.string().optional().meta({ description: "Why it was refused." }),
    decidedBy: z.string().optional(),
    decidedAt: Instant.optional(),
    charges: MoneyAmount.meta({ description: "Freight, fee and their tax, credited with the last of the order." }),
    refunded: MoneyAmount.meta({ description: "Paid back at once of what the buyer had paid." }),
    lines: z.array(
      z.object({ lineNo: LineNo, quantity: z.string(), net: MoneyAmount, tax: MoneyAmount, gross: MoneyAmount }),
    ),
  })
  .meta({ id: "ReductionRecord" });

export type ShipmentInput = z.output<typeof ShipmentInput>;
export type ReceiptInput = z.output<typeof ReceiptInput>;
export type ReductionInput = z.output<typeof ReductionInput>;
export type UndeliverableInput = z.output<typeof UndeliverableInput>;
export type ReductionAnswerInput = z.output<typeof ReductionAnswerInput>;
export type LineDelivery = z.infer<typeof LineDelivery>;
export type ShipmentRecord = z.infer<typeof ShipmentRecord>;
export type ReductionRecord = z.infer<typeof ReductionRecord>;
