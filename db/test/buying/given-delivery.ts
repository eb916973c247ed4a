import { randomUUID } from "node:crypto";
import type { PurchaseOrderRecord } from "@kontor/protocol";
import type { BuyingFixture } from "./given-buying.ts";
import { must, noon, operator, person } from "./given-buying.ts";

type Lines = readonly (readonly [lineNo: number, quantity: string])[];
const linesOf = (lines: Lines) => lines.map(([lineNo, quantity]) => ({ lineNo, quantity }));

/** A confirmed order with its two sides, each step on the order as it is then. */
export async function givenDelivery(given: BuyingFixture, prefix: string, prices: readonly string[]) {
  const [buyer, vendor] = [await given.company(prefix), await given.company(`${prefix}-vendor`)];
  const offers = await Promise.all(prices.map((price) => given.offer({ vendorId: vendor, price, stock: "50" })));
  const freight = { input: { amount: "5.00", taxPercent: "19" }, version: 0 };
  must(await given.terms.writeFreight(person(vendor, "seller"), "EUR", freight));
  const { budgetId } = must(
    await given.budgets.create(person(buyer, "finance"), {
      ...{ name: "Year", mode: "block", amount: "100000.00", currency: "EUR" },
      ...{ validFrom: "2026-01-01T00:00:00Z", validUntil: "2027-01-01T00:00:00Z" },
    }),
  );
  const { checkoutId, orders } = await given.buy(
    person(buyer),
    offers.map((offerId) => [offerId, "10"] as const),
  );
  const [placed] = orders;
  if (placed === undefined) throw new Error("nothing was ordered");
  await given.confirm(placed);
  const { orderId } = placed;
  const [buys, sells] = [person(buyer), person(vendor, "seller")];
  const read = async (): Promise<PurchaseOrderRecord> => {
    const order = await given.orders.find(buys, orderId);
    if (order === undefined) throw new Error("the order is lost");
    return order;
  };
  const base = async () => ({ orderId, version: (await read()).version, at: noon });
  return {
    ...{ buyer, vendor, offers, orderId, checkoutId, read },
    budget: async () => (await given.budgets.find(person(buyer), budgetId))?.spent,
    async ship(lines: Lines = []) {
      const input = { carrier: "DHL", tracking: "JD0146", shippedOn: "2026-11-24", lines: linesOf(lines) };
      return await given.orders.ship({ ...(await base()), actor: sells, input });
    },
    async receive(shipmentNo: number, lines: { lineNo: number; received: string; damaged?: string }[] = []) {
      const named = lines.map((line) => ({ damaged: "0", ...line, reason: "see photograph" }));
      return await given.orders.receive({ ...(await base()), actor: buys, shipmentNo, input: { lines: named } });
    },
    async ask(kind: "cancellation" | "return", lines: Lines = []) {
      const input = { kind, reason: "too many", lines: linesOf(lines) };
      return await given.orders.askReduction({ ...(await base()), actor: buys, input });
    },
    async answer(reductionNo: number, refusal?: string) {
      const input =
        refusal === undefined ? ({ answer: "accept" } as const) : ({ answer: "refuse", reason: refusal } as const);
      return await given.orders.answerReduction({ ...(await base()), actor: sells, reductionNo, input });
    },
    async withdraw(reductionNo: number) {
      return await given.orders.withdrawReduction({ ...(await base()), actor: buys, reductionNo });
    },
    async cancelRest(lines: Lines = []) {
      const input = { reason: "the works burnt down", lines: linesOf(lines) };
      return await given.orders.cancelUndeliverable({ ...(await base()), actor: sells, input });
    },
    pay: (amount: string) =>
      given.money.capture(operator, { paymentId: randomUUID(), checkoutId, currency: "EUR", amount }, noon),
    refund: (lineNo: number, amount: string) =>
      given.money.refund(operator, { refundId: randomUUID(), orderId, lineNo, amount, reason: "late" }, noon),
    async entries() {
      const found = await given.money.entries(sells, {});
      if (!found.ok) throw new Error(found.code);
      return found.data.map(({ gross, commission, commissionVat, amount }) => [
        gross,
        commission,
        commissionVat,
        amount,
      ]);
    },
  };
}
