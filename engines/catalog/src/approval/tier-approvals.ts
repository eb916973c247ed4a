import type { ApprovalTier, Decider } from "./approval-rule.ts";

/** Somebody who takes part in deciding, with the roles that he has in the company. */
export type Person = { readonly userId: string; readonly roles: readonly string[] };

/** `by` lets `to` decide for him for a time. It goes no further: who decides for others cannot pass that on. */
export type Delegation = { readonly by: Person; readonly to: string; readonly from: number; readonly until: number };

/** For which deciders of a tier one approval may count, and for whom it was given beside himself. */
export type Capacity = { readonly covers: readonly number[]; readonly onBehalfOf: readonly string[] };

/** Deciders of the tier by their place in it that the person, or who delegated to him, is. The requester is none. */
export function capacityOf(
  person: Person,
  tier: ApprovalTier,
  { requesterId, delegations, at }: Circumstances,
): Capacity {
  if (person.userId === requesterId) return { covers: [], onBehalfOf: [] };
  const own = placesOf(person, tier);
  const lent = delegations
    .filter(({ by, to, from, until }) => to === person.userId && by.userId !== requesterId && from <= at && at < until)
    .map(({ by }) => ({ userId: by.userId, places: placesOf(by, tier) }))
    .filter(({ places }) => places.some((place) => !own.includes(place)));
  const covers = [...new Set([...own, ...lent.flatMap(({ places }) => places)])].sort((a, b) => a - b);
  return { covers, onBehalfOf: [...new Set(lent.map(({ userId }) => userId))].sort() };
}

/** `at` in UTC microseconds, as the periods of the delegations are. */
export type Circumstances = {
  readonly requesterId: string;
  readonly delegations: readonly Delegation[];
  readonly at: number;
};

function placesOf({ userId, roles }: Person, { deciders }: ApprovalTier): readonly number[] {
  const is = (decider: Decider): boolean =>
    decider.kind === "person" ? decider.userId === userId : roles.includes(decider.role);
  return deciders.flatMap((decider, place) => (is(decider) ? [place] : []));
}

/**
 * Whether the approvals fill the tier, each for one decider. With `all` somebody who could stand for two stands for the
 * one that nobody else can: deciders and approvals are matched along augmenting paths.
 */
export function isFilled({ needs, deciders }: ApprovalTier, approvals: readonly Pick<Capacity, "covers">[]): boolean {
  if (needs === "any") return approvals.some(({ covers }) => covers.length > 0);
  const takenBy = new Map<number, number>();
  const place = (approval: number, tried: Set<number>): boolean => {
    for (const decider of approvals[approval]?.covers ?? []) {
      if (tried.has(decider)) continue;
      tried.add(decider);
      const holder = takenBy.get(decider);
      if (holder === undefined || place(holder, tried)) {
        takenBy.set(decider, approval);
        return true;
      }
    }
    return false;
  };
  const filled = approvals.filter((_, approval) => place(approval, new Set())).length;
  return filled === deciders.length;
}
