import { createRandom, shuffled } from "@kontor/testkit";
import { expect, test } from "vitest";
import type { ApprovalTier, Decider } from "../../src/approval/approval-rule.ts";
import { decideApproval } from "../../src/approval/decide-approval.ts";
import type { Delegation, Person } from "../../src/approval/tier-approvals.ts";
import { approve, named, pending, role } from "./given-approval.ts";

const roles = ["approver", "finance", "buyer"] as const;
const userIds = ["a", "b", "c", "d", "e"] as const;
type World = {
  readonly tier: ApprovalTier;
  readonly people: readonly Person[];
  readonly delegations: readonly Delegation[];
};

function randomWorld(seed: number): World & { readonly order: readonly Person[] } {
  const random = createRandom(seed);
  const people = userIds.map((userId) => ({ userId, roles: roles.filter(() => random.chance(40)) }));
  const all: Decider[] = [...roles.map(role), ...userIds.map(named)];
  const deciders = shuffled(all, random).slice(0, 1 + random.below(4));
  const delegations = people
    .filter(() => random.chance(30))
    .map((by) => {
      return { by, to: random.pick(userIds), from: 0, until: 100 };
    });
  const tier = { needs: random.pick<"any" | "all">(["any", "all"]), deciders } as const;
  return { tier, people, delegations, order: shuffled(people, random) };
}

/** Whether somebody is a decider, by himself or through whoever delegated to him; "a" asked for the order. */
function stands(who: Person, decider: Decider, { delegations }: World): boolean {
  const is = ({ userId, roles: own }: Person): boolean =>
    decider.kind === "person" ? decider.userId === userId : own.includes(decider.role);
  if (who.userId === "a") return false;
  return is(who) || delegations.some(({ by, to }) => to === who.userId && by.userId !== "a" && is(by));
}

/** Tries every way of giving each decider somebody of his own. */
function covered(deciders: readonly Decider[], approved: readonly Person[], world: World): boolean {
  const [first, ...rest] = deciders;
  if (first === undefined) return true;
  return approved.some((who) => {
    const others = approved.filter(({ userId }) => userId !== who.userId);
    return stands(who, first, world) && covered(rest, others, world);
  });
}

test.each(Array.from({ length: 8 }, (_, shard) => shard))("deciding and its twin agree, shard %i", (shard) => {
  for (let seed = shard * 500 + 1; seed <= (shard + 1) * 500; seed += 1) {
    const world = randomWorld(seed);
    const { tier, order, delegations } = world;
    let current = pending([tier], { requesterId: "a" });
    const approved: Person[] = [];
    for (const who of order) {
      const answer = decideApproval(current, { person: who, decision: approve, delegations, at: 1 });
      const may = tier.deciders.some((decider) => stands(who, decider, world));
      const label = `seed ${seed}, ${who.userId}`;
      expect(answer.kind, label).toBe(may ? "approved" : "refused");
      if (answer.kind !== "approved") continue;
      approved.push(who);
      const full = tier.needs === "any" || covered(tier.deciders, approved, world);
      expect(answer.tier, label).toBe(full ? null : 0);
      if (full) break;
      current = { ...current, given: [...current.given, answer.approval] };
    }
  }
});

test("in whatever order the same people approve, the tier is filled by them or not", () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const { tier, order, delegations } = randomWorld(seed);
    const outcome = (people: readonly Person[]): boolean => {
      let current = pending([tier], { requesterId: "a" });
      for (const who of people) {
        const answer = decideApproval(current, { person: who, decision: approve, delegations, at: 1 });
        if (answer.kind !== "approved") continue;
        if (answer.tier === null) return true;
        current = { ...current, given: [...current.given, answer.approval] };
      }
      return false;
    };
    expect(outcome(order.toReversed()), `seed ${seed}`).toBe(outcome(order));
  }
});
