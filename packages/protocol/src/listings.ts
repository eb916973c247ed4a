import { z } from "zod";
import { buyingNoticeKinds } from "./buying/notices.ts";
import { pageQuery } from "./pages.ts";
import {
  AwardId,
  BidId,
  CompanyId,
  ContractId,
  Currency,
  Decimal,
  Instant,
  LotId,
  MarketplaceId,
  QuestionId,
  TenderId,
  Title,
  UnitCode,
  UserId,
} from "./primitives.ts";
import { LotFormat, Visibility } from "./tender/lot-rules.ts";
import { Direction } from "./tender/terms.ts";
import { LotPhase, LotResult, TenderPhase } from "./tender/views.ts";

/*
 * What one reads page by page: the read models, a moment behind the live streams. What the reader may not see, or what
 * does not exist yet, is absent.
 */

const oneOrMore = <Entry extends z.ZodType>(entry: Entry) => z.union([entry, z.array(entry).max(20)]);

export const SupplierState = z.enum(["invited", "requested", "admitted", "refused", "excluded"]);
export const AwardStatus = z.enum(["pending", "accepted", "rejected", "refused", "cancelled"]);
/** `open` until both sides have signed. */
export const ContractStatus = z.enum(["open", "signed"]);

export const TenderSummary = z
  .object({
    tenderId: TenderId,
    marketplaceId: MarketplaceId,
    ownerCompanyId: CompanyId,
    ownerName: z.string().optional(),
    version: z.int(),
    phase: TenderPhase,
    title: z.string(),
    reference: z.string(),
    direction: Direction,
    currency: Currency,
    lotCount: z.int(),
    questionsUntil: Instant.optional(),
    submissionsUntil: Instant.optional(),
    auctionOpensAt: Instant.optional(),
    publishedAt: Instant.optional(),
    finishedAt: Instant.optional(),
    ownState: SupplierState.optional().meta({ description: "How the reader's own company stands in it." }),
  })
  .meta({ id: "TenderSummary" });

export const LotSummary = z
  .object({
    lotId: LotId,
    tenderId: TenderId,
    marketplaceId: MarketplaceId,
    number: z.int(),
    title: z.string(),
    grade: z.string(),
    quantity: z.object({ value: Decimal, unit: UnitCode }),
    direction: Direction,
    format: LotFormat,
    visibility: Visibility,
    currency: Currency,
    priceScale: z.int(),
    phase: LotPhase,
    opensAt: Instant.optional(),
    endsAt: Instant.optional(),
    extensions: z.int(),
    bidCount: z.int().optional().meta({ description: "Absent while the lot's visibility hides it." }),
    bestPrice: Decimal.optional().meta({ description: "Absent while the lot's visibility hides it." }),
    result: LotResult.optional(),
  })
  .meta({ id: "LotSummary" });

export const BidRecord = z
  .object({
    bidId: BidId,
    lotId: LotId,
    tenderId: TenderId,
    alias: z.string().optional(),
    companyId: CompanyId.optional().meta({
      description: "One's own; for the owner and staff once the lot is closed.",
    }),
    userId: UserId.optional().meta({ description: "One's own company only." }),
    price: Decimal,
    currency: Currency,
    maximum: Decimal.optional().meta({ description: "One's own company only." }),
    source: z.enum(["live", "initial", "buy_now"]),
    at: Instant,
    own: z.boolean(),
    voided: z.boolean(),
    voidReason: z.string().optional(),
  })
  .meta({ id: "BidRecord" });

export const InitialPriceRecord = z
  .object({
    lotId: LotId,
    tenderId: TenderId,
    companyId: CompanyId,
    price: Decimal,
    currency: Currency,
    at: Instant,
    evaluatedPrice: Decimal.optional(),
    note: z.string().optional(),
    disqualified: z.string().optional(),
  })
  .meta({ id: "InitialPriceRecord" });

export const SupplierRecord = z
  .object({
    tenderId: TenderId,
    companyId: CompanyId,
    companyName: z.string().optional(),
    state: SupplierState,
    at: Instant,
    reason: z.string().optional(),
  })
  .meta({ id: "SupplierRecord" });

export const QuestionRecord = z
  .object({
    questionId: QuestionId,
    tenderId: TenderId,
    companyId: CompanyId.optional().meta({ description: "The asker himself, the owner and operators only." }),
    text: z.string(),
    askedAt: Instant,
    answer: z.string().optional(),
    answeredAt: Instant.optional(),
    published: z.boolean(),
    own: z.boolean(),
  })
  .meta({ id: "QuestionRecord" });

export const AwardRecord = z
  .object({
    awardId: AwardId,
    lotId: LotId,
    tenderId: TenderId,
    marketplaceId: MarketplaceId,
    companyId: CompanyId,
    companyName: z.string().optional(),
    ownerCompanyId: CompanyId,
    status: AwardStatus,
    price: Decimal,
    currency: Currency,
    rank: z.int(),
    reason: z.string().optional(),
    proposedAt: Instant,
    decidedAt: Instant.optional(),
    standstillEndsAt: Instant.optional(),
  })
  .meta({ id: "AwardRecord" });

