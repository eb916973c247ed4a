import { randomUUID } from "node:crypto";
import { systemActor } from "@kontor/kernel";
import { expect, test } from "vitest";
import { givenBuying, must, noon, operator, person } from "./given-buying.ts";

const given = givenBuying();

const terms = (percent: string, version: number) => ({
  input: {
    ...{ approvalDays: 7, commissionVat: "20", timeZone: "UTC", holidays: [] },
    commissions: [{ ruleId: "all", percent, bounds: [] }],
  },
  version,
});

/** A checkout of 1,000.00, 333.33 and 66.67 that all three vendors have confirmed. */
async function threeOrders(prefix: string) {
  const buyer = await given.company(`${prefix}-buyer`);
  const vendors: { readonly vendorId: string; readonly offerId: string }[] = [];
  for (const [name, price] of [
    ["a", "1000.00"],
    ["b", "333.33"],
    ["c", "66.67"],
  ] as const) {
    const vendorId = await given.company(`${prefix}-${name}`);
    vendors.push({ vendorId, offerId: await given.offer({ vendorId, price }) });
  }
  const lines = vendors.map(({ offerId }) => [offerId, "1"] as const);
  const { checkoutId, orders } = await given.buy(person(buyer), lines);
  for (const order of orders) await given.confirm(order);
  await given.fund(buyer, 200_000n);
  const orderOf = (name: string): string =>
    orders.find(({ vendorId }) => vendorId === `${prefix}-${name}`)?.orderId ?? "";
  return { buyer, checkoutId, orderOf };
}

const payment = (checkoutId: string, amount: string) => ({
  paymentId: randomUUID(),
  checkoutId,
  currency: "EUR",
  amount,
});

test("S9: 1,000.00 of 1,400.00 split to the cent, B is paid 301.33, and a refund takes 90.40 from his next payout", async () => {
  must(await given.terms.write(operator, terms("8", 0)));
  const { buyer, checkoutId, orderOf } = await threeOrders("s9");
  const first = payment(checkoutId, "1000.00");
  const captured = must(await given.money.capture(operator, first, noon));
  expect(captured.parts.map(({ vendorId, amount }) => [vendorId, amount])).toEqual([
    ["s9-a", "714.29"],
    ["s9-b", "238.09"],
    ["s9-c", "47.62"],
  ]);
  expect(must(await given.money.capture(operator, first, noon))).toEqual(captured);
  expect(await given.money.capture(operator, { ...first, amount: "999.00" }, noon)).toMatchObject({
    code: "id_reused",
  });
  expect(await given.balance(null, "captured")).toBe(100_000n);
  const tooMuch = await given.money.capture(operator, payment(checkoutId, "400.01"), noon);
  expect(tooMuch).toMatchObject({ code: "payment_above_order", data: { left: "400.00", currency: "EUR" } });
  must(await given.money.capture(operator, payment(checkoutId, "400.00"), noon));
  expect(await given.balance(null, "captured")).toBe(0n);
  expect(await given.balance(buyer, "available")).toBe(60_000n);
  const entries = await given.money.entries(person("s9-b", "seller"), {});
  expect(entries).toMatchObject({
    data: [{ kind: "sale", gross: "333.33", commission: "26.67", commissionVat: "5.33", amount: "301.33" }],
  });

  must(await given.terms.write(operator, terms("12", 1)));
  const payout = { payoutId: randomUUID(), vendorId: "s9-b", currency: "EUR" };
  expect(must(await given.money.payOut(operator, payout, noon))).toMatchObject({ amount: "301.33" });
  expect(must(await given.money.payOut(operator, payout, noon))).toMatchObject({ amount: "301.33" });
  expect(await given.balance("s9-b", "available")).toBe(30_133n);
  const refund = { refundId: randomUUID(), orderId: orderOf("b"), lineNo: 1, amount: "100.00", reason: "broken" };
  const back = must(await given.money.refund(operator, refund, noon));
  expect(back).toMatchObject({ gross: "-100.00", commission: "-8.00", commissionVat: "-1.60", amount: "-90.40" });
  expect(back).not.toHaveProperty("payoutId");
  expect(must(await given.money.refund(operator, refund, noon))).toEqual(back);
  expect(await given.balance("s9-b", "proceeds")).toBe(-9_040n);
  expect(await given.balance(buyer, "available")).toBe(70_000n);
  const early = await given.money.payOut(operator, { ...payout, payoutId: randomUUID() }, noon);
  expect(early).toMatchObject({ code: "payout_not_due", data: { owed: "-90.40" } });
  const rest = await given.money.refund(operator, { ...refund, refundId: randomUUID(), amount: "233.34" }, noon);
  expect(rest).toMatchObject({ code: "refund_above_order", data: { limit: "233.33" } });
  expect(await given.ledger.audit(systemActor)).toEqual([]);

  expect(await given.orders.find(person("s9-a", "seller"), orderOf("b"))).toBeUndefined();
  expect(await given.money.entries(person("s9-a", "seller"), { vendorId: "s9-b" })).toMatchObject({ data: [] });
  const foreign = { actor: person("s9-a", "seller"), orderId: orderOf("b"), input: { lines: [] }, at: noon };
  expect(await given.orders.answer(foreign)).toMatchObject({ code: "purchase_order_unknown" });
});

test("what nobody has confirmed is not paid, a foreign operator knows of nothing, and a buyer pays what he has", async () => {
  const { checkoutId, orderOf, buyer } = await threeOrders("wall");
  expect(await given.money.capture(operator, payment(randomUUID(), "1.00"), noon)).toMatchObject({
    code: "checkout_unknown",
  });
  const stranger = { ...operator, marketplaceId: "elsewhere" };
  expect(await given.money.capture(stranger, payment(checkoutId, "1.00"), noon)).toMatchObject({
    code: "checkout_unknown",
  });
  expect(await given.money.capture(operator, payment(checkoutId, "1.005"), noon)).toMatchObject({
    code: "amount_scale_exceeded",
  });
  await given.fund(buyer, -150_000n);
  const short = await given.money.capture(operator, payment(checkoutId, "1400.00"), noon);
  expect(short).toMatchObject({ code: "insufficient_balance" });
  expect(await given.orders.find(person(buyer), orderOf("a"))).toMatchObject({ captured: "0.00" });
  const refund = { refundId: randomUUID(), orderId: orderOf("a"), lineNo: 1, amount: "1.00", reason: "x" };
  expect(await given.money.refund(operator, refund, noon)).toMatchObject({ code: "order_state_wrong" });
  expect(await given.money.refund(operator, { ...refund, orderId: randomUUID() }, noon)).toMatchObject({
    code: "purchase_order_unknown",
  });
  expect(await given.ledger.audit(systemActor)).toEqual([]);
});
