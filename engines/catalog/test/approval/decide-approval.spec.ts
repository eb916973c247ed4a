import { describe, expect, test } from "vitest";
import type { Decider } from "../../src/approval/approval-rule.ts";
import { decideApproval } from "../../src/approval/decide-approval.ts";
import { approve, decided, named, pending, person, role } from "./given-approval.ts";

const any = (...deciders: readonly Decider[]) => ({ needs: "any", deciders }) as const;
const all = (...deciders: readonly Decider[]) => ({ needs: "all", deciders }) as const;
const mia = person("mia", "approver");
const finn = person("finn", "finance");
const twoTiers = pending([any(role("approver")), any(role("finance"))]);

describe("S8", () => {
  test("the manager approves, finance rejects a line: the rest is released without a new round", () => {
    const rejecting = { verdict: "approve", rejectedLineIds: ["2"] } as const;
    const answer = decided(twoTiers, [{ person: mia }, { person: finn, decision: rejecting }]);
    expect(answer).toMatchObject({ kind: "approved", tier: null, lineIds: ["1"] });
  });

  test("nobody approves his own order, whatever his roles", () => {
    const clerk = person("clerk", "approver", "finance");
    expect(decided(twoTiers, [{ person: clerk }])).toEqual({ kind: "refused", code: "own_order_undecidable" });
  });

  test("nor through somebody to whom he has delegated", () => {
    const clerk = person("clerk", "approver");
    const delegations = [{ by: clerk, to: "bob", from: 0, until: 100 }];
    const answer = decided(twoTiers, [{ person: person("bob", "buyer"), delegations }]);
    expect(answer).toEqual({ kind: "refused", code: "decider_not_asked" });
  });

  test("nor by what others have delegated to him", () => {
    const delegations = [{ by: mia, to: "clerk", from: 0, until: 100 }];
    const answer = decided(twoTiers, [{ person: person("clerk", "buyer"), delegations }]);
    expect(answer).toEqual({ kind: "refused", code: "own_order_undecidable" });
  });

  test("after it has expired nobody can decide", () => {
    expect(decided(twoTiers, [{ person: mia, at: 1_000 }])).toEqual({ kind: "refused", code: "approval_expired" });
    expect(decided(twoTiers, [{ person: mia, at: 999 }])).toMatchObject({ kind: "approved", tier: 1 });
  });
});

test("tiers are asked in their order", () => {
  expect(decided(twoTiers, [{ person: finn }])).toEqual({ kind: "refused", code: "decider_not_asked" });
});

test("one rejection ends it, and so does the rejection of every line", () => {
  const reject = { verdict: "reject" } as const;
  expect(decided(twoTiers, [{ person: mia }, { person: finn, decision: reject }])).toMatchObject({ kind: "rejected" });
  const everything = { verdict: "approve", rejectedLineIds: ["1", "2"] } as const;
  expect(decided(twoTiers, [{ person: mia, decision: everything }])).toMatchObject({ kind: "rejected" });
  const strange = { verdict: "approve", rejectedLineIds: ["3"] } as const;
  expect(decided(twoTiers, [{ person: mia, decision: strange }])).toMatchObject({ code: "line_not_in_order" });
});

test("a rejected line stays rejected for the tiers after", () => {
  const first = { verdict: "approve", rejectedLineIds: ["1"] } as const;
  const answer = decided(twoTiers, [
    { person: mia, decision: first },
    { person: finn, decision: first },
  ]);
  expect(answer).toMatchObject({ code: "line_not_in_order" });
});

test("a delegation lets another decide for its time alone, and is told", () => {
  const delegations = [{ by: mia, to: "bob", from: 5, until: 10 }];
  const bob = person("bob", "buyer");
  expect(decided(twoTiers, [{ person: bob, delegations, at: 4 }])).toMatchObject({ code: "decider_not_asked" });
  expect(decided(twoTiers, [{ person: bob, delegations, at: 10 }])).toMatchObject({ code: "decider_not_asked" });
  expect(decided(twoTiers, [{ person: bob, delegations, at: 9 }])).toMatchObject({
    approval: { by: "bob", onBehalfOf: ["mia"], covers: [0] },
    tier: 1,
  });
});

test("what was delegated to somebody he cannot pass on", () => {
  const delegations = [
    { by: mia, to: "bob", from: 0, until: 100 },
    { by: person("bob", "buyer"), to: "carl", from: 0, until: 100 },
  ];
  expect(decided(twoTiers, [{ person: person("carl"), delegations }])).toMatchObject({ code: "decider_not_asked" });
});

test("who could stand for two deciders of a tier counts for one of them, the one that nobody else can be", () => {
  const four = pending([all(role("approver"), role("finance"))]);
  const both = person("both", "approver", "finance");
  expect(decided(four, [{ person: both }, { person: both }])).toMatchObject({ code: "decider_counted_already" });
  expect(decided(four, [{ person: both }])).toMatchObject({ kind: "approved", tier: 0 });
  expect(decided(four, [{ person: both }, { person: mia }])).toMatchObject({ kind: "approved", tier: null });
  expect(decided(four, [{ person: both }, { person: finn }])).toMatchObject({ kind: "approved", tier: null });
});

test("ten people who are all needed", () => {
  const names = Array.from({ length: 10 }, (_, index) => `p${index}`);
  const ten = pending([all(...names.map(named))]);
  const steps = names.map((name) => ({ person: person(name) }));
  expect(decided(ten, steps.slice(1))).toMatchObject({ kind: "approved", tier: 0 });
  expect(decided(ten, steps.toReversed())).toMatchObject({ kind: "approved", tier: null });
});

test("somebody may be asked again in a later tier", () => {
  const twice = pending([any(role("approver")), all(role("approver"), role("finance"))]);
  expect(decided(twice, [{ person: mia }, { person: mia }, { person: finn }])).toMatchObject({ tier: null });
});

test("nothing is asked of a route without tiers", () => {
  const step = { person: mia, decision: approve, delegations: [], at: 1 };
  expect(decideApproval(pending([]), step)).toEqual({ kind: "refused", code: "decider_not_asked" });
});
