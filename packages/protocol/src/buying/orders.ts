import { z } from "zod";
import { DivisionId } from "../catalog/terms.ts";
import { pageQuery } from "../pages.ts";
import { CompanyId, Currency, Instant, MarketplaceId, Reason, Title, UserId } from "../primitives.ts";
import { Problem } from "../problem-document.ts";
import { PriceBasisRecord } from "./carts.ts";
import { LineDelivery, OrderFulfilment, ReductionRecord, ShipmentRecord } from "./deliveries.ts";
import { ApprovalTier } from "./terms.ts";
import {
  BoughtOfferId,
  BoughtQuantity,
  CartLineId,
  CheckoutId,
  CostCenterId,
  DeliveryDay,
  LineNo,
  MoneyAmount,
  PurchaseOrderId,
} from "./values.ts";

/*
 * Purchase orders: one per vendor of a checkout, seen by the buyer, the vendor, and staff.
 */

const version = z.int();
/** One line of text, or none. */
const Number40 = z
  .string()
  .max(40)
  .regex(/^\P{Cc}*$/u);

/** What the cart holds, as it was read (If-Match); a price that has changed is ordered with consent alone. */
export const CheckoutInput = z.strictObject({
  checkoutId: CheckoutId,
  divisionId: DivisionId.optional(),
  buyerNumber: Number40.default("").meta({ description: "The buyer's own number for these orders." }),
  note: Reason.default(""),
  consents: z
    .array(z.strictObject({ lineId: CartLineId, unitPrice: MoneyAmount }))
    .max(500)
    .default([])
    .meta({ description: "Changed prices that the buyer agrees to, as the cart shows them." }),
});

/**
 * `awaiting_approval` price, stock and budget are kept until `expiresAt` · `disapproved` `expired` it came to nothing
 * `placed` with the vendor · `answered` the vendor proposes something else · `confirmed` what stands is bought
 * `refused` by the vendor, or his proposals by the buyer · `cancelled` by the buyer before that, or whole by either side
 * afterwards
 */
export const PurchaseOrderState = z.enum([
  "awaiting_approval",
  "disapproved",
  "expired",
  "placed",
  "answered",
  "confirmed",
  "refused",
  "cancelled",
]);
export const OrderLineState = z.enum(["open", "disapproved", "confirmed", "proposed", "refused", "cancelled"]);

export const PurchaseOrderLineRecord = z
  .object({
    lineNo: LineNo,
    offerId: BoughtOfferId,
    vendorPartNo: z.string(),
    buyerPartNo: z.string().optional(),
    name: z.string(),
    quantity: z.string(),
    unit: z.string(),
    deliverOn: DeliveryDay.optional(),
    costCenterId: CostCenterId.optional().meta({ description: "Told to the buyer." }),
    price: PriceBasisRecord,
    net: MoneyAmount,
    tax: MoneyAmount,
    gross: MoneyAmount,
    state: OrderLineState,
    proposal: z.object({ quantity: z.string().optional(), deliverOn: DeliveryDay.optional() }).optional(),
    reason: z.string().optional(),
    delivery: LineDelivery.optional().meta({ description: "Once it is confirmed." }),
  })
  .meta({ id: "PurchaseOrderLineRecord" });

const RuleNameRecord = z.object({ ruleId: z.string(), name: z.string(), ownerId: UserId });
export const ApprovalRouteRecord = z
  .object({
    tiers: z.array(z.object({ ...ApprovalTier.shape, rules: z.array(RuleNameRecord) })),
    tier: z.int().meta({ description: "The tier that is asked, from 0; as many as there are when all approved." }),
    decisions: z.array(
      z.object({
        tier: z.int(),
        by: UserId,
        onBehalfOf: z.array(UserId),
        verdict: z.enum(["approve", "reject"]),
        rejectedLines: z.array(LineNo),
        reason: z.string(),
        at: Instant,
      }),
    ),
  })
  .meta({ id: "ApprovalRouteRecord" });

