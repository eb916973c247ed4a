import { randomUUID } from "node:crypto";
import { systemActor } from "@kontor/kernel";
import { beforeAll, expect, test } from "vitest";
import { givenBuying, must, noon, operator, person } from "./given-buying.ts";
import { givenDelivery } from "./given-delivery.ts";

const given = givenBuying();

beforeAll(async () => {
  const commissions = [{ ruleId: "all", percent: "8", bounds: [] }];
  const input = { approvalDays: 7, commissionVat: "20", timeZone: "UTC", holidays: [], commissions };
  must(await given.terms.write(operator, { input, version: 0 }));
});

test("parts are sent, arrive short and damaged, and go back; the rest cannot be delivered: stock, budget, money", async () => {
  const life = await givenDelivery(given, "life", ["10.00"]);
  const stock = () => given.stockOf(life.offers[0] ?? "");
  expect(await life.read()).toMatchObject({
    ...{ state: "confirmed", fulfilment: "open", net: "100.00", freight: "5.00", total: "105.95" },
    ...{ chargesTax: "0.95", chargesTaxPercent: "19", due: "105.95" },
  });
  expect(await stock()).toEqual(["50", "10"]);
  expect(await life.budget()).toBe("105.95");

  const sent = must(await life.ship([[1, "6"]]));
  expect(sent).toMatchObject({
    fulfilment: "partly_shipped",
    lines: [{ delivery: { open: "4", shipped: "6", received: "0" } }],
    shipments: [{ shipmentNo: 1, carrier: "DHL", tracking: "JD0146", lines: [{ lineNo: 1, quantity: "6" }] }],
  });
  expect(await stock()).toEqual(["44", "4"]);
  expect(await life.ship([[1, "5"]])).toMatchObject({ code: "quantity_not_open", data: { limit: "4", lineNo: 1 } });
  expect(await life.ask("return", [[1, "1"]])).toMatchObject({ code: "quantity_not_arrived", data: { limit: "0" } });
  const tooMuch = await life.receive(1, [{ lineNo: 1, received: "6", damaged: "1" }]);
  expect(tooMuch).toMatchObject({ code: "quantity_not_underway", data: { limit: "6" } });
  const arrived = must(await life.receive(1, [{ lineNo: 1, received: "4", damaged: "1" }]));
  expect(arrived).toMatchObject({
    lines: [{ delivery: { received: "4", damaged: "1", missing: "1", returned: "0" } }],
    shipments: [{ receivedBy: "life-buyer", lines: [{ damaged: "1", missing: "1", reason: "see photograph" }] }],
  });
  expect(await life.receive(1)).toMatchObject({ code: "shipment_received_already" });
  expect(await life.receive(2)).toMatchObject({ code: "shipment_unknown" });

  must(await life.ask("return", [[1, "2"]]));
  const returned = must(await life.answer(1));
  expect(returned).toMatchObject({
    ...{ credited: "20.00", due: "85.95", total: "105.95" },
    reductions: [{ kind: "return", side: "buyer", state: "accepted", refunded: "0.00", lines: [{ gross: "20.00" }] }],
  });
  expect(await life.budget()).toBe("85.95");
  expect(await stock()).toEqual(["44", "4"]);
  await given.fund(life.buyer, 20_000n);
  expect(await life.pay("85.96")).toMatchObject({ code: "payment_above_order", data: { left: "85.95" } });
  must(await life.pay("85.95"));
  expect(await life.entries()).toEqual([["85.95", "6.40", "1.28", "78.27"]]);
  must(await given.money.payOut(operator, { payoutId: randomUUID(), vendorId: life.vendor, currency: "EUR" }, noon));

  const over = must(await life.cancelRest());
  expect(over).toMatchObject({
    ...{ state: "confirmed", fulfilment: "received", credited: "60.00", refunded: "40.00", due: "0.00" },
    reductions: [{}, { side: "vendor", state: "accepted", reason: "the works burnt down", refunded: "40.00" }],
  });
  expect(await life.entries()).toContainEqual(["-40.00", "-3.20", "-0.64", "-36.16"]);
  expect(await given.balance(life.vendor, "proceeds")).toBe(-3_616n);
  expect(await given.balance(life.buyer, "available")).toBe(20_000n - 8_595n + 4_000n);
  expect(await stock()).toEqual(["44", "0"]);
  expect(await life.budget()).toBe("45.95");
  expect(over.history.map(({ action, by }) => `${action} ${by.split("-").at(-1)}`)).toEqual([
    ...["placed buyer", "answered seller", "confirmed seller", "shipped seller", "received buyer"],
    ...["return_asked buyer", "return_accepted seller", "undeliverable seller"],
  ]);
  expect(await given.ledger.audit(systemActor)).toEqual([]);
  const told = await given.sql`select kind, company_id, data->>'reason' as reason from notices
    where data->>'orderId' = ${life.orderId} order by kind`;
  expect(told.map(({ kind, company_id }) => `${kind} ${company_id}`)).toEqual([
    ...["purchase_order_confirmed life", "purchase_order_placed life-vendor", "purchase_order_shipped life"],
    ...["purchase_order_undeliverable life", "reduction_answered life", "reduction_asked life-vendor"],
    "shipment_received life-vendor",
  ]);
  expect(told[3]).toMatchObject({ reason: "the works burnt down" });
});

