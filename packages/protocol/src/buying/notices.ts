import { z } from "zod";
import { OfferId } from "../catalog/offers.ts";
import { CalendarDay } from "../ledger/accounts.ts";
import { CompanyId, Currency, Instant, UserId } from "../primitives.ts";
import { Problem } from "../problem-document.ts";
import { ReductionKind } from "./deliveries.ts";
import { QuoteRequestId } from "./quote-requests.ts";
import { QuoteId } from "./quotes.ts";
import { LineNo, MoneyAmount, PurchaseOrderId, StandingOrderId } from "./values.ts";

const version = z.int();
const reason = z.string();
const lines = z.array(LineNo);

const order = {
  orderId: PurchaseOrderId,
  number: z.int(),
  buyerNumber: z.string(),
  buyerId: CompanyId,
  vendorId: CompanyId,
  currency: Currency,
  total: MoneyAmount,
};
const quote = { requestId: QuoteRequestId, title: z.string(), quoteId: QuoteId, version };
const standing = { standingOrderId: StandingOrderId, name: z.string(), date: CalendarDay, orderOn: CalendarDay };

/**
 * What buying tells by notice, and the `data` of each kind. To the persons concerned where only they may act, which is
 * said beside the kind, else to everybody who acts for the company.
 */
export const buyingNotices = {
  /** To each who may decide in the tier that is asked, also for somebody else. */
  approval_asked: z.object({ ...order, requestedBy: UserId, tier: z.int(), expiresAt: Instant }),
  /** The next three to whoever asked. */
  purchase_order_approved: z.object({ ...order, rejectedLines: lines }),
  purchase_order_disapproved: z.object({ ...order, reason }),
  purchase_order_expired: z.object(order),
  /** To the vendor, as the next two. */
  purchase_order_placed: z.object(order),
  proposals_answered: z.object({ ...order, acceptedLines: lines, refusedLines: lines }),
  purchase_order_cancelled: z.object({ ...order, reason }),
  /** To the buyer, as the next three. Both lists: some lines are refused. */
  purchase_order_confirmed: z.object(order),
  purchase_order_part_confirmed: z.object({ ...order, refusedLines: lines }),
  purchase_order_proposed: z.object({ ...order, proposedLines: lines, refusedLines: lines }),
  purchase_order_refused: z.object({ ...order, reason }),
  /** To the buyer. */
  purchase_order_shipped: z.object({ ...order, shipmentNo: z.int() }),
  purchase_order_undeliverable: z.object({ ...order, reductionNo: z.int(), lines, reason }),
  reduction_answered: z.object({ ...order, reductionNo: z.int(), verdict: z.enum(["accepted", "refused"]), reason }),
  /** To the vendor. */
  shipment_received: z.object({ ...order, shipmentNo: z.int() }),
  reduction_asked: z.object({ ...order, reductionNo: z.int(), reduction: ReductionKind, lines, reason }),
  /** To each vendor who was invited. */
  quote_requested: z.object({ requestId: QuoteRequestId, title: z.string(), buyerId: CompanyId, dueAt: Instant }),
  /** To the buyer. */
  quote_received: z.object({ ...quote, vendorId: CompanyId, validUntil: Instant }),
  /** To the vendor. */
  quote_accepted: z.object({ ...quote, buyerId: CompanyId, outcome: z.enum(["order", "agreement"]), lines }),
  /** To both: nothing of the newest version was accepted while it was valid. */
  quote_expired: z.object({ ...quote, vendorId: CompanyId }),
  /** To the vendor. */
  offer_reviewed: z.object({
    offerId: OfferId,
    vendorPartNo: z.string(),
    verdict: z.enum(["approved", "rejected"]),
    reason,
  }),
  /** All of a standing order to the buyer: it is ordered on `orderOn`, in so many days. */
  standing_order_due: z.object({ ...standing, days: z.int() }),
  standing_order_ordered: z.object({ ...standing, orderIds: z.array(PurchaseOrderId), consented: z.boolean() }),
  /** It was not ordered, and is not unless somebody consents in time. */
  price_consent_asked: z.object({
    ...standing,
    expiresAt: Instant,
    lines: z.array(z.object({ lineNo: LineNo, currency: Currency, before: z.string(), after: z.string() })),
  }),
  price_consent_lapsed: z.object(standing),
  standing_order_failed: z.object({ ...standing, problem: Problem }),
} as const;

export type BuyingNoticeKind = keyof typeof buyingNotices;
export const buyingNoticeKinds = Object.keys(buyingNotices) as [BuyingNoticeKind, ...BuyingNoticeKind[]];
/** A notice of buying, by its kind. */
export type BuyingNotice = {
  [Kind in BuyingNoticeKind]: { readonly kind: Kind; readonly data: z.output<(typeof buyingNotices)[Kind]> };
}[BuyingNoticeKind];
