import type { ExchangeRejectionCode } from "@kontor/protocol";

/** Why a book declines, by precedence: of several that apply the first is answered. See SPEC.md, "Rejections". */
export const rejectionCodes = [
  "unknown_order",
  "duplicate_order",
  "account_blocked",
  "phase_closed_to_orders",
  "combination_not_allowed",
  "tif_not_allowed_in_phase",
  "post_only_not_allowed_in_phase",
  "all_or_none_not_allowed_in_phase",
  "expiry_passed",
  "quantity_off_step",
  "quantity_too_small",
  "quantity_too_large",
  "price_off_step",
  "price_out_of_range",
  "price_outside_band",
  "price_not_closing_price",
  "value_too_large",
  "stop_already_triggered",
  "linked_prices_invalid",
  "link_in_call",
  "call_orders_exceeded",
  "call_quantity_exceeded",
  "post_only_would_trade",
  "insufficient_funds",
  "insufficient_goods",
  "balance_too_large",
  "not_in_call",
  "phase_not_allowed",
  "book_crossed",
  "no_reference",
  "unknown_trade",
] as const satisfies readonly ExchangeRejectionCode[];

export type RejectionCode = (typeof rejectionCodes)[number];
