import { expect, test } from "vitest";
import { approvalRoute } from "../../src/approval/approval-route.ts";
import type { ApprovalRule, OrderToApprove } from "../../src/approval/approval-rule.ts";
import { euros, named, nothing, order, role, rule } from "./given-approval.ts";

const from = (amount: string) => ({ ...nothing, amountFrom: euros(amount) });
const manager = { needs: "any", deciders: [role("approver")] } as const;
const finance = { needs: "any", deciders: [role("finance")] } as const;
const small = rule("small", { condition: from("1000.00"), tiers: [manager] });
const large = rule("large", { condition: from("10000.00"), tiers: [manager, finance], position: 1 });

function ruleIds(asked: OrderToApprove, rules: readonly ApprovalRule[]): readonly (readonly string[])[] {
  const answer = approvalRoute(asked, rules, []);
  if (answer.kind !== "route") throw new Error(`no rate from ${answer.from}`);
  return answer.tiers.map(({ rules: names }) => names.map(({ ruleId }) => ruleId));
}

test.each([
  ["999.99", []],
  ["1000.00", [["small"]]],
  ["9999.99", [["small"]]],
  ["12400.00", [["small", "large"], ["large"]]],
])("S8: an order of %s goes through the tiers of %j", (total, tiers) => {
  expect(ruleIds(order(total), [large, small])).toEqual(tiers);
});

test("a tier that several rules ask for is asked once and names all of them with their owners", () => {
  const answer = approvalRoute(order("12400.00"), [small, large], []);
  expect(answer).toEqual({
    kind: "route",
    tiers: [
      {
        ...manager,
        rules: [
          { ruleId: "small", name: "Rule small", ownerId: "head" },
          { ruleId: "large", name: "Rule large", ownerId: "head" },
        ],
      },
      { ...finance, rules: [{ ruleId: "large", name: "Rule large", ownerId: "head" }] },
    ],
  });
});

test("divisions have the rules of those above them, and none of their siblings or children", () => {
  const of = (divisionId: string | null) =>
    rule(divisionId ?? "company", { divisionId, tiers: [{ needs: "any", deciders: [named(divisionId ?? "boss")] }] });
  const rules = [of("plant"), of("line"), of("sibling"), of(null)];
  expect(ruleIds(order("1.00", { divisions: ["line", "plant"] }), rules)).toEqual([["company"], ["plant"], ["line"]]);
  expect(ruleIds(order("1.00", { divisions: ["plant"] }), rules)).toEqual([["company"], ["plant"]]);
  expect(ruleIds(order("1.00"), rules)).toEqual([["company"]]);
});

test.each([
  ["the vendor", { vendorIds: ["vendor"] }, { vendorIds: ["other"] }],
  ["a category", { classIds: ["tools"] }, { classIds: ["paper"] }],
  ["a cost centre", { costCenterIds: ["lab"] }, { costCenterIds: ["yard"] }],
  ["the requester's role", { requesterRoles: ["buyer"] }, { requesterRoles: ["seller"] }],
])("a rule bites by %s, and not by another", (_, fitting, other) => {
  const lines = [
    { id: "1", classIds: [], costCenterId: null },
    { id: "2", classIds: ["drills", "tools"], costCenterId: "lab" },
  ];
  const asked = order("5.00", { lines });
  expect(ruleIds(asked, [rule("r", { condition: { ...nothing, ...fitting } })])).toEqual([["r"]]);
  expect(ruleIds(asked, [rule("r", { condition: { ...nothing, ...other } })])).toEqual([]);
  const both = { ...nothing, ...fitting, amountFrom: euros("5.01") };
  expect(ruleIds(asked, [rule("r", { condition: both })])).toEqual([]);
});

test("S8: an order in dollars is measured by the stored rate, in either direction, never by its number", () => {
  const dollars = (amount: bigint) => order("0.00", { total: { currency: "USD", exponent: 2, amount } });
  const rate = { num: 92n, den: 100n };
  const direct = [{ from: "USD", to: "EUR", rate }];
  const turned = [{ from: "EUR", to: "USD", rate: { num: 100n, den: 92n } }];
  for (const rates of [direct, turned]) {
    expect(approvalRoute(dollars(108_695n), [small], rates)).toMatchObject({ tiers: [] });
    expect(approvalRoute(dollars(108_696n), [small], rates)).toMatchObject({ tiers: [{ needs: "any" }] });
  }
  expect(approvalRoute(dollars(1n), [small], [])).toEqual({
    kind: "rate_missing",
    from: "USD",
    to: "EUR",
    rule: { ruleId: "small", name: "Rule small", ownerId: "head" },
  });
  const elsewhere = rule("r", { condition: { ...from("1.00"), vendorIds: ["other"] } });
  expect(approvalRoute(dollars(1n), [elsewhere], [])).toMatchObject({ tiers: [] });
});

test("amounts of currencies with other decimals are compared as money", () => {
  const yen = order("0.00", { total: { currency: "JPY", exponent: 0, amount: 160_000n } });
  const rates = [{ from: "JPY", to: "EUR", rate: { num: 625n, den: 100_000n } }];
  expect(approvalRoute(yen, [small], rates)).toMatchObject({ tiers: [{}] });
  const less = order("0.00", { total: { currency: "JPY", exponent: 0, amount: 159_999n } });
  expect(approvalRoute(less, [small], rates)).toMatchObject({ tiers: [] });
});
