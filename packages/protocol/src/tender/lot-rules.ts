import { z } from "zod";
import { bounds } from "../bounds.ts";
import { Currency, DurationMs, Percent, PositiveDecimal } from "../primitives.ts";

/** A live format, one per rule sheet; `sealed` lots have no live part: the initial prices decide. */
export const LotFormat = z.enum(["english_forward", "proxy_forward", "english_reverse", "rank_reverse", "sealed"]);

/** What a bidder sees while the lot is live; competitors' identities never. */
export const Visibility = z.enum(["full", "lead", "rank", "traffic", "sealed"]);

/**
 * The least (or greatest) difference between prices.
 * A percentage is taken of the reference price and rounded to the price scale, up where it is the least step and down
 * where it is the greatest, so that rounding crosses neither; a table row applies to prices of at least its `from`, the
 * greatest such row wins.
 */
export const Step = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("absolute"), amount: PositiveDecimal }),
  z.strictObject({ kind: z.literal("percent"), percent: Percent, of: z.enum(["current", "start"]) }),
  z.strictObject({
    kind: z.literal("table"),
    rows: z
      .array(z.strictObject({ from: z.string().regex(/^(0|[1-9]\d{0,17})(\.\d{1,18})?$/), amount: PositiveDecimal }))
      .min(1)
      .max(50),
  }),
]);

/**
 * How late bids move the end, which never moves back.
 *
 * `extend_from_bid`   end = max(end, bid + extension)
 * `reset_in_window`   when less than `windowMs` remains: end = max(end, bid + extension)
 * `fixed_add`         when less than `windowMs` remains: end = end + extension
 * `restart`           the same as `extend_from_bid`, for rules that say it so
 * `random_end`        an unseen end, drawn from the committed secret, up to `extensionMs` after the planned one
 * Trigger `top_change` asks whether membership or order of the best `topCount` bidders changed.
 * `capMs` bounds the end: planned end + capMs; null is the cap of the limits. Scope `event` moves all open lots of the
 * tender together.
 */
export const SoftClose = z.strictObject({
  variant: z.enum(["none", "extend_from_bid", "reset_in_window", "fixed_add", "restart", "random_end"]).meta({
    description: "How late bids move the end, never back; `restart` does what `extend_from_bid` does.",
  }),
  windowMs: DurationMs.default(0),
  extensionMs: DurationMs.default(0).meta({
    description: `Milliseconds; of a random end at most ${bounds.randomEndMsMax}.`,
  }),
  trigger: z.enum(["any_bid", "leader_change", "top_change"]).default("any_bid"),
  topCount: z.int().min(1).max(50).default(3),
  capMs: DurationMs.nullable()
    .default(null)
    .meta({
      description:
        "Milliseconds after the planned end beyond which no bid moves the end; " +
        `null stands for ${bounds.softCloseCapMs}, so there always is a cap.`,
    }),
  scope: z.enum(["lot", "event"]).default("lot"),
});

/**
 * When intake was down more than `thresholdMs` inside the last `windowMs`, end = recovery + max(graceMs, outage). The
 * submission deadline moves by the same rule, that of the lot which gives the most time.
 */
export const OutageRule = z.strictObject({
  thresholdMs: DurationMs,
  windowMs: DurationMs,
  graceMs: DurationMs,
});

export const LotRules = z.strictObject({
  format: LotFormat,
  currency: Currency,
  /** Fraction digits of every price in this lot. */
  priceScale: z.int().min(0).max(bounds.priceScaleMax),
  /** Forward: the lowest first bid. Reverse: the ceiling, the highest admissible bid. */
  startPrice: PositiveDecimal.nullable().default(null),
  /** Reverse: the lowest admissible bid, when the notice publishes one. */
  floorPrice: PositiveDecimal.nullable().default(null),
  /** Forward: the highest admissible bid. */
  ceilingPrice: PositiveDecimal.nullable().default(null),
  reserve: z.strictObject({ price: PositiveDecimal, shown: z.boolean() }).nullable().default(null),
  buyNowPrice: PositiveDecimal.nullable().default(null),
  stepMin: Step,
  /** Measured from a rival's price it needs a visibility that shows that price, or trying would tell it. */
  stepMax: Step.nullable().default(null),
  /** Prices must be a whole multiple of this. */
  grid: PositiveDecimal.nullable().default(null),
  /** Reverse: the price that a bid must undercut. */
  reference: z.enum(["own", "leader", "next_ranked"]).default("leader"),
  /** To overtake the leader beat him by `front`; otherwise stay `back` behind him. Reverse: where bidders see his price. */
  buffers: z
    .strictObject({ front: PositiveDecimal.nullable(), back: PositiveDecimal.nullable() })
    .nullable()
    .default(null),
  /** Whether a bid may equal a competitor's. Reverse: forbidden only where bidders see all prices, or must lead. */
  tiesAllowed: z.boolean().default(true),
  /** How equal prices rank; the award always needs one order, so `draw` and the equal ranks fall back on it or on time. */
  tieRule: z.enum(["earlier", "equal_best", "equal_worst", "draw"]).default("earlier"),
  visibility: Visibility.default("lead"),
  /** Shown although the visibility hides it. */
  showBidderCount: z.boolean().default(false),
  /** Whether the leader may improve on himself. */
  selfRaise: z.boolean().default(false),
  /** The clock runs from the opening or from the first bid. */
  clock: z.enum(["opening", "first_bid"]).default("opening"),
  durationMs: DurationMs,
  softClose: SoftClose,
  outage: OutageRule.default({ thresholdMs: 10_000, windowMs: 600_000, graceMs: 600_000 }),
  /** A lot whose opening was missed by more than this is aborted, never caught up silently. */
  lateOpeningMs: DurationMs.default(120_000),
  /** Forward with an unmet reserve: how long the owner may accept the best bid all the same. */
  belowReserveMs: DurationMs.default(0),
});

export type LotFormat = z.infer<typeof LotFormat>;
export type Visibility = z.infer<typeof Visibility>;
export type Step = z.infer<typeof Step>;
export type SoftClose = z.infer<typeof SoftClose>;
export type OutageRule = z.infer<typeof OutageRule>;
export type LotRules = z.infer<typeof LotRules>;
export type LotRulesInput = z.input<typeof LotRules>;
