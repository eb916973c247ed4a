/**
 * Why a request for quotes, a quote or a project estimate is refused, beside what the catalogue's engine rejects. Codes
 * are permanent: never renamed, never reused.
 */
export const quoteRefusalCodes = [
  "estimate_unknown",
  // the request
  "quote_request_unknown",
  "quote_request_state_wrong",
  "quote_request_over",
  "vendor_unfit",
  // the quote
  "quote_unknown",
  "quote_line_unknown",
  "quote_line_repeated",
  // its acceptance
  "acceptance_reused",
  "quote_superseded",
  "quote_line_accepted",
  "quote_line_without_offer",
  "quote_offer_repeated",
  "quote_makes_no_agreement",
] as const;

export type QuoteRefusalCode = (typeof quoteRefusalCodes)[number];
