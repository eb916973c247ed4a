import type { Decimal, Instant } from "../primitives.ts";

/**
 * Why a tender command is refused. Listed by precedence: if several apply, the first is returned.
 * Codes are permanent: never renamed, never reused.
 */
export const tenderRejectionCodes = [
  // existence
  "tender_not_found",
  "tender_exists",
  "lot_not_found",
  // identity
  "not_owner",
  "not_operator",
  "own_lot",
  // existence of parts, told only to those who may know of them
  "bid_not_found",
  "question_not_found",
  "award_not_found",
  "contract_not_found",
  "supplier_not_found",
  "not_award_holder",
  "not_contract_party",
  // admission
  "not_invited",
  "not_admitted",
  "already_requested",
  "already_admitted",
  "bidder_excluded",
  // state and stage
  "tender_finished",
  "version_stale",
  "tender_not_draft",
  "tender_not_published",
  "terms_incomplete",
  "questions_closed",
  "already_answered",
  "submissions_closed",
  "amendment_too_late",
  "wrong_stage",
  "initial_price_missing",
  "auction_not_open",
  "auction_paused",
  "auction_not_paused",
  "auction_closed",
  "bid_already_voided",
  "award_not_pending",
  "award_not_active",
  "award_already_proposed",
  "no_eligible_bid",
  "standstill_over",
  "already_signed",
  "limit_reached",
  // format
  "bad_format",
  "bad_scale",
  "non_positive",
  "instant_invalid",
  // absolute limits
  "above_ceiling",
  "below_floor",
  "below_opening",
  "not_on_grid",
  "buy_now_unavailable",
  // relative limits
  "already_leading",
  "not_better_than_own",
  "not_better_than_reference",
  "tie_forbidden",
  "step_too_small",
  "step_too_large",
  // the host's own commands
  "nothing_due",
] as const;

export type TenderRejectionCode = (typeof tenderRejectionCodes)[number];

/** Data that tells the caller what would have been right; only what the code needs is present. */
export type TenderRejection = {
  readonly code: TenderRejectionCode;
  /** JSON Pointer into the command or the terms. */
  readonly pointer?: string;
  readonly rule?: string;
  /** Everything that is wrong with the terms, pointers into the terms; `pointer` and `rule` repeat the first. */
  readonly faults?: readonly { readonly pointer: string; readonly rule: string }[];
  /** The bound that was crossed. */
  readonly limit?: Decimal | number;
  /** The nearest price that would pass now. */
  readonly nearest?: Decimal;
  readonly scale?: number;
  readonly stage?: string;
  readonly actualVersion?: number;
  readonly opensAt?: Instant;
  readonly endedAt?: Instant;
  /** How late by the server's ingress clock; whole microseconds written in milliseconds, e.g. 0.417. */
  readonly lateByMs?: number;
};
