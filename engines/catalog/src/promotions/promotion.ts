import type { Period } from "../prices/period.ts";

/** What a buyer must be or do to get it. */
export type PromotionCondition =
  /** A function in the trade that the buyer fulfils, such as stocking or installing. */
  | { readonly kind: "functional"; readonly tradeFunction: string }
  /** At least so much in one line, in base units of the variant. */
  | { readonly kind: "quantity"; readonly minQuantity: bigint }
  /** At least this level of the marketplace's or vendor's loyalty programme. */
  | { readonly kind: "loyalty"; readonly minLevel: number }
  /** Nothing but its period. */
  | { readonly kind: "seasonal" };

/** What it takes off a unit price. */
export type PromotionEffect =
  | { readonly kind: "percent"; readonly percent: bigint }
  /** Millionths of the currency per base unit. */
  | { readonly kind: "amount"; readonly amount: bigint; readonly currency: string };

/** Who pays for it; of a shared one the marketplace bears `marketplacePercent` and the vendor the rest. */
export type PromotionBearer =
  | { readonly kind: "vendor" }
  | { readonly kind: "marketplace" }
  | { readonly kind: "shared"; readonly marketplacePercent: bigint };

/** What it is for; null is everything. An offer fits when it fits all that is named. */
export type PromotionScope = {
  readonly vendorId: string | null;
  readonly brandId: string | null;
  readonly classId: string | null;
  readonly offerIds: ReadonlySet<string> | null;
};

export type Promotion = {
  readonly id: string;
  readonly condition: PromotionCondition;
  readonly effect: PromotionEffect;
  readonly bearer: PromotionBearer;
  readonly scope: PromotionScope;
  readonly period: Period;
  /** Groups are worked off in ascending order; of each the one winner lowers what the group before left. */
  readonly stackGroup: number;
  /** Inside its group the higher wins. */
  readonly priority: number;
};

/** What one promotion did to a unit price; both prices are per the price's own basis. */
export type AppliedPromotion = {
  readonly promotionId: string;
  readonly kind: PromotionCondition["kind"];
  readonly stackGroup: number;
  readonly before: bigint;
  readonly after: bigint;
  readonly bearer: PromotionBearer;
};
