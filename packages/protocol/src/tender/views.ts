import { z } from "zod";
import {
  CompanyId,
  Currency,
  Decimal,
  DurationMs,
  Instant,
  LotId,
  MarketplaceId,
  PositiveDecimal,
  TenderId,
} from "../primitives.ts";
import { LotFormat, LotRules, SoftClose, Step, Visibility } from "./lot-rules.ts";
import { Direction, LotTerms, Procedure } from "./terms.ts";

/*
 * What an audience sees of a tender or lot: the snapshot and, changed by merge patches, the live state.
 * Members an audience may not see, or that do not exist yet, are absent, never null.
 */

/** Derived from dates and facts; see the state drawing in the auction engine's SPEC. */
export const TenderPhase = z.enum([
  "draft",
  "enquiries",
  "submission",
  "waiting",
  "auction",
  "evaluation",
  "standstill",
  "complete",
  "unsuccessful",
  "cancelled",
]);

export const LotPhase = z.enum([
  "planned",
  "scheduled",
  "open",
  "paused",
  "closed",
  "evaluation",
  "award_pending",
  "standstill",
  "contract",
  "unsuccessful",
  "cancelled",
  "aborted",
]);

/** One bidder's latest valid price; sort by price, then by `at`, for the order. */
export const Standing = z.object({
  price: Decimal,
  at: Instant,
  /** Owner and auditor only, and only when the identities are shown to them. */
  companyId: CompanyId.optional(),
});

export const LotResult = z.object({
  outcome: z.enum(["sold", "no_bids", "reserve_unmet", "unsuccessful", "cancelled"]),
  price: Decimal.optional(),
  /** Named after the result only. */
  winnerCompanyId: CompanyId.optional(),
  winnerAlias: z.string().optional(),
});

export const AwardView = z.object({
  status: z.enum(["pending", "accepted", "rejected", "refused", "cancelled"]),
  companyId: CompanyId.optional(),
  price: Decimal.optional(),
  rank: z.int().optional(),
  reason: z.string().optional(),
  standstillEndsAt: Instant.optional(),
});

export const ContractView = z.object({
  awardId: z.string(),
  companyId: CompanyId.optional(),
  ownerCompanyId: CompanyId,
  price: Decimal.optional(),
  currency: Currency,
  drawnAt: Instant,
  signedByOwnerAt: Instant.optional(),
  signedByCounterpartyAt: Instant.optional(),
});

/** Shared part of a lot's stream. Records are keyed so that patches stay small. */
export const LotView = z
  .object({
    lotId: LotId,
    tenderId: TenderId,
    number: z.int(),
    title: z.string(),
    direction: Direction,
    format: LotFormat,
    visibility: Visibility,
    currency: Currency,
    priceScale: z.int(),
    phase: LotPhase,
    opensAt: Instant.optional(),
    /** The effective end, extensions included; absent until the clock runs and when the end is unseen. */
    endsAt: Instant.optional(),
    /** While paused. */
    remainingMs: z.number().optional(),
    extensions: z.int(),
    startPrice: Decimal.optional(),
    bestPrice: Decimal.optional(),
    bestAlias: z.string().optional(),
    /** What a newcomer must offer now. */
    nextPrice: Decimal.optional(),
    reserveMet: z.boolean().optional(),
    bidderCount: z.int().optional(),
    bidCount: z.int().optional(),
    /** By alias, e.g. "Bidder #3". */
    standings: z.record(z.string(), Standing).optional(),
    /** The last fifty accepted bids by number; `void` marks a voided one. */
    recent: z
      .record(z.string(), z.object({ alias: z.string(), price: Decimal, at: Instant, void: z.boolean().optional() }))
      .optional(),
    /** After the deadline, owner and auditor: sealed initial prices by company. */
    initialPrices: z
      .record(
        z.string(),
        z.object({
          price: Decimal,
          at: Instant,
          evaluatedPrice: Decimal.optional(),
          disqualified: z.string().optional(),
        }),
      )
      .optional(),
    awards: z.record(z.string(), AwardView).optional(),
    contract: z.intersection(ContractView, z.object({ contractId: z.string() })).optional(),
    result: LotResult.optional(),
    reason: z.string().optional(),
  })
  .meta({ id: "LotView" });

