/** Why the ledger did nothing. Codes are permanent: never renamed, never reused. */
export const ledgerRefusalCodes = [
  // what was asked
  "batch_size_invalid",
  "id_malformed",
  "reference_malformed",
  "instant_invalid",
  "amount_invalid",
  "leg_count_invalid",
  "leg_repeated",
  "hold_repeated",
  // assets and accounts
  "asset_malformed",
  "asset_unknown",
  "account_unknown",
  "purpose_malformed",
  "account_exists",
  "account_closed",
  "account_not_empty",
  "credit_limit_in_use",
  "id_reused",
  "marketplace_mixed",
  // transfers, holds and reversals
  "transfer_unbalanced",
  "insufficient_balance",
  "balance_out_of_range",
  "hold_unknown",
  "hold_resolved",
  "hold_exceeded",
  "transfer_unknown",
  "transfer_reversed",
  "reversal_final",
] as const;

export type LedgerRefusalCode = (typeof ledgerRefusalCodes)[number];

/** Why nothing was asked of the ledger, or of an instrument's shard: what clearing itself refuses. */
export const clearingRefusalCodes = [
  "amount_scale_exceeded",
  "amount_missing",
  "request_unknown",
  "request_decided",
  "request_not_confirmed",
  "allocation_not_needed",
  "asset_unfit",
  "allocation_unsettled",
  "settlement_not_ready",
  "obligation_unknown",
  "obligation_settled",
  "obligation_disputed",
  "obligation_not_disputed",
  "obligation_not_failed",
  "statement_too_large",
] as const;

export type ClearingRefusalCode = (typeof clearingRefusalCodes)[number];
