import { describe, expect, test } from "vitest";
import { expireOrders } from "../../src/index.ts";
import { checkout, day, engine, givenBuying, must, noon, person } from "./given-buying.ts";

const given = givenBuying();

const byRole = (role: "approver" | "finance") => ({
  needs: "any" as const,
  deciders: [{ kind: "role" as const, role }],
});

async function twoRules(companyId: string): Promise<void> {
  const admin = person(companyId, "owner");
  const from = (amount: string) => ({ amountFrom: { currency: "EUR", amount } });
  const rule = { position: 0, active: true };
  must(
    await given.rules.create(admin, {
      ...rule,
      name: "From 1,000",
      condition: from("1000.00"),
      tiers: [byRole("approver")],
    }),
  );
  const tiers = [byRole("approver"), byRole("finance")];
  must(await given.rules.create(admin, { ...rule, name: "From 10,000", condition: from("10000.00"), tiers }));
}

describe("S8 approval, budget, hold", () => {
  test("12,400.00: manager approves, finance rejects 3,000.00, and 9,400.00 are released without a new round", async () => {
    const [buyer, vendor] = [await given.company("acme"), await given.company("tools")];
    await twoRules(buyer);
    const [drill, saw] = [
      await given.offer({ vendorId: vendor, price: "94.00", stock: "100" }),
      await given.offer({ vendorId: vendor, price: "30.00", stock: "100" }),
    ];
    const budget = must(
      await given.budgets.create(person(buyer, "finance"), {
        ...{ name: "Year", validFrom: "2026-01-01T00:00:00Z", validUntil: "2027-01-01T00:00:00Z" },
        ...{ currency: "EUR", amount: "20000.00", mode: "block" },
      }),
    );
    const bought = await given.buy(person(buyer), [
      [drill, "100"],
      [saw, "100"],
    ]);
    const [order] = bought.orders;
    if (order === undefined) throw new Error("no order");
    expect(order).toMatchObject({ state: "awaiting_approval", total: "12400.00" });
    expect(order.approval?.tiers.map(({ rules }) => rules.map(({ name, ownerId }) => [name, ownerId]))).toEqual([
      [
        ["From 1,000", "acme-owner"],
        ["From 10,000", "acme-owner"],
      ],
      [["From 10,000", "acme-owner"]],
    ]);
    expect(order.expiresAt).toBe("2026-11-09T12:00:00.000000Z");
    expect(await given.stockOf(drill)).toEqual(["100", "100"]);
    expect(await given.budgets.find(person(buyer), budget.budgetId)).toMatchObject({ held: "12400.00" });
    expect(await given.orders.find(person(vendor, "seller"), order.orderId)).toBeUndefined();

    const decide = (role: string, input: Parameters<typeof given.orders.decide>[0]["input"], at = noon + day) =>
      given.orders.decide({ actor: person(buyer, role), orderId: order.orderId, input, at });
    const approve = { verdict: "approve" as const, rejectedLines: [], reason: "" };
    expect(await decide("buyer", approve)).toMatchObject({ code: "own_order_undecidable" });
    expect(await decide("finance", approve)).toMatchObject({ code: "decider_not_asked", data: { tier: 0 } });
    expect(must(await decide("approver", approve))).toMatchObject({
      state: "awaiting_approval",
      approval: { tier: 1 },
    });
    const inPart = must(await decide("finance", { verdict: "approve", rejectedLines: [2], reason: "no saws" }));
    expect(inPart).toMatchObject({ state: "placed", total: "9400.00", approval: { tier: 2 } });
    expect(inPart.lines.map(({ state, gross }) => [state, gross])).toEqual([
      ["open", "9400.00"],
      ["disapproved", "3000.00"],
    ]);
    expect([await given.stockOf(drill), await given.stockOf(saw)]).toEqual([
      ["100", "100"],
      ["100", "0"],
    ]);
    expect(await given.budgets.find(person(buyer), budget.budgetId)).toMatchObject({ held: "9400.00", spent: "0.00" });
    const seen = await given.orders.find(person(vendor, "seller"), order.orderId);
    expect(seen).toMatchObject({ number: 1, lines: [{ lineNo: 1 }], total: "9400.00" });
    expect(seen).not.toHaveProperty("approval");
    await given.confirm(inPart);
    expect(await given.stockOf(drill)).toEqual(["100", "100"]);
    expect(await given.budgets.find(person(buyer), budget.budgetId)).toMatchObject({ held: "0.00", spent: "9400.00" });
  });

  test("on day 8 it has expired, everything is back, and the buyer may rebuild his cart", async () => {
    const [buyer, vendor] = [await given.company("late"), await given.company("late-vendor")];
    await twoRules(buyer);
    const offerId = await given.offer({ vendorId: vendor, price: "100.00", stock: "20" });
    const { orders } = await given.buy(person(buyer), [[offerId, "20"]]);
    const orderId = orders[0]?.orderId ?? "";
    expect(await given.stockOf(offerId)).toEqual(["20", "20"]);
    expect(await expireOrders({ db: given.db, engine }, { at: noon + 7 * day - 1, limit: 10 })).toBe(0);
    const input = { verdict: "approve" as const, rejectedLines: [], reason: "" };
    const late = { actor: person(buyer, "approver"), orderId, input, at: noon + 7 * day };
    expect(await given.orders.decide(late)).toMatchObject({ code: "approval_expired" });
    const both = await Promise.all(
      [1, 2].map(() => expireOrders({ db: given.db, engine }, { at: noon + 8 * day, limit: 10 })),
    );
    expect(both.toSorted()).toEqual([0, 1]);
    expect(await given.orders.find(person(buyer), orderId)).toMatchObject({ state: "expired" });
    expect(await given.stockOf(offerId)).toEqual(["20", "0"]);
    const again = await given.orders.linesToReorder(person(buyer), { orderId });
    const cart = must(
      await given.carts.fill(person(buyer), { divisionId: null, at: noon + 8 * day }, again?.lines ?? []),
    );
    expect(cart).toMatchObject({ left: [], cart: { lines: [{ offerId, quantity: "20", faults: [] }] } });
  });

  test("an order in another currency than the rule uses the stored rate, and none is a refusal", async () => {
    const [buyer, vendor] = [await given.company("dollars"), await given.company("dollar-vendor")];
    const admin = person(buyer, "owner");
    const condition = { amountFrom: { currency: "USD", amount: "1000.00" } };
    must(
      await given.rules.create(admin, {
        name: "Dollars",
        position: 0,
        active: true,
        condition,
        tiers: [byRole("approver")],
      }),
    );
    const offerId = await given.offer({ vendorId: vendor, price: "920.00" });
    const cart = await given.put(person(buyer), [[offerId, "1"]]);
    const order = { input: checkout(), version: cart.version, at: noon };
    expect(await given.orders.checkOut(person(buyer), order)).toMatchObject({
      code: "exchange_rate_missing",
      data: { from: "EUR", to: "USD", rule: { name: "Dollars", ownerId: "dollars-owner" } },
    });
    const rate = { from: "USD", to: "EUR", at: "2026-11-01T00:00:00Z", rate: "0.92", source: "ECB" };
    const operator = { kind: "operator", userId: "op", companyId: null, marketplaceId: "office" } as const;
    must(await given.rates.add(operator, rate));
    const { orders } = must(await given.orders.checkOut(person(buyer), order));
    expect(orders).toMatchObject([{ state: "awaiting_approval", total: "920.00" }]);
  });
});

