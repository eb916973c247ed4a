import { z } from "zod";
import { PaymentTerm } from "../catalog/agreements.ts";
import { DeliveryTerm } from "../catalog/offers.ts";
import { Bound, TermAmount, TermQuantity, UnitPrice } from "../catalog/terms.ts";
import { Line } from "../catalog/values.ts";
import { pageQuery } from "../pages.ts";
import { CompanyId, Currency, Instant, MarketplaceId, Title, UnitCode, UserId, Uuid } from "../primitives.ts";
import { QuoteRequestId } from "./quote-requests.ts";

/* What vendors answer, how it compares, and what a buyer takes of it. Prices are net. */

export const QuoteId = Uuid.meta({ description: "Quote id, UUID." });
export const AcceptanceId = Uuid.meta({
  description: "Made by the client: the same acceptance again has the same outcome.",
});
const lineNo = z.int().min(1).max(100).meta({ description: "Line of the request, from 1." });

export const QuotedTierInput = z.strictObject({
  quantity: TermQuantity,
  price: UnitPrice,
  priceBaseQuantity: TermQuantity.default("1").meta({ description: "How many of the unit the price buys." }),
  unit: UnitCode,
  allowsMore: z.boolean().default(false).meta({ description: "Whether more may be had at the price." }),
});

/** One version, sent as it is written: it never changes. Lines that are left out are not quoted. */
export const QuoteVersionInput = z.strictObject({
  currency: Currency,
  validUntil: Instant.meta({ description: "From then on it cannot be accepted." }),
  deliveryTerm: DeliveryTerm.optional(),
  deliveryPlace: Line.optional(),
  leadTimeDays: z.int().min(0).max(3_650).optional(),
  note: z.string().max(2_000).default(""),
  agreement: z
    .strictObject({ until: Bound, paymentTerm: PaymentTerm })
    .optional()
    .meta({ description: "Under which terms it may become an agreement; left out: it makes orders alone." }),
  lines: z
    .array(
      z.strictObject({
        lineNo,
        offerId: Uuid.optional().meta({ description: "The vendor's own that would be delivered." }),
        tiers: z.array(QuotedTierInput).min(1).max(10),
      }),
    )
    .min(1)
    .max(100),
});

export const QuoteVersionRecord = z
  .object({
    version: z.int().meta({ description: "From 1." }),
    currency: Currency,
    validUntil: Instant,
    deliveryTerm: DeliveryTerm.optional(),
    deliveryPlace: z.string().optional(),
    leadTimeDays: z.int().optional(),
    note: z.string(),
    agreement: z.object({ until: z.string(), paymentTerm: PaymentTerm }).optional(),
    lines: z.array(
      z.object({
        lineNo: z.int(),
        offerId: Uuid.optional(),
        tiers: z.array(
          z.object({
            quantity: z.string(),
            unit: z.string(),
            price: z.string(),
            priceBaseQuantity: z.string(),
            allowsMore: z.boolean(),
          }),
        ),
      }),
    ),
    sentBy: UserId.optional().meta({ description: "The vendor's own to see." }),
    sentAt: Instant,
  })
  .meta({ id: "QuoteVersionRecord" });

export const QuoteAcceptanceRecord = z
  .object({
    acceptanceId: AcceptanceId,
    quoteId: QuoteId,
    version: z.int(),
    outcome: z.enum(["order", "agreement"]),
    outcomeId: Uuid.meta({ description: "Of the purchase order or the agreement." }),
    lines: z.array(z.object({ lineNo: z.int(), quantity: z.string(), unit: z.string() })),
    at: Instant,
  })
  .meta({ id: "QuoteAcceptanceRecord" });

const quoteHead = {
  quoteId: QuoteId,
  requestId: QuoteRequestId,
  marketplaceId: MarketplaceId,
  vendorId: CompanyId,
  vendorName: z.string().optional(),
  buyerId: CompanyId,
  title: z.string(),
  createdAt: Instant,
  version: z.int().meta({ description: "The number of its newest version." }),
};
export const QuoteSummary = z.object(quoteHead).meta({ id: "QuoteSummary" });
export const QuoteRecord = z
  .object({
    ...quoteHead,
    versions: z.array(QuoteVersionRecord).meta({ description: "All that were sent, the oldest first." }),
    acceptances: z.array(QuoteAcceptanceRecord),
    addition: z
      .object({ amount: z.string(), note: z.string() })
      .optional()
      .meta({ description: "What the buyer reckons on top, in the request's currency; his own to see." }),
  })
  .meta({ id: "QuoteRecord" });