test("paid and cancelled before anything was sent: all of it goes back, freight and its tax too", async () => {
  const life = await givenDelivery(given, "off", ["10.00", "7.77"]);
  await given.fund(life.buyer, 100_000n);
  must(await life.pay("183.65"));
  must(await life.ask("cancellation"));
  expect(await life.ask("cancellation", [[2, "1"]])).toMatchObject({ code: "quantity_not_open", data: { limit: "0" } });
  const done = must(await life.answer(1));
  expect(done).toMatchObject({
    ...{ state: "cancelled", total: "183.65", credited: "183.65", refunded: "183.65", due: "0.00" },
    lines: [{ state: "cancelled" }, { state: "cancelled", delivery: { cancelled: "10", open: "0" } }],
    reductions: [{ charges: "5.95", refunded: "183.65" }],
  });
  expect(done).not.toHaveProperty("fulfilment");
  expect(await given.balance(life.buyer, "available")).toBe(100_000n);
  expect(await given.balance(life.vendor, "proceeds")).toBe(0n);
  expect(await life.budget()).toBe("0.00");
  for (const offerId of life.offers) expect(await given.stockOf(offerId)).toEqual(["50", "0"]);
  expect(await life.ship()).toMatchObject({ code: "order_state_wrong", data: { state: "cancelled" } });
  expect(await given.ledger.audit(systemActor)).toEqual([]);
});

test("what was paid in part becomes the sale when the rest is cancelled, and beyond it goes back", async () => {
  const life = await givenDelivery(given, "part", ["10.00"]);
  await given.fund(life.buyer, 100_000n);
  must(await life.pay("60.00"));
  expect(await life.entries()).toEqual([]);
  const less = must(await life.cancelRest([[1, "5"]]));
  expect(less).toMatchObject({ credited: "50.00", refunded: "4.05", due: "0.00" });
  expect(await life.entries()).toEqual([["55.95", "4.00", "0.80", "51.15"]]);
  expect(await given.balance(null, "captured")).toBe(0n);
  must(await life.refund(1, "30.00"));
  const rest = must(await life.cancelRest());
  expect(rest).toMatchObject({ state: "cancelled", credited: "105.95", refunded: "60.00", due: "0.00" });
  expect(await given.balance(life.buyer, "available")).toBe(100_000n);
  expect(await given.balance(life.vendor, "proceeds")).toBe(0n);
  expect(await given.ledger.audit(systemActor)).toEqual([]);
});

test("the vendor refuses with a reason, the buyer withdraws, and each is decided once; what was sent meanwhile stays", async () => {
  const life = await givenDelivery(given, "talk", ["10.00"]);
  must(await life.ask("cancellation", [[1, "8"]]));
  const refused = must(await life.answer(1, "packed already"));
  expect(refused.reductions).toMatchObject([
    { state: "refused", answer: "packed already", decidedBy: "talk-vendor-seller" },
  ]);
  expect(await life.answer(1)).toMatchObject({ code: "reduction_decided", data: { state: "refused" } });
  expect(await life.withdraw(1)).toMatchObject({ code: "reduction_decided" });
  expect(await life.answer(2)).toMatchObject({ code: "reduction_unknown" });
  must(await life.ask("cancellation", [[1, "6"]]));
  must(await life.ship([[1, "5"]]));
  expect(await life.answer(2)).toMatchObject({ code: "quantity_not_open", data: { limit: "5", lineNo: 1 } });
  expect(must(await life.withdraw(2)).reductions).toMatchObject([{}, { state: "withdrawn" }]);
  expect(await life.read()).toMatchObject({ credited: "0.00", lines: [{ delivery: { open: "5", cancelled: "0" } }] });

  const { orderId } = life;
  const { version } = await life.read();
  const input = { carrier: "", tracking: "", shippedOn: "2026-11-24", lines: [] };
  const foreign = { actor: person(life.buyer, "seller"), orderId, version, input, at: noon };
  expect(await given.orders.ship(foreign)).toMatchObject({ code: "purchase_order_unknown" });
  const stale = { ...foreign, actor: person(life.vendor, "seller"), version: version - 1 };
  expect(await given.orders.ship(stale)).toMatchObject({
    code: "precondition_failed",
    data: { actualVersion: version },
  });
  const unknown = [[7, "1"]] as const;
  expect(await life.cancelRest(unknown)).toMatchObject({ code: "line_not_in_order" });
  expect(await life.ship([[1, "0.0000001"]])).toMatchObject({ code: "quantity_unreadable" });
});

