import { z } from "zod";
import { DeliveryTerm } from "../catalog/offers.ts";
import { DivisionId, TermQuantity, UnitPrice } from "../catalog/terms.ts";
import { Line } from "../catalog/values.ts";
import { pageQuery } from "../pages.ts";
import { CompanyId, Currency, Instant, MarketplaceId, Reason, Title, UnitCode, UserId, Uuid } from "../primitives.ts";
import { Problem } from "../problem-document.ts";

/* What buyers want prices of, and lists of what a project will need. */

export const QuoteRequestId = Uuid.meta({ description: "Request for quotes, UUID." });
export const EstimateId = Uuid.meta({ description: "Project estimate, UUID." });
export const DocumentVersion = z.coerce.number().int().min(1).max(10_000).meta({ description: "From 1." });

const note = z.string().max(2_000).default("");

/** An offer, a variant, or words alone where nobody lists it yet. */
export const WantedLine = z
  .strictObject({
    offerId: Uuid.optional(),
    variantId: Uuid.optional(),
    description: Title.regex(/^\P{Cc}*$/u).default(""),
    quantity: TermQuantity,
    unit: UnitCode,
    targetPrice: UnitPrice.optional().meta({ description: "For one unit, in the document's currency." }),
  })
  .refine(
    ({ offerId, variantId, description }) => offerId !== undefined || variantId !== undefined || description !== "",
    {
      error: "An offer, a variant or a description.",
    },
  );
const wantedLines = z.array(WantedLine).min(1).max(100);

export const WantedLineRecord = z.object({
  lineNo: z.int(),
  offerId: Uuid.optional(),
  variantId: Uuid.optional(),
  description: z.string(),
  quantity: z.string(),
  unit: z.string(),
  targetPrice: z.string().optional(),
});

const asking = {
  title: Line,
  dueAt: Instant.meta({ description: "Until when vendors may quote." }),
  divisionId: DivisionId.optional(),
  deliveryTerm: DeliveryTerm.optional(),
  deliveryPlace: Line.optional(),
  note,
  vendorIds: z.array(CompanyId).min(1).max(50),
};
export const QuoteRequestInput = z.strictObject({ ...asking, currency: Currency, lines: wantedLines });
/** A request for what an estimate's version lists. */
export const EstimateRequestInput = z.strictObject(asking);
export const QuoteRequestDecline = z.strictObject({ reason: Reason.min(1) });

export const QuoteRequestState = z.enum(["draft", "sent", "closed", "cancelled"]);

export const QuoteInvitationRecord = z.object({
  vendorId: CompanyId,
  vendorName: z.string().optional(),
  seenAt: Instant.optional(),
  declinedAt: Instant.optional(),
  reason: z.string().optional(),
});

const requestHead = {
  requestId: QuoteRequestId,
  marketplaceId: MarketplaceId,
  buyerId: CompanyId,
  buyerName: z.string().optional(),
  title: z.string(),
  currency: Currency,
  dueAt: Instant,
  state: QuoteRequestState,
  sentAt: Instant.optional(),
  createdAt: Instant,
  version: z.int(),
};
export const QuoteRequestSummary = z.object(requestHead).meta({ id: "QuoteRequestSummary" });
export const QuoteRequestRecord = z
  .object({
    ...requestHead,
    deliveryTerm: DeliveryTerm.optional(),
    deliveryPlace: z.string().optional(),
    note: z.string(),
    lines: z.array(WantedLineRecord),
    divisionId: DivisionId.optional().meta({ description: "The buyer's own to see." }),
    requestedBy: UserId.optional().meta({ description: "The buyer's own to see." }),
    estimate: z
      .object({ estimateId: EstimateId, version: z.int() })
      .optional()
      .meta({ description: "What it came of; the buyer's own to see." }),
    vendors: z.array(QuoteInvitationRecord).meta({ description: "Whom the buyer asked; to a vendor himself alone." }),
  })
  .meta({ id: "QuoteRequestRecord" });
export const QuoteRequestQuery = z.strictObject({ ...pageQuery, state: QuoteRequestState.optional() });

const estimateLines = { currency: Currency, note, lines: wantedLines };
export const EstimateInput = z.strictObject({ name: Line, ...estimateLines });
export const EstimateVersionInput = z.strictObject(estimateLines);
export const EstimateSummary = z
  .object({
    estimateId: EstimateId,
    marketplaceId: MarketplaceId,
    name: z.string(),
    ownerId: UserId,
    createdAt: Instant,
    version: z.int().meta({ description: "The number of its newest version." }),
  })
  .meta({ id: "EstimateSummary" });
/** One version, which never changes. */
export const EstimateRecord = EstimateSummary.extend({
  shown: z.int().meta({ description: "The number of the version that this is." }),
  currency: Currency,
  note: z.string(),
  lines: z.array(WantedLineRecord),
  writtenBy: UserId,
  writtenAt: Instant,
}).meta({ id: "EstimateRecord" });
export const EstimateQuery = z.strictObject(pageQuery);
/** Lines that could not be put into the cart. */
export const EstimateInCart = z
  .object({ left: z.array(z.object({ lineNo: z.int(), problem: Problem })) })
  .meta({ id: "EstimateInCart" });

export type WantedLine = z.output<typeof WantedLine>;
export type WantedLineRecord = z.infer<typeof WantedLineRecord>;
export type QuoteRequestInput = z.output<typeof QuoteRequestInput>;
export type EstimateRequestInput = z.output<typeof EstimateRequestInput>;
export type QuoteRequestSummary = z.infer<typeof QuoteRequestSummary>;
export type QuoteRequestRecord = z.infer<typeof QuoteRequestRecord>;
export type QuoteRequestQuery = z.infer<typeof QuoteRequestQuery>;
export type EstimateInput = z.output<typeof EstimateInput>;
export type EstimateVersionInput = z.output<typeof EstimateVersionInput>;
export type EstimateSummary = z.infer<typeof EstimateSummary>;
export type EstimateRecord = z.infer<typeof EstimateRecord>;
export type EstimateQuery = z.infer<typeof EstimateQuery>;
export type EstimateInCart = z.infer<typeof EstimateInCart>;
