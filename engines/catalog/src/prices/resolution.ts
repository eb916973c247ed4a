import type { Micros } from "@kontor/kernel";
import type { AppliedPromotion } from "../promotions/promotion.ts";
import type { Ratio } from "../quantities/ratio.ts";
import type { PriceMode, TierScope } from "./price-book.ts";
import type { BuyerContext, LockedPrice, PriceBasis } from "./price-question.ts";

/** Searched in this order; each agreement of the chain is a level of its own. */
export type PriceLevel = "agreement" | "customer_group" | "marketplace" | "base";

/** What became of one list, or one lock. */
export const traceVerdicts = [
  "chosen",
  // the offer cannot be priced at all
  "vendor_inactive",
  "offer_inactive",
  // the list does not count
  "currency_differs",
  "not_in_period",
  // it counts, and yields nothing
  "no_row",
  "row_not_in_period",
  "unit_not_convertible",
  "below_lowest_rung",
  "base_list_without_price",
  "below_lowest_band",
  "exclusive_without_row",
  // it yields a price, or might, and another one goes first
  "outranked",
  "lower_level",
  "behind_exclusive",
] as const;

export type TraceVerdict = (typeof traceVerdicts)[number];

export type TraceEntry = {
  readonly level: PriceLevel | LockedPrice["source"];
  /** Nodes from the buyer's own to the agreement's; 0 at other levels. */
  readonly distance: number;
  /** The agreement, group, channel, country, marketplace, offer or lock through which the list came. */
  readonly target: string;
  /** Null for a lock. */
  readonly listId: string | null;
  /** The row that it yields, also when another list goes first; of a derived price the base list's row. */
  readonly rowId: string | null;
  readonly verdict: TraceVerdict;
};

/** For whom and when it was asked: with the trace, all of "why this price" and of "what would it be on that day". */
export type Asked = {
  readonly quantity: bigint;
  readonly unit: string;
  readonly currency: string;
  readonly at: Micros;
  readonly purpose: BuyerContext["purpose"];
};

export type Tier = {
  /** In the price's own unit. */
  readonly minQuantity: bigint;
  readonly scope: TierScope;
  /** The quantity that chose the rung, in the price's own unit. */
  readonly effectiveQuantity: Ratio;
};

export type Priced = {
  readonly outcome: "priced";
  readonly source: "row" | "percent" | LockedPrice["source"];
  /** After promotions, in millionths of the currency, for `basis.priceBaseQuantity` of `basis.unit`. */
  readonly unitPrice: bigint;
  readonly currency: string;
  readonly priceMode: PriceMode;
  readonly basis: PriceBasis;
  readonly listId: string | null;
  readonly rowId: string | null;
  /** The band's, where the price is derived. */
  readonly percent: bigint | null;
  readonly tier: Tier | null;
  /** Empty where the list allows none: a negotiated price is never shown as another less a discount. */
  readonly promotions: readonly AppliedPromotion[];
  readonly asked: Asked;
  readonly trace: readonly TraceEntry[];
};

export type OnRequest = {
  readonly outcome: "on_request";
  readonly cause: "no_price" | "exclusive" | "offer_inactive" | "vendor_inactive" | "offer_unknown";
  readonly asked: Asked;
  readonly trace: readonly TraceEntry[];
};

export type PriceResolution = Priced | OnRequest;