test("a rejection ends the order with its reason; what a delegate decides is told as such", async () => {
  const [buyer, vendor] = [await given.company("reject"), await given.company("reject-vendor")];
  await twoRules(buyer);
  const offerId = await given.offer({ vendorId: vendor, price: "1000.00", stock: "5" });
  const { orders } = await given.buy(person(buyer), [[offerId, "2"]]);
  const orderId = orders[0]?.orderId ?? "";
  const period = { validFrom: "2026-11-01T00:00:00Z", validUntil: "2026-12-01T00:00:00Z" };
  const toSelf = { to: "reject-approver", ...period };
  expect(await given.delegations.delegate(person(buyer, "approver"), toSelf)).toMatchObject({
    code: "delegation_to_oneself",
  });
  const stranger = { to: "acme-buyer", ...period };
  expect(await given.delegations.delegate(person(buyer, "approver"), stranger)).toMatchObject({
    code: "member_unknown",
  });
  const back = { to: "reject-seller", validFrom: period.validUntil, validUntil: period.validFrom };
  expect(await given.delegations.delegate(person(buyer, "approver"), back)).toMatchObject({
    code: "delegation_period_empty",
  });
  must(await given.delegations.delegate(person(buyer, "approver"), { to: "reject-seller", ...period }));
  const input = { verdict: "reject", reason: "too dear" } as const;
  const done = must(await given.orders.decide({ actor: person(buyer, "seller"), orderId, input, at: noon }));
  expect(done).toMatchObject({
    state: "disapproved",
    reason: "too dear",
    approval: { decisions: [{ by: "reject-seller", onBehalfOf: ["reject-approver"], verdict: "reject" }] },
  });
  expect(await given.stockOf(offerId)).toEqual(["5", "0"]);
  const twice = await given.orders.decide({ actor: person(buyer, "approver"), orderId, input, at: noon });
  expect(twice).toMatchObject({ code: "order_state_wrong", data: { state: "disapproved" } });
});

test("a budget that asks for approval sends the order to finance, one that warns lets it pass and says so", async () => {
  const [buyer, vendor] = [await given.company("modes"), await given.company("modes-vendor")];
  const offerId = await given.offer({ vendorId: vendor, price: "60.00" });
  const budget = (name: string, mode: "approve" | "warn", amount: string) =>
    given.budgets.create(person(buyer, "finance"), {
      ...{ name, mode, amount, currency: "EUR" },
      ...{ validFrom: "2026-01-01T00:00:00Z", validUntil: "2027-01-01T00:00:00Z" },
    });
  must(await budget("Tight", "warn", "50.00"));
  const warned = await given.buy(person(buyer), [[offerId, "1"]]);
  expect(warned).toMatchObject({
    orders: [{ state: "placed" }],
    warnings: [{ code: "budget_exceeded", name: "Tight", left: "-10.00" }],
  });
  must(await budget("Asked", "approve", "100.00"));
  const asked = await given.buy(person(buyer), [[offerId, "2"]]);
  expect(asked).toMatchObject({
    orders: [
      { state: "awaiting_approval", approval: { tiers: [{ rules: [{ name: "Asked", ownerId: "modes-finance" }] }] } },
    ],
  });
});
