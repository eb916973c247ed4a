import type { ApprovalRule, OrderToApprove, RouteTier } from "../../src/approval/approval-rule.ts";
import type { ApprovalAnswer, ApprovalStep, PendingApproval } from "../../src/approval/decide-approval.ts";
import { decideApproval } from "../../src/approval/decide-approval.ts";
import type { Person } from "../../src/approval/tier-approvals.ts";
import { cents } from "../prices/given.ts";

export const person = (userId: string, ...roles: readonly string[]): Person => ({ userId, roles });

export const role = (name: string) => ({ kind: "role", role: name }) as const;
export const named = (userId: string) => ({ kind: "person", userId }) as const;

export const nothing = {
  amountFrom: null,
  classIds: null,
  vendorIds: null,
  costCenterIds: null,
  requesterRoles: null,
} as const;

export const euros = (amount: string) => ({ currency: "EUR", exponent: 2, amount: cents(amount) });

export function rule(id: string, changes: Partial<ApprovalRule> = {}): ApprovalRule {
  return {
    id,
    name: `Rule ${id}`,
    ownerId: "head",
    divisionId: null,
    position: 0,
    condition: nothing,
    tiers: [{ needs: "any", deciders: [role("approver")] }],
    ...changes,
  };
}

export function order(total: string, changes: Partial<OrderToApprove> = {}): OrderToApprove {
  return {
    requesterId: "clerk",
    requesterRoles: ["buyer"],
    divisions: [],
    vendorId: "vendor",
    total: euros(total),
    lines: [{ id: "1", classIds: [], costCenterId: null }],
    ...changes,
  };
}

export function pending(tiers: readonly Omit<RouteTier, "rules">[], changes: Partial<PendingApproval> = {}) {
  const routed = tiers.map((tier) => ({ ...tier, rules: [] }));
  const fresh = { requesterId: "clerk", tiers: routed, tier: 0, given: [], lineIds: ["1", "2"], expiresAt: 1_000 };
  return { ...fresh, ...changes };
}

export const approve = { verdict: "approve", rejectedLineIds: [] } as const;

/** Has the people decide one after the other until it is over, or the last has decided. */
export function decided(
  start: PendingApproval,
  steps: readonly (Pick<ApprovalStep, "person"> & Partial<ApprovalStep>)[],
): ApprovalAnswer {
  let current = start;
  let answer: ApprovalAnswer = { kind: "refused", code: "decider_not_asked" };
  for (const step of steps) {
    answer = decideApproval(current, { decision: approve, delegations: [], at: 10, ...step });
    if (answer.kind !== "approved" || answer.tier === null) return answer;
    const { approval, tier, lineIds } = answer;
    current = { ...current, tier, lineIds, given: [...current.given, approval] };
  }
  return answer;
}
