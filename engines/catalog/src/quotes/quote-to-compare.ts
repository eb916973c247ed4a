import type { Micros } from "@kontor/kernel";
import type { ExchangeRate } from "../approval/approval-rule.ts";
import type { Money } from "../orders/money.ts";
import type { QuotedTier } from "../prices/quoted-price.ts";
import type { Ratio } from "../quantities/ratio.ts";
import type { VariantUnits } from "../quantities/units.ts";

/** What a buyer asked for in one line of his request. */
export type AskedLine = { readonly lineNo: number; readonly quantity: bigint; readonly unit: string };

export type TierToCompare = QuotedTier & {
  readonly lineNo: number;
  readonly position: number;
  readonly unit: string;
  /** Of the variant that is meant, by which units are converted; null where the line is words alone. */
  readonly units: VariantUnits | null;
};

/** One vendor's newest version. */
export type QuoteToCompare = {
  readonly id: string;
  /** Its own currency; amounts of its lines are in it. */
  readonly money: Money;
  readonly validUntil: Micros;
  /** A rule of Incoterms 2020; null where it says nothing. */
  readonly deliveryTerm: string | null;
  readonly leadTimeDays: number | null;
  /** What the buyer reckons on top, in smallest units of the request's currency. */
  readonly addition: bigint | null;
  readonly tiers: readonly TierToCompare[];
};

export type SourcedRate = ExchangeRate & { readonly source: string; readonly at: Micros };

export type ComparisonQuestion = {
  readonly lines: readonly AskedLine[];
  /** Of the request: what is compared is in it. */
  readonly money: Money;
  readonly rates: readonly SourcedRate[];
  readonly at: Micros;
  readonly quotes: readonly QuoteToCompare[];
};

/** Why something has no place in a ranking. */
export type IncomparableReason =
  | "quote_expired"
  | "line_not_quoted"
  | "unit_not_convertible"
  | "quantity_not_offered"
  | "exchange_rate_missing";

/** One of the offers of a line, per one unit that was asked for. */
export type ComparedTier = {
  readonly position: number;
  /** In the request's currency, exactly; null with a reason. */
  readonly unitPrice: Ratio | null;
  readonly reason: IncomparableReason | null;
};

export type ComparedLine = {
  readonly lineNo: number;
  /** The offer that covers the asked quantity. */
  readonly position: number | null;
  /** Per one asked unit, in the request's currency. */
  readonly unitPrice: Ratio | null;
  /** For the asked quantity, in the quote's own currency, rounded as an order rounds it. */
  readonly amount: bigint | null;
  /** From 1, equal prices alike; null with a reason. */
  readonly rank: number | null;
  readonly reason: IncomparableReason | null;
  readonly tiers: readonly ComparedTier[];
};

export type ComparedQuote = {
  readonly id: string;
  readonly lines: readonly ComparedLine[];
  /** Of all lines, in the quote's own currency; null where a line cannot be had as asked. */
  readonly ownTotal: bigint | null;
  /** With what the buyer reckons on top, in smallest units of the request's currency. */
  readonly total: bigint | null;
  readonly rank: number | null;
  /** Of the total, and the first line that it concerns. */
  readonly reason: IncomparableReason | null;
  readonly reasonLineNo: number | null;
  /** The stored rate by which it was converted; null where none was needed, or none is there. */
  readonly rate: SourcedRate | null;
  /** The shortest first; null where it says nothing or is too late. */
  readonly leadTimeRank: number | null;
  /** The rule by which the vendor bears most first. */
  readonly deliveryTermRank: number | null;
};
