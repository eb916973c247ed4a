import type { Decimal, Instant } from "../primitives.ts";

/**
 * Why a command on an instrument is refused. Listed by precedence: if several apply, the first is returned.
 * Codes are permanent: never renamed, never reused.
 */
export const exchangeRejectionCodes = [
  // the instrument and who asks
  "instrument_not_found",
  "instrument_exists",
  "not_operator",
  "not_trader",
  "version_stale",
  "instrument_not_draft",
  "instrument_not_listed",
  "instrument_delisted",
  "terms_incomplete",
  "order_rate_exceeded",
  "order_to_trade_exceeded",
  "bad_format",
  "bad_scale",
  "off_tick",
  "off_quantity_step",
  // the book
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
  // the host's own commands
  "nothing_due",
] as const;

export type ExchangeRejectionCode = (typeof exchangeRejectionCodes)[number];

/** Data that tells the caller what would have been right; only what the code needs is present. */
export type ExchangeRejection = {
  readonly code: ExchangeRejectionCode;
  /** JSON Pointer into the command or the terms. */
  readonly pointer?: string;
  /** Everything that is wrong with the terms. */
  readonly faults?: readonly { readonly pointer: string; readonly rule: string }[];
  /** The nearest value that would have done, or what is available. */
  readonly limit?: Decimal | Instant | number;
  readonly scale?: number;
  /** After so long the same order, under a key of its own, is not too fast any more. */
  readonly retryAfterMs?: number;
};
