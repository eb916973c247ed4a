import type { BudgetInput } from "@kontor/protocol";
import { expect, test } from "vitest";
import { checkout, givenBuying, must, noon, person } from "./given-buying.ts";

/** What single members may spend, on their own and on a cost centre. */

const given = givenBuying();
const year = { validFrom: "2026-01-01T00:00:00Z", validUntil: "2027-01-01T00:00:00Z" };

async function scene(name: string) {
  const [companyId, vendorId] = [await given.company(name, ["buyer2"]), await given.company(`${name}-vendor`)];
  const offerId = await given.offer({ vendorId, price: "10.00" });
  const [buyer, colleague, finance] = [person(companyId), person(companyId, "buyer2"), person(companyId, "finance")];
  const limit = async (mode: BudgetInput["mode"], amount: string, more: Partial<BudgetInput> = {}) => {
    const budget = { name: "Own limit", ...year, currency: "EUR", amount, mode, memberId: buyer.userId, ...more };
    return must(await given.budgets.create(finance, budget)).budgetId;
  };
  const held = async (budgetId: string) => (await given.budgets.find(buyer, budgetId))?.held;
  return { buyer, colleague, finance, offerId, limit, held };
}

test("a member's limit counts his own orders to the cent, and nobody else's", async () => {
  const { buyer, colleague, offerId, limit, held } = await scene("limit");
  const budgetId = await limit("block", "50.00");
  await given.buy(colleague, [[offerId, "40"]]);
  expect(await held(budgetId)).toBe("0.00");
  await given.buy(buyer, [[offerId, "5"]]);
  expect(await held(budgetId)).toBe("50.00");
  const { version } = await given.put(buyer, [[offerId, "1"]]);
  const more = await given.orders.checkOut(buyer, { input: checkout(), version, at: noon });
  expect(more).toMatchObject({
    code: "budget_exceeded",
    data: { name: "Own limit", ownerId: "limit-finance", left: "0.00" },
  });
  expect(await held(budgetId)).toBe("50.00");
});

test("on a cost centre it counts the lines that are on it", async () => {
  const { buyer, finance, offerId, limit, held } = await scene("center");
  const { costCenterId } = must(await given.centers.create(finance, { code: "LAB", name: "Lab", active: true }));
  const budgetId = await limit("block", "30.00", { costCenterId });
  await given.buy(buyer, [[offerId, "9"]]);
  expect(await held(budgetId)).toBe("0.00");
  const cart = { divisionId: null, at: noon };
  must(await given.carts.add(buyer, cart, { offerId, quantity: "3", costCenterId }));
  const other = await given.offer({ vendorId: "center-vendor", price: "1.00" });
  const { version } = must(await given.carts.add(buyer, cart, { offerId: other, quantity: "7" }));
  must(await given.orders.checkOut(buyer, { input: checkout(), version, at: noon }));
  expect(await held(budgetId)).toBe("30.00");
});

test("beyond it finance is asked where it says so, and told of where it only warns", async () => {
  const { buyer, offerId, limit } = await scene("modes");
  await limit("approve", "20.00", { name: "Asks" });
  await limit("warn", "10.00", { name: "Warns" });
  const within = await given.buy(buyer, [[offerId, "1"]]);
  expect([within.orders[0]?.state, within.warnings]).toEqual(["placed", []]);
  const above = await given.buy(buyer, [[offerId, "2"]]);
  expect(above.warnings).toMatchObject([
    { code: "budget_exceeded", name: "Asks" },
    { code: "budget_exceeded", name: "Warns" },
  ]);
  expect(above.orders[0]).toMatchObject({
    state: "awaiting_approval",
    approval: { tiers: [{ deciders: [{ kind: "role", role: "finance" }], rules: [{ name: "Asks" }] }] },
  });
});

test("of two of his orders at once that do not both fit, exactly one passes", async () => {
  const { buyer, offerId, limit, held } = await scene("parallel");
  const budgetId = await limit("block", "50.00");
  const division = async (name: string) => {
    const [row] = await given.sql`insert into divisions (company_id, name)
      values ('parallel', ${name}) returning id`;
    return String(row?.["id"]);
  };
  const carts = await Promise.all(
    ["North", "South"].map(async (name) => {
      const divisionId = await division(name);
      const { version } = must(await given.carts.add(buyer, { divisionId, at: noon }, { offerId, quantity: "3" }));
      return { divisionId, version };
    }),
  );
  const done = await Promise.all(
    carts.map(({ divisionId, version }) =>
      given.orders.checkOut(buyer, { input: { ...checkout(), divisionId }, version, at: noon }),
    ),
  );
  expect(done.filter(({ ok }) => ok)).toHaveLength(1);
  expect(done.filter(({ ok }) => !ok)).toMatchObject([{ code: "budget_exceeded" }]);
  expect(await held(budgetId)).toBe("30.00");
});
