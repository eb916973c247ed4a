import { z } from "zod";
import { pageQuery } from "../pages.ts";
import { CompanyId, Currency, Instant, MarketplaceId, PositiveDecimal, Reason, Uuid } from "../primitives.ts";
import { CheckoutId, LineNo, MoneyAmount, PaymentId, PayoutId, PurchaseOrderId, RefundId } from "./values.ts";

/*
 * The money of purchase orders: captured of a buyer, split over vendors, paid out less the operator's commission.
 */

/** Taken from what the buyer has available, and split over the confirmed orders of the checkout by what they still cost. */
export const PaymentInput = z.strictObject({
  paymentId: PaymentId,
  checkoutId: CheckoutId,
  currency: Currency,
  amount: PositiveDecimal,
});
export const PaymentRecord = z
  .object({
    paymentId: PaymentId,
    marketplaceId: MarketplaceId,
    buyerId: CompanyId,
    checkoutId: CheckoutId,
    currency: Currency,
    amount: MoneyAmount,
    parts: z.array(z.object({ orderId: PurchaseOrderId, vendorId: CompanyId, amount: MoneyAmount })),
    at: Instant,
  })
  .meta({ id: "PaymentRecord" });

/** Of one line; what the operator took of it goes back in proportion. */
export const RefundInput = z.strictObject({
  refundId: RefundId,
  orderId: PurchaseOrderId,
  lineNo: LineNo,
  amount: PositiveDecimal,
  reason: Reason.min(1),
});

/** What a vendor is owed for a sale, or owes for a refund: then all of it is below zero. */
export const VendorEntryRecord = z
  .object({
    entryId: Uuid,
    vendorId: CompanyId,
    orderId: PurchaseOrderId,
    lineNo: LineNo.optional(),
    kind: z.enum(["sale", "refund"]),
    currency: Currency,
    gross: z.string().meta({ description: "What the buyer paid, or got back." }),
    commission: z.string(),
    commissionVat: z.string(),
    amount: z.string().meta({ description: "What the vendor gets." }),
    reason: z.string().optional(),
    payoutId: PayoutId.optional().meta({ description: "Absent: it comes with the next one." }),
    at: Instant,
  })
  .meta({ id: "VendorEntryRecord" });
export const VendorEntryQuery = z.strictObject({
  ...pageQuery,
  vendorId: CompanyId.optional().meta({ description: "For staff; a vendor sees his own." }),
  payoutId: PayoutId.optional(),
});

/** All that the vendor is owed in the currency, less what he owes. */
export const PayoutInput = z.strictObject({ payoutId: PayoutId, vendorId: CompanyId, currency: Currency });
export const PayoutRecord = z
  .object({ payoutId: PayoutId, vendorId: CompanyId, currency: Currency, amount: MoneyAmount, at: Instant })
  .meta({ id: "PayoutRecord" });
export const PayoutQuery = z.strictObject({ ...pageQuery, vendorId: CompanyId.optional() });

export type PaymentInput = z.output<typeof PaymentInput>;
export type PaymentRecord = z.infer<typeof PaymentRecord>;
export type RefundInput = z.output<typeof RefundInput>;
export type VendorEntryRecord = z.infer<typeof VendorEntryRecord>;
export type VendorEntryQuery = z.infer<typeof VendorEntryQuery>;
export type PayoutInput = z.output<typeof PayoutInput>;
export type PayoutRecord = z.infer<typeof PayoutRecord>;
export type PayoutQuery = z.infer<typeof PayoutQuery>;
