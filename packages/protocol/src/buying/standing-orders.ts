import { z } from "zod";
import { DivisionId } from "../catalog/terms.ts";
import { CalendarDay } from "../ledger/accounts.ts";
import { pageQuery } from "../pages.ts";
import { CompanyId, Instant, MarketplaceId, Title, UnitCode, UserId } from "../primitives.ts";
import { Problem } from "../problem-document.ts";
import { PriceBasisRecord } from "./carts.ts";
import { PercentText } from "./terms.ts";
import {
  BoughtOfferId,
  BoughtQuantity,
  CheckoutId,
  CostCenterId,
  LineNo,
  MoneyAmount,
  PurchaseOrderId,
  StandingOrderId,
} from "./values.ts";

/*
 * Standing orders: what a company orders again and again by a calendar, at prices that it has agreed to.
 */

const version = z.int();
const uniqueLines = <Item extends { readonly lineNo: number }>(items: readonly Item[]): boolean =>
  new Set(items.map(({ lineNo }) => lineNo)).size === items.length;

/** What becomes of a date that is no business day of the marketplace. */
const shift = z.enum(["none", "following", "preceding", "modified_following"]).default("following");
export const CalendarRuleInput = z.discriminatedUnion("unit", [
  z.strictObject({ unit: z.literal("day"), every: z.int().min(1).max(366), shift }),
  z.strictObject({
    unit: z.literal("week"),
    every: z.int().min(1).max(53),
    on: z.int().min(1).max(7).optional().meta({ description: "From Monday, 1; left out: that of the start." }),
    shift,
  }),
  z.strictObject({
    unit: z.literal("month"),
    every: z.int().min(1).max(24),
    on: z.int().min(1).max(31).optional().meta({ description: "A shorter month has its last day for it." }),
    shift,
  }),
]);

export const StandingLineInput = z.strictObject({
  offerId: BoughtOfferId,
  quantity: BoughtQuantity,
  unit: UnitCode.optional().meta({ description: "Left out: the unit in which the offer is sold." }),
  costCenterId: CostCenterId.optional(),
});

export const StandingOrderInput = z.strictObject({
  name: Title.min(1),
  divisionId: DivisionId.optional(),
  buyerNumber: z.string().max(100).default("").meta({ description: "The company's own number, on every order." }),
  note: z.string().max(2_000).default(""),
  rule: CalendarRuleInput,
  startOn: CalendarDay,
  endOn: CalendarDay.optional().meta({ description: "The last day on which anything is ordered." }),
  count: z.int().min(1).max(1_000).optional().meta({ description: "How many dates there are." }),
  remindDays: z.int().min(1).max(60).optional().meta({ description: "So many days before each date." }),
  tolerance: PercentText.default("0").meta({ description: "Percent that a price may be above the agreed one." }),
  consentDays: z.int().min(1).max(60).default(7).meta({ description: "How long one may consent to a dearer price." }),
  lines: z.array(StandingLineInput).min(1).max(200),
});

/** In place of what it was. Its calendar stays: another one is another standing order. */
export const StandingOrderChange = StandingOrderInput.omit({ rule: true, startOn: true });

export const StandingOrderState = z.enum(["active", "paused", "ended"]);
/**
 * `asked`: for consent to a dearer price · `ordered`: which may still wait for approval · `failed`: why is in `problem` ·
 * `lapsed`: nobody consented in time
 */
export const StandingDateState = z.enum(["planned", "skipped", "asked", "ordered", "failed", "lapsed"]);

const DateChange = z.object({ lineNo: LineNo, quantity: BoughtQuantity });
export const StandingDateRecord = z
  .object({
    date: CalendarDay.meta({ description: "As the rule has it; the date goes by it when it is moved, too." }),
    no: z.int(),
    orderOn: CalendarDay,
    dueAt: Instant.meta({ description: "When the day begins in the marketplace." }),
    state: StandingDateState,
    changes: z.array(DateChange).optional().meta({ description: "Other quantities on this date." }),
    asked: z
      .array(z.object({ lineNo: LineNo, before: PriceBasisRecord, after: PriceBasisRecord }))
      .optional()
      .meta({ description: "Prices that need consent." }),
    expiresAt: Instant.optional().meta({ description: "Until when one may consent." }),
    checkoutId: CheckoutId.optional(),
    orderIds: z.array(PurchaseOrderId),
    problem: Problem.optional(),
    doneAt: Instant.optional(),
  })
  .meta({ id: "StandingDateRecord" });

export const StandingOrderSummary = z
  .object({
    standingOrderId: StandingOrderId,
    marketplaceId: MarketplaceId,
    name: z.string(),
    state: StandingOrderState,
    requestedBy: UserId.meta({ description: "In whose name it is ordered: who wrote it last." }),
    createdAt: Instant,
    version,
  })
  .meta({ id: "StandingOrderSummary" });
export const StandingOrderRecord = StandingOrderSummary.extend({
  divisionId: DivisionId.optional(),
  buyerNumber: z.string(),
  note: z.string(),
  rule: CalendarRuleInput,
  startOn: CalendarDay,
  endOn: CalendarDay.optional(),
  count: z.int().optional(),
  remindDays: z.int().optional(),
  tolerance: MoneyAmount.meta({ description: "Percent." }),
  consentDays: z.int(),
  lines: z.array(
    z.object({
      lineNo: LineNo,
      offerId: BoughtOfferId,
      vendorId: CompanyId,
      vendorPartNo: z.string(),
      name: z.string(),
      quantity: z.string(),
      unit: z.string(),
      costCenterId: CostCenterId.optional(),
      agreed: PriceBasisRecord.meta({ description: "The price that is paid without asking again." }),
      agreedAt: Instant,
      agreedBy: UserId,
    }),
  ),
  dates: z.array(StandingDateRecord).meta({ description: "Those to come, and the latest of those that were." }),
}).meta({ id: "StandingOrderRecord" });
export const StandingOrderQuery = z.strictObject({ ...pageQuery, state: StandingOrderState.optional() });

/** Of one date; what is left out is as planned. */
export const StandingDateChange = z.strictObject({
  orderOn: CalendarDay.optional().meta({ description: "Another day, between the dates before and after it." }),
  changes: z.array(DateChange.strict()).max(200).refine(uniqueLines, "Each line once.").default([]),
});

/** To the prices that were asked for, by line: who has seen others is asked again. */
export const PriceConsentInput = z.discriminatedUnion("answer", [
  z.strictObject({
    answer: z.enum(["once", "from_now_on"]),
    prices: z
      .array(z.strictObject({ lineNo: LineNo, unitPrice: MoneyAmount }))
      .max(200)
      .refine(uniqueLines, "Each line once."),
  }),
  z.strictObject({ answer: z.literal("skip") }),
]);

export type StandingOrderInput = z.output<typeof StandingOrderInput>;
export type StandingOrderChange = z.output<typeof StandingOrderChange>;
export type StandingOrderState = z.infer<typeof StandingOrderState>;
export type StandingDateRecord = z.infer<typeof StandingDateRecord>;
export type StandingOrderSummary = z.infer<typeof StandingOrderSummary>;
export type StandingOrderRecord = z.infer<typeof StandingOrderRecord>;
export type StandingOrderQuery = z.infer<typeof StandingOrderQuery>;
export type StandingDateChange = z.output<typeof StandingDateChange>;
export type PriceConsentInput = z.output<typeof PriceConsentInput>;
