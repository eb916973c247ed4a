/**
 * Why a standing order is refused, beside what the catalogue's engine rejects and what buying refuses. Codes are
 * permanent: never renamed, never reused.
 */
export const standingRefusalCodes = [
  "standing_order_unknown",
  "standing_order_state_wrong",
  "standing_order_without_dates",
  "standing_line_unknown",
  // one of its dates
  "standing_date_unknown",
  "standing_date_state_wrong",
  "standing_date_out_of_order",
  "price_consent_stale",
] as const;

export type StandingRefusalCode = (typeof standingRefusalCodes)[number];