export const ContractRecord = z
  .object({
    contractId: ContractId,
    awardId: AwardId,
    lotId: LotId,
    tenderId: TenderId,
    marketplaceId: MarketplaceId,
    companyId: CompanyId,
    companyName: z.string().optional(),
    ownerCompanyId: CompanyId,
    ownerName: z.string().optional(),
    title: z.string(),
    quantity: z.object({ value: Decimal, unit: UnitCode }),
    price: Decimal,
    currency: Currency,
    status: ContractStatus,
    drawnAt: Instant,
    signedByOwnerAt: Instant.optional(),
    signedByCounterpartyAt: Instant.optional(),
  })
  .meta({ id: "ContractRecord" });

export const NoticeKind = z.enum([
  "supplier_invited",
  "admission_requested",
  "supplier_admitted",
  "supplier_refused",
  "supplier_excluded",
  "tender_amended",
  "tender_cancelled",
  "tender_finished",
  "question_asked",
  "question_answered",
  "lot_scheduled",
  "lot_closed",
  "lot_cancelled",
  "lot_aborted",
  "lot_replanned",
  "lot_unsuccessful",
  "bid_voided",
  "price_disqualified",
  "award_proposed",
  "award_overdue",
  "award_accepted",
  "award_rejected",
  "award_refused",
  "award_cancelled",
  "contract_drawn",
  "contract_signed",
  ...buyingNoticeKinds,
]);

/** A stored message to one company, or to one of its people; the same object comes over the `me` stream. */
export const NoticeRecord = z
  .object({
    noticeId: z.string(),
    marketplaceId: MarketplaceId,
    companyId: CompanyId,
    kind: NoticeKind,
    userId: UserId.optional().meta({ description: "Absent: for everybody who acts for the company." }),
    tenderId: TenderId.optional().meta({ description: "Of a tender's notices." }),
    lotId: LotId.optional(),
    data: z.looseObject({}).meta({ description: "What the kind tells, e.g. `changed`, `orderId`, `reason`." }),
    at: Instant,
    readAt: Instant.optional(),
  })
  .meta({ id: "NoticeRecord" });

export const TenderQuery = z.strictObject({
  ...pageQuery,
  phase: oneOrMore(TenderPhase).optional(),
  direction: Direction.optional(),
  owner: z.literal("me").optional().meta({ description: "Tenders that one's own company runs, drafts too." }),
  takingPart: z
    .literal("me")
    .optional()
    .meta({ description: "Tenders that one's own company was invited to or asked to join." }),
  q: Title.min(1).optional().meta({ description: "Part of the title or reference, in any case." }),
  sort: z.enum(["published", "deadline"]).default("published").meta({
    description: "`published`: newest first. `deadline`: the next deadline first; tenders without one come last.",
  }),
});

export const LotQuery = z.strictObject({
  ...pageQuery,
  tenderId: TenderId.optional().meta({ description: "Lots of this tender by number; else by opening, next first." }),
  phase: oneOrMore(LotPhase).optional(),
  format: LotFormat.optional(),
  takingPart: z.literal("me").optional(),
});

export const BidQuery = z.strictObject({
  ...pageQuery,
  lotId: LotId.optional(),
  tenderId: TenderId.optional(),
  company: z.literal("me").optional(),
  sort: z.enum(["newest", "price"]).default("newest").meta({ description: "`price`: lowest first." }),
});

export const InitialPriceQuery = z.strictObject(pageQuery);
export const SupplierQuery = z.strictObject({ ...pageQuery, state: oneOrMore(SupplierState).optional() });
export const QuestionQuery = z.strictObject({ ...pageQuery, answered: z.stringbool().optional() });
export const AwardQuery = z.strictObject({
  ...pageQuery,
  tenderId: TenderId.optional(),
  lotId: LotId.optional(),
  status: oneOrMore(AwardStatus).optional(),
});
export const ContractQuery = z.strictObject({
  ...pageQuery,
  tenderId: TenderId.optional(),
  lotId: LotId.optional(),
  status: ContractStatus.optional(),
});
export const NoticeQuery = z.strictObject({
  ...pageQuery,
  unread: z.stringbool().optional(),
  kind: oneOrMore(NoticeKind).optional(),
});

export type SupplierState = z.infer<typeof SupplierState>;
export type AwardStatus = z.infer<typeof AwardStatus>;
export type ContractStatus = z.infer<typeof ContractStatus>;
export type TenderSummary = z.infer<typeof TenderSummary>;
export type LotSummary = z.infer<typeof LotSummary>;
export type BidRecord = z.infer<typeof BidRecord>;
export type InitialPriceRecord = z.infer<typeof InitialPriceRecord>;
export type SupplierRecord = z.infer<typeof SupplierRecord>;
export type QuestionRecord = z.infer<typeof QuestionRecord>;
export type AwardRecord = z.infer<typeof AwardRecord>;
export type ContractRecord = z.infer<typeof ContractRecord>;
export type NoticeKind = z.infer<typeof NoticeKind>;
export type NoticeRecord = z.infer<typeof NoticeRecord>;
export type TenderQuery = z.infer<typeof TenderQuery>;
export type LotQuery = z.infer<typeof LotQuery>;
export type BidQuery = z.infer<typeof BidQuery>;
export type InitialPriceQuery = z.infer<typeof InitialPriceQuery>;
export type SupplierQuery = z.infer<typeof SupplierQuery>;
export type QuestionQuery = z.infer<typeof QuestionQuery>;
export type AwardQuery = z.infer<typeof AwardQuery>;
export type ContractQuery = z.infer<typeof ContractQuery>;
export type NoticeQuery = z.infer<typeof NoticeQuery>;
