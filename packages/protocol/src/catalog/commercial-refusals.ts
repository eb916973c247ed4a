/**
 * Why a division, a price list, an agreement or what belongs to them was not kept as it was sent. Codes are permanent:
 * never renamed, never reused.
 */
export const commercialRefusalCodes = [
  // divisions
  "division_too_deep",
  "division_cyclic",
  "division_in_use",
  // price lists and their rows
  "time_zone_unknown",
  "period_invalid",
  "price_list_unknown",
  "price_list_nested",
  "assignment_target_unknown",
  "offer_unknown",
  "rung_repeated",
  "rungs_too_many",
  "price_unit_unknown",
  "amount_too_fine",
  // customer groups
  "customer_group_unknown",
  // agreements
  "buyer_unfit",
  "agreement_currency_differs",
  "agreement_state_wrong",
  "quantity_rule_repeated",
  // exports
  "export_header_unfit",
] as const;

export type CommercialRefusalCode = (typeof commercialRefusalCodes)[number];