const orderMembers = {
  orderId: PurchaseOrderId,
  marketplaceId: MarketplaceId,
  checkoutId: CheckoutId,
  number: z.int().meta({ description: "Counts the vendor's purchase orders of the marketplace from 1." }),
  buyerNumber: z.string(),
  buyerId: CompanyId,
  vendorId: CompanyId,
  divisionId: DivisionId.optional(),
  state: PurchaseOrderState,
  fulfilment: OrderFulfilment.optional().meta({ description: "While it is confirmed." }),
  requestedBy: UserId,
  currency: Currency,
  net: MoneyAmount,
  tax: MoneyAmount,
  freight: MoneyAmount,
  smallOrderFee: MoneyAmount,
  chargesTax: MoneyAmount.meta({ description: "On freight and fee." }),
  chargesTaxPercent: z.string(),
  total: MoneyAmount,
  captured: MoneyAmount.meta({ description: "What was paid of it." }),
  credited: MoneyAmount.meta({ description: "What need not be paid: cancelled, returned or given off." }),
  refunded: MoneyAmount.meta({ description: "What was paid back." }),
  due: MoneyAmount.meta({ description: "What is still to be paid." }),
  createdAt: Instant,
  expiresAt: Instant.optional(),
  placedAt: Instant.optional(),
  reason: z.string().optional(),
  version,
};
export const PurchaseOrderSummary = z.object(orderMembers).meta({ id: "PurchaseOrderSummary" });
export const PurchaseOrderRecord = z
  .object({
    ...orderMembers,
    note: z.string(),
    lines: z.array(PurchaseOrderLineRecord),
    shipments: z.array(ShipmentRecord),
    reductions: z.array(ReductionRecord),
    approval: ApprovalRouteRecord.optional().meta({ description: "Told to the buyer and staff." }),
    history: z.array(z.object({ action: z.string(), by: z.string(), at: Instant, details: z.looseObject({}) })),
  })
  .meta({ id: "PurchaseOrderRecord" });

export const CheckoutRecord = z
  .object({
    checkoutId: CheckoutId,
    orders: z.array(PurchaseOrderRecord),
    warnings: z.array(Problem).meta({ description: "Budgets that are exceeded and only warn." }),
  })
  .meta({ id: "CheckoutRecord" });

export const PurchaseOrderQuery = z.strictObject({
  ...pageQuery,
  side: z.enum(["buyer", "vendor"]).default("buyer").meta({ description: "As which the company sees them." }),
  state: PurchaseOrderState.optional(),
  fulfilment: OrderFulfilment.optional(),
  checkoutId: CheckoutId.optional(),
});

/** With lines to reject the rest is approved, and nobody is asked again. */
export const ApprovalDecisionInput = z.discriminatedUnion("verdict", [
  z.strictObject({
    verdict: z.literal("approve"),
    rejectedLines: z.array(LineNo).max(500).default([]),
    reason: Reason.default(""),
  }),
  z.strictObject({ verdict: z.literal("reject"), reason: Reason.min(1) }),
]);

const Why = { reason: Reason.min(1) };
export const LineAnswer = z.discriminatedUnion("answer", [
  z.strictObject({ lineNo: LineNo, answer: z.literal("confirm") }),
  z.strictObject({
    lineNo: LineNo,
    answer: z.literal("propose"),
    quantity: BoughtQuantity.optional().meta({ description: "Less than was ordered." }),
    deliverOn: DeliveryDay.optional(),
    ...Why,
  }),
  z.strictObject({ lineNo: LineNo, answer: z.literal("refuse"), ...Why }),
]);
/** The vendor's answer to every line; lines that are not named are confirmed. */
export const VendorAnswerInput = z.strictObject({ lines: z.array(LineAnswer).max(500).default([]) });
/** The buyer's to each proposal; those that are not named are accepted. */
export const ProposalAnswerInput = z.strictObject({ refusedLines: z.array(LineNo).max(500).default([]) });
export const OrderReasonInput = z.strictObject({ reason: Title.min(1) });
/** Into the open cart for the division of the order. */
export const ReorderInput = z.strictObject({ lines: z.array(LineNo).min(1).max(500).optional() });

export type CheckoutInput = z.output<typeof CheckoutInput>;
export type CheckoutRecord = z.infer<typeof CheckoutRecord>;
export type PurchaseOrderState = z.infer<typeof PurchaseOrderState>;
export type PurchaseOrderLineRecord = z.infer<typeof PurchaseOrderLineRecord>;
export type ApprovalRouteRecord = z.infer<typeof ApprovalRouteRecord>;
export type PurchaseOrderSummary = z.infer<typeof PurchaseOrderSummary>;
export type PurchaseOrderRecord = z.infer<typeof PurchaseOrderRecord>;
export type PurchaseOrderQuery = z.infer<typeof PurchaseOrderQuery>;
export type ApprovalDecisionInput = z.output<typeof ApprovalDecisionInput>;
export type LineAnswer = z.output<typeof LineAnswer>;
export type VendorAnswerInput = z.output<typeof VendorAnswerInput>;
export type ProposalAnswerInput = z.output<typeof ProposalAnswerInput>;
export type ReorderInput = z.output<typeof ReorderInput>;