export const QuoteQuery = z.strictObject({ ...pageQuery, requestId: QuoteRequestId.optional() });

export const QuoteAdditionInput = z.strictObject({
  amount: TermAmount.nullable().meta({ description: "In the request's currency; null takes it off." }),
  note: Title.default(""),
});

const accepted = {
  acceptanceId: AcceptanceId,
  version: z.int().min(1).meta({ description: "The version that was read: only the newest may be accepted." }),
  lines: z
    .array(z.strictObject({ lineNo, quantity: TermQuantity, unit: UnitCode }))
    .min(1)
    .max(100),
};
export const QuoteOrderInput = z.strictObject({
  ...accepted,
  buyerNumber: Title.default(""),
  note: Title.default(""),
});
export const QuoteAgreementInput = z.strictObject(accepted);

const ComparisonReason = z.enum([
  "quote_expired",
  "line_not_quoted",
  "unit_not_convertible",
  "quantity_not_offered",
  "exchange_rate_missing",
]);
const rank = z.int().optional().meta({ description: "From 1, equals alike; absent with a reason." });
const unitPrice = z
  .string()
  .optional()
  .meta({ description: "Per one asked unit, in the request's currency, to six decimals." });

/** All quotes of a request, for the asked quantities and in the request's currency. */
export const QuoteComparison = z
  .object({
    requestId: QuoteRequestId,
    currency: Currency,
    at: Instant,
    quotes: z.array(
      z.object({
        quoteId: QuoteId,
        vendorId: CompanyId,
        vendorName: z.string().optional(),
        version: z.int(),
        currency: Currency,
        validUntil: Instant,
        lines: z.array(
          z.object({
            lineNo: z.int(),
            tier: z
              .int()
              .optional()
              .meta({ description: "Which of the line's offers covers the asked quantity, from 0." }),
            unitPrice,
            amount: z.string().optional().meta({ description: "For the asked quantity, in the quote's own currency." }),
            rank,
            reason: ComparisonReason.optional(),
            tiers: z.array(z.object({ tier: z.int(), unitPrice, reason: ComparisonReason.optional() })),
          }),
        ),
        ownTotal: z.string().optional(),
        addition: z.string().optional(),
        total: z.string().optional().meta({ description: "With the addition, in the request's currency." }),
        rank,
        reason: ComparisonReason.optional(),
        reasonLineNo: z.int().optional(),
        rate: z
          .object({ from: Currency, to: Currency, rate: z.string(), source: z.string(), at: Instant })
          .optional()
          .meta({ description: "The stored rate by which it was converted." }),
        deliveryTerm: DeliveryTerm.optional(),
        deliveryPlace: z.string().optional(),
        deliveryTermAsAsked: z.boolean().optional().meta({ description: "Absent where none was asked for." }),
        deliveryTermRank: rank,
        leadTimeDays: z.int().optional(),
        leadTimeRank: rank,
      }),
    ),
  })
  .meta({ id: "QuoteComparison" });

export type QuoteVersionInput = z.output<typeof QuoteVersionInput>;
export type QuoteVersionRecord = z.infer<typeof QuoteVersionRecord>;
export type QuoteAcceptanceRecord = z.infer<typeof QuoteAcceptanceRecord>;
export type QuoteSummary = z.infer<typeof QuoteSummary>;
export type QuoteRecord = z.infer<typeof QuoteRecord>;
export type QuoteQuery = z.infer<typeof QuoteQuery>;
export type QuoteAdditionInput = z.output<typeof QuoteAdditionInput>;
export type QuoteOrderInput = z.output<typeof QuoteOrderInput>;
export type QuoteAgreementInput = z.output<typeof QuoteAgreementInput>;
export type QuoteComparison = z.infer<typeof QuoteComparison>;
