import type { Decimal, Instant } from "../primitives.ts";

/**
 * Why the catalogue does not sell, price or keep something. Listed by precedence: if several apply, the first is
 * returned. Codes are permanent: never renamed, never reused.
 */
export const catalogRejectionCodes = [
  // who buys under which terms
  "buyer_node_required",
  "agreement_not_in_force",
  "agreement_ambiguous",
  // the quote
  "quote_expired",
  "quote_quantity_not_offered",
  // the quantity
  "unit_not_sold",
  "quantity_not_positive",
  "quantity_scale_exceeded",
  "quantity_below_minimum",
  "quantity_above_maximum",
  "quantity_not_multiple",
  // the price and the order
  "price_on_request",
  "price_changed",
  "discount_above_total",
  "order_minimum_not_reached",
  "refund_above_order",
  // what becomes of a confirmed order
  "quantity_not_open",
  "quantity_not_underway",
  "quantity_not_arrived",
  // what a vendor saves
  "price_ladder_rises",
] as const;

export type CatalogRejectionCode = (typeof catalogRejectionCodes)[number];

/** Data that tells the caller what would have been right; only what the code needs is present. */
export type CatalogRejection = {
  readonly code: CatalogRejectionCode;
  /** Ids that the caller may choose from. */
  readonly choices?: readonly string[];
  /** The unit of the quantities beside it. */
  readonly unit?: string;
  /** The minimum, maximum or multiple, or the greatest amount that would have done. */
  readonly limit?: Decimal;
  /** The nearest quantities that would do; null where there is none on that side. */
  readonly neighbours?: { readonly below: Decimal | null; readonly above: Decimal | null };
  readonly currency?: string;
  /** What is missing of the least order. */
  readonly shortfall?: Decimal;
  /** The price that was seen, or that of the rung before: of one ordered unit. */
  readonly before?: Decimal;
  /** The price as it is now, or that of the rung named by `quantity`. */
  readonly after?: Decimal;
  /** The rung from which the price rises. */
  readonly quantity?: Decimal;
  readonly listId?: string;
  /** When it ended, or from when on the ladder rises. */
  readonly at?: Instant;
};
