import type { Ratio } from "../quantities/ratio.ts";

/** Who may approve: anybody of the company with a role, or one person. */
export type Decider =
  | { readonly kind: "role"; readonly role: string }
  | { readonly kind: "person"; readonly userId: string };

/** `any`: one of the deciders suffices. `all`: each is needed, and nobody counts for two of them. */
export type ApprovalTier = { readonly needs: "any" | "all"; readonly deciders: readonly Decider[] };

/** Amounts of money that may be in another currency than the order: whole smallest units of `currency`. */
export type AmountLimit = { readonly currency: string; readonly exponent: number; readonly amount: bigint };

/** When a rule is about an order; null is always. All that is named must fit. */
export type ApprovalCondition = {
  /** The order's total is at least so much. */
  readonly amountFrom: AmountLimit | null;
  /** One of its lines is in one of these classes or below. */
  readonly classIds: readonly string[] | null;
  readonly vendorIds: readonly string[] | null;
  /** One of its lines is booked on one of these. */
  readonly costCenterIds: readonly string[] | null;
  /** The requester has one of these roles. */
  readonly requesterRoles: readonly string[] | null;
};

/** One rule of a company or a division of it; divisions below have it too. */
export type ApprovalRule = {
  readonly id: string;
  readonly name: string;
  /** Whom to ask about it. */
  readonly ownerId: string;
  /** Null for all of the company. */
  readonly divisionId: string | null;
  /** Rules come one after the other; of the same position the company's before its divisions'. */
  readonly position: number;
  readonly condition: ApprovalCondition;
  /** In the order in which they are asked. */
  readonly tiers: readonly ApprovalTier[];
};

/** One unit of `from` is `rate` of `to`. */
export type ExchangeRate = { readonly from: string; readonly to: string; readonly rate: Ratio };

export type LineToApprove = {
  readonly id: string;
  /** Its own classes and all above them. */
  readonly classIds: readonly string[];
  readonly costCenterId: string | null;
};

export type OrderToApprove = {
  readonly requesterId: string;
  readonly requesterRoles: readonly string[];
  /** The division that is bought for, then those above it, nearest first; empty for the company itself. */
  readonly divisions: readonly string[];
  readonly vendorId: string;
  /** All that is to be paid, freight and fees too. */
  readonly total: AmountLimit;
  readonly lines: readonly LineToApprove[];
};

/** Why an order has to be approved: named to whoever waits for it. */
export type RuleName = { readonly ruleId: string; readonly name: string; readonly ownerId: string };

export type RouteTier = ApprovalTier & { readonly rules: readonly RuleName[] };
