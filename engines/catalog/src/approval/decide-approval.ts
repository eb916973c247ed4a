import type { Micros } from "@kontor/kernel";
import type { RouteTier } from "./approval-rule.ts";
import type { Capacity, Delegation, Person } from "./tier-approvals.ts";
import { capacityOf, isFilled } from "./tier-approvals.ts";

/** One approval that was given, in the tier that was asked then. */
export type GivenApproval = Capacity & { readonly tier: number; readonly by: string };

/** An order on its way through its route. */
export type PendingApproval = {
  readonly requesterId: string;
  readonly tiers: readonly RouteTier[];
  /** The tier that is asked now, from 0. */
  readonly tier: number;
  readonly given: readonly GivenApproval[];
  /** Lines that nobody has rejected. */
  readonly lineIds: readonly string[];
  /** From then on nobody can decide. */
  readonly expiresAt: Micros;
};

/** With lines to reject the rest is approved: it is less than what was asked, so that nobody is asked again. */
export type ApprovalDecision =
  | { readonly verdict: "approve"; readonly rejectedLineIds: readonly string[] }
  | { readonly verdict: "reject" };

export type ApprovalStep = {
  readonly person: Person;
  readonly decision: ApprovalDecision;
  readonly delegations: readonly Delegation[];
  readonly at: Micros;
};

/** By precedence: of several that apply, the first. */
export type ApprovalRefusal =
  | "approval_expired"
  | "own_order_undecidable"
  | "decider_not_asked"
  | "decider_counted_already"
  | "line_not_in_order";

export type ApprovalAnswer =
  | { readonly kind: "refused"; readonly code: ApprovalRefusal }
  /** One rejection ends it; so does the rejection of all lines. */
  | { readonly kind: "rejected"; readonly onBehalfOf: readonly string[] }
  | {
      readonly kind: "approved";
      readonly approval: GivenApproval;
      /** The next tier to ask; null when all have approved. */
      readonly tier: number | null;
      readonly lineIds: readonly string[];
    };

/** What one decision makes of a pending approval. */
export function decideApproval(pending: PendingApproval, step: ApprovalStep): ApprovalAnswer {
  const { requesterId, tiers, tier, given, lineIds, expiresAt } = pending;
  const { person, decision, delegations, at } = step;
  const refused = (code: ApprovalRefusal): ApprovalAnswer => ({ kind: "refused", code });
  if (at >= expiresAt) return refused("approval_expired");
  if (person.userId === requesterId) return refused("own_order_undecidable");
  const asked = tiers[tier];
  if (asked === undefined) return refused("decider_not_asked");
  const capacity = capacityOf(person, asked, { requesterId, delegations, at });
  if (capacity.covers.length === 0) return refused("decider_not_asked");
  const before = given.filter((approval) => approval.tier === tier);
  if (before.some(({ by }) => by === person.userId)) return refused("decider_counted_already");
  if (decision.verdict === "reject") return { kind: "rejected", onBehalfOf: capacity.onBehalfOf };
  const { rejectedLineIds } = decision;
  if (rejectedLineIds.some((id) => !lineIds.includes(id))) return refused("line_not_in_order");
  const rest = lineIds.filter((id) => !rejectedLineIds.includes(id));
  if (rest.length === 0) return { kind: "rejected", onBehalfOf: capacity.onBehalfOf };
  const approval: GivenApproval = { tier, by: person.userId, ...capacity };
  const next = isFilled(asked, [...before, approval]) ? tier + 1 : tier;
  return { kind: "approved", approval, tier: next < tiers.length ? next : null, lineIds: rest };
}