test.each([
  "update purchase_order_lines set frozen = '{}'",
  "update purchase_order_lines set name = 'x'",
  "update purchase_order_lines set quantity = quantity + 1",
  "update purchase_order_lines set state = 'open'",
  "update purchase_orders set total = total + 1, net = net + 1",
  "update purchase_orders set vendor_id = 'x'",
  "delete from purchase_orders",
  "delete from purchase_order_lines",
  "update shipments set carrier = 'x'",
  "update shipment_lines set quantity = quantity + 1",
  "update order_reductions set state = 'asked', decided_at = null",
  "update order_reduction_lines set quantity = quantity + 1",
  "truncate order_reductions cascade",
  "update quote_versions set note = 'x'",
  "delete from quoted_tiers",
  "update accepted_quote_lines set quantity = 1",
  "truncate quote_acceptances cascade",
  "update estimate_lines set quantity = 1",
])("the database refuses: %s", async (statement) => {
  await expect(given.sql.unsafe(statement)).rejects.toMatchObject({ code: "KC001" });
});

test("stock, budget and money are sound after each of a hundred random steps", async () => {
  let seed = 20_261_122;
  const below = (bound: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * bound);
  };
  for (let round = 0; round < 4; round += 1) {
    const life = await givenDelivery(given, `random${round}`, ["10.01", "0.33", "133.33"]);
    await given.fund(life.buyer, 1_000_000n);
    let shipments = 0;
    let reductions = 0;
    const part = () => [[1 + below(3), String(1 + below(5))]] as const;
    const steps = [
      async () => {
        if ((await life.ship(part())).ok) shipments += 1;
      },
      async () => {
        const no = 1 + below(Math.max(1, shipments));
        const { shipments: sent } = await life.read();
        const line = sent[no - 1]?.lines[0];
        const short = line === undefined ? [] : [{ lineNo: line.lineNo, received: "0", damaged: "1" }];
        await life.receive(no, below(2) === 0 ? short : []);
      },
      async () => {
        if ((await life.ask(below(2) === 0 ? "return" : "cancellation", part())).ok) reductions += 1;
      },
      async () => await life.answer(1 + below(Math.max(1, reductions)), below(4) === 0 ? "no" : undefined),
      async () => {
        if ((await life.cancelRest(part())).ok) reductions += 1;
      },
      async () => {
        const { due } = await life.read();
        await life.pay(below(3) === 0 && due !== "0.00" ? due : `${1 + below(90)}.37`);
      },
      async () => await life.refund(1 + below(3), `${below(9)}.5`),
    ] as const;
    for (let step = 0; step < 25; step += 1) {
      await steps[below(steps.length)]?.();
      await expectSound(life.orderId);
    }
  }
  expect(await given.ledger.audit(systemActor)).toEqual([]);
}, 120_000);

/** Told by the rows alone, without the rules that wrote them. */
async function expectSound(orderId: string): Promise<void> {
  const [order] = await given.sql`select o.*, (select coalesce(sum(amount), 0) from order_payment_parts p
      where p.order_id = o.id)::bigint as paid_in,
    (select coalesce(sum(gross), 0) from vendor_entries e where e.order_id = o.id)::bigint as sold,
    (select coalesce(sum(refunded), 0) from commission_lines c where c.order_id = o.id)::bigint as off,
    (select coalesce(sum(charges), 0) from order_reductions r where r.order_id = o.id)::bigint as charges,
    (select sum(spent + given_back) from budget_uses u where u.order_id = o.id)::bigint as held_once,
    (select sum(spent) from budget_uses u where u.order_id = o.id)::bigint as spent,
    (select sum(b.spent) from budgets b where b.company_id = o.company_id)::bigint as budget
    from purchase_orders o where o.id = ${orderId}`;
  const of = (name: string): bigint => BigInt(String(order?.[name]));
  const [due, paid] = [of("total") - of("credited"), of("captured") - of("refunded")];
  expect(of("captured")).toBe(of("paid_in"));
  expect(of("credited")).toBe(of("off") + of("charges"));
  expect(paid <= due).toBe(true);
  expect([0n, due]).toContain(of("sold"));
  expect(of("sold") === 0n || paid === due).toBe(true);
  expect(of("spent")).toBe(due);
  expect([of("budget"), of("held_once")]).toEqual([due, of("total")]);
  const lines = await given.sql`select l.quantity - l.cancelled - l.shipped as open, l.shipped, s.on_hand, s.reserved,
    (select coalesce(sum(quantity), 0) from stock_reservations r where r.offer_id = l.offer_id and r.state = 'holding')::bigint
      as holding,
    (select coalesce(sum(quantity), 0) from stock_reservations r where r.offer_id = l.offer_id and r.state = 'taken')::bigint
      as taken from purchase_order_lines l join stock_levels s using (offer_id) where l.order_id = ${orderId}`;
  for (const { open, shipped, on_hand, reserved, holding, taken } of lines) {
    expect([holding, reserved, taken].map(String)).toEqual([open, open, shipped].map(String));
    expect(BigInt(String(on_hand))).toBe(50_000_000n - BigInt(String(shipped)));
  }
}
