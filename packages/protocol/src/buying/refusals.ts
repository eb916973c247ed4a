/**
 * Why a cart, an approval, a purchase order or the money of one is refused, beside what the catalogue's engine rejects.
 * Codes are permanent: never renamed, never reused.
 */
export const buyingRefusalCodes = [
  // what a company settles about its buying
  "division_unknown",
  "cost_center_unknown",
  "cost_center_exists",
  "member_unknown",
  "budget_unknown",
  "budget_in_use",
  "budget_period_empty",
  "approval_rule_unknown",
  "delegation_unknown",
  "delegation_period_empty",
  "delegation_to_oneself",
  "exchange_rate_exists",
  "exchange_rate_missing",
  // the cart
  "requisition_list_unknown",
  "cart_line_unknown",
  "offer_not_available",
  "quantity_unreadable",
  "cart_too_large",
  "cart_empty",
  "quick_order_too_long",
  "quick_order_empty",
  "file_unreadable",
  "file_column_missing",
  // the checkout
  "checkout_reused",
  "checkout_blocked",
  "stock_insufficient",
  "budget_exceeded",
  // the approval
  "approval_expired",
  "own_order_undecidable",
  "decider_not_asked",
  "decider_counted_already",
  "line_not_in_order",
  // the order
  "purchase_order_unknown",
  "order_state_wrong",
  "proposal_above_order",
  "proposal_empty",
  // its delivery
  "shipment_unknown",
  "shipment_received_already",
  "reduction_unknown",
  "reduction_decided",
  // the money
  "checkout_unknown",
  "payment_above_order",
  "payout_not_due",
] as const;

export type BuyingRefusalCode = (typeof buyingRefusalCodes)[number];
