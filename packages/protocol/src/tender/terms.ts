import { z } from "zod";
import { bounds } from "../bounds.ts";
import { Currency, DurationMs, Instant, PositiveDecimal, Text, Title, UnitCode } from "../primitives.ts";
import { LotRules } from "./lot-rules.ts";

/** `buy`: the owner buys and the lowest price wins. `sell`: the owner sells and the highest wins. */
export const Direction = z.enum(["buy", "sell"]);

export const LotTerms = z.strictObject({
  title: Title.min(1),
  description: Text.default(""),
  /** Grade or specification in the trade's own words, e.g. "Grade A cathode, EN 1978 Cu-CATH-1". */
  grade: Title.default(""),
  quantity: z.strictObject({ value: PositiveDecimal, unit: UnitCode }),
  /** Delivery term and place, e.g. "DAP Duisburg". */
  delivery: Title.default(""),
  /** For the owner's eyes. */
  estimatedValue: PositiveDecimal.nullable().default(null),
  rules: LotRules,
});

/**
 * How the tender runs; every procedure is a setting of this, none a state machine of its own.
 *
 * `admission.mode`     open: any approved supplier may ask; invited: only those the owner invited
 * `admission.approval` automatic: asking (or accepting the invitation) is enough; owner: the owner decides
 * `initialPrices`      sealed prices handed in before the deadline; required ones are the ticket to the live part
 * `schedule`           parallel: all lots open together; staggered: each `gapMs` after the one before opened;
 *                      serial: each `gapMs` after the one before closed
 * `minBidders`         fewer admitted bidders (or required initial prices) than this: the lot is unsuccessful
 * `singleBidder`       with exactly one where one is enough: run the auction, skip it (his initial price stands), fail
 */
export const Procedure = z.strictObject({
  admission: z.strictObject({ mode: z.enum(["open", "invited"]), approval: z.enum(["automatic", "owner"]) }),
  initialPrices: z.enum(["none", "optional", "required"]),
  liveAuction: z.boolean(),
  schedule: z.strictObject({ mode: z.enum(["parallel", "staggered", "serial"]), gapMs: DurationMs }),
  minBidders: z.int().min(1).max(100).default(1),
  singleBidder: z.enum(["run", "skip", "fail"]).default("run"),
  /** An amendment must leave at least this long until the submission deadline. */
  amendmentLeadMs: DurationMs.default(0),
  /** How long the best bidder's award may stay undecided before a reminder is due; never decides by itself. */
  decisionMs: DurationMs.default(432_000_000),
  /** From an award's acceptance until the contract is drawn up. */
  standstillMs: DurationMs.default(864_000_000),
});

/** Dates of the procedure; the phase follows from them. All are optional in a draft and checked at publication. */
export const Calendar = z.strictObject({
  questionsUntil: Instant.nullable().default(null),
  /** Requests for admission and initial prices are taken until here. */
  submissionsUntil: Instant.nullable().default(null),
  /** The first lot opens here. */
  auctionOpensAt: Instant.nullable().default(null),
});

/** Everything the owner writes; the notice, once published. */
export const TenderTerms = z.strictObject({
  title: Title.min(1),
  description: Text.default(""),
  reference: z.string().max(64).default(""),
  direction: Direction,
  currency: Currency,
  procedure: Procedure,
  calendar: Calendar,
  lots: z.array(LotTerms).min(1).max(bounds.partsPerShardMax),
});

/** Published tenders change only here. A missing member stays; lots may change until the submission deadline. */
export const TenderChanges = z.strictObject({
  title: Title.min(1).optional(),
  description: Text.optional(),
  calendar: Calendar.partial().optional(),
  lots: z
    .array(
      z.strictObject({
        number: z.int().min(1).max(bounds.partsPerShardMax),
        title: Title.min(1).optional(),
        description: Text.optional(),
        grade: Title.optional(),
        quantity: LotTerms.shape.quantity.optional(),
        delivery: Title.optional(),
        rules: LotRules.optional(),
      }),
    )
    .max(bounds.partsPerShardMax)
    .optional(),
});

export type Direction = z.infer<typeof Direction>;
export type LotTerms = z.infer<typeof LotTerms>;
export type Procedure = z.infer<typeof Procedure>;
export type Calendar = z.infer<typeof Calendar>;
export type TenderTerms = z.infer<typeof TenderTerms>;
export type TenderTermsInput = z.input<typeof TenderTerms>;
export type TenderChanges = z.infer<typeof TenderChanges>;
