import { expect, test } from "vitest";
import { approvalView } from "../../src/buying/approval-view.ts";

const at = "2026-11-22T10:00:00Z";
const rules = [{ ruleId: "r", name: "From 300.00 EUR", ownerId: "nora" }];
const approver = { kind: "role", role: "approver" } as const;
const person = (userId: string) => ({ kind: "person", userId }) as const;
const decided = (tier: number, by: string, verdict: "approve" | "reject" = "approve") => ({
  tier,
  by,
  onBehalfOf: [],
  verdict,
  rejectedLines: [],
  reason: "",
  at,
});
const statesOf = (route: Parameters<typeof approvalView>[0]) =>
  approvalView(route).map(({ asked }) => asked.map(({ userId, role, state }) => [userId ?? role, state]));

const tiers = [
  { needs: "any" as const, deciders: [approver], rules },
  { needs: "all" as const, deciders: [person("carola"), person("nora")], rules },
];

test("the first tier is asked, the next comes later", () => {
  expect(statesOf({ tiers, tier: 0, decisions: [] })).toEqual([
    [["approver", "asked"]],
    [
      ["carola", "later"],
      ["nora", "later"],
    ],
  ]);
});

test("who decided for a role takes its place; of all that are needed the rest is still asked", () => {
  const decisions = [decided(0, "ida"), decided(1, "nora")];
  expect(statesOf({ tiers, tier: 1, decisions })).toEqual([
    [["ida", "approved"]],
    [
      ["nora", "approved"],
      ["carola", "asked"],
    ],
  ]);
});

test("after a rejection nobody is asked any more", () => {
  const route = { tiers, tier: 0, decisions: [decided(0, "ida", "reject")] };
  expect(statesOf(route)).toEqual([
    [["ida", "rejected"]],
    [
      ["carola", "not_needed"],
      ["nora", "not_needed"],
    ],
  ]);
  expect(approvalView(route).some(({ isNow }) => isNow)).toBe(false);
});

test("one for whom somebody else decided is asked no more", () => {
  const decisions = [decided(0, "ida"), { ...decided(1, "jan"), onBehalfOf: ["carola"] }];
  const [, second] = approvalView({ tiers, tier: 1, decisions });
  expect(second?.asked.filter(({ state }) => state === "asked").map(({ userId }) => userId)).toEqual(["nora"]);
});