/** Private part of a bidder's lot stream. */
export const OwnLotView = z
  .object({
    companyId: CompanyId,
    alias: z.string().optional(),
    admitted: z.boolean(),
    initialPrice: Decimal.optional(),
    price: Decimal.optional(),
    /** Absent in traffic and sealed visibility until the result. */
    rank: z.int().optional(),
    standing: z.enum(["leading", "tied", "behind", "none"]).optional(),
    /** The next price that would be accepted from this company, where the visibility allows to say so. */
    nextPrice: Decimal.optional(),
    proxyMaximum: Decimal.optional(),
    bidCount: z.int(),
    lastBidId: z.string().optional(),
    award: z.intersection(AwardView, z.object({ awardId: z.string() })).optional(),
    contract: z.intersection(ContractView, z.object({ contractId: z.string() })).optional(),
  })
  .meta({ id: "OwnLotView" });

/** What the owner wrote, without what he left open: in a view that is absent, where a command says null. */
const ShownCalendar = z.object({
  questionsUntil: Instant.optional(),
  submissionsUntil: Instant.optional(),
  auctionOpensAt: Instant.optional(),
});
const ShownRules = LotRules.extend({
  startPrice: PositiveDecimal.optional(),
  floorPrice: PositiveDecimal.optional(),
  ceilingPrice: PositiveDecimal.optional(),
  reserve: z.strictObject({ price: PositiveDecimal, shown: z.boolean() }).optional(),
  buyNowPrice: PositiveDecimal.optional(),
  stepMax: Step.optional(),
  grid: PositiveDecimal.optional(),
  buffers: z.strictObject({ front: PositiveDecimal.optional(), back: PositiveDecimal.optional() }).optional(),
  softClose: SoftClose.extend({ capMs: DurationMs.optional() }),
}).partial();
const ShownTerms = LotTerms.extend({ estimatedValue: PositiveDecimal.optional(), rules: ShownRules }).partial();

/** Shared part of a tender's stream. */
export const TenderView = z
  .object({
    tenderId: TenderId,
    marketplaceId: MarketplaceId,
    ownerCompanyId: CompanyId,
    version: z.int(),
    phase: TenderPhase,
    title: z.string(),
    description: z.string(),
    reference: z.string(),
    direction: Direction,
    currency: Currency,
    procedure: Procedure,
    calendar: ShownCalendar,
    publishedAt: Instant.optional(),
    cancelledReason: z.string().optional(),
    drawCommitment: z.string().optional(),
    drawSecret: z.string().optional(),
    /** By lot id; hidden reserves, estimated values and proxies are left out for all but the owner. */
    lots: z.record(
      z.string(),
      z.object({
        number: z.int(),
        phase: LotPhase,
        terms: ShownTerms,
        opensAt: Instant.optional(),
        endsAt: Instant.optional(),
      }),
    ),
    amendments: z.record(z.string(), z.object({ at: Instant, changed: z.array(z.string()), reason: z.string() })),
    questions: z.record(
      z.string(),
      z.object({
        at: Instant,
        text: z.string(),
        answer: z.string().optional(),
        answeredAt: Instant.optional(),
        companyId: CompanyId.optional(),
        published: z.boolean().optional(),
      }),
    ),
    /** Owner and auditor only. */
    suppliers: z
      .record(
        z.string(),
        z.object({
          state: z.enum(["invited", "requested", "admitted", "refused", "excluded"]),
          at: Instant,
          reason: z.string().optional(),
        }),
      )
      .optional(),
    supplierCount: z.int().optional(),
  })
  .meta({ id: "TenderView" });

/** Private part of a supplier's tender stream. */
export const OwnTenderView = z
  .object({
    companyId: CompanyId,
    /** Absent for a company that has only asked a question. */
    state: z.enum(["invited", "requested", "admitted", "refused", "excluded"]).optional(),
    reason: z.string().optional(),
    /** An amendment set the initial prices aside; submit them again. */
    initialPricesInvalidated: z.boolean().optional(),
    questions: z
      .record(z.string(), z.object({ at: Instant, text: z.string(), answer: z.string().optional() }))
      .optional(),
  })
  .meta({ id: "OwnTenderView" });

export type TenderPhase = z.infer<typeof TenderPhase>;
export type LotPhase = z.infer<typeof LotPhase>;
export type LotView = z.infer<typeof LotView>;
export type OwnLotView = z.infer<typeof OwnLotView>;
export type TenderView = z.infer<typeof TenderView>;
export type OwnTenderView = z.infer<typeof OwnTenderView>;
