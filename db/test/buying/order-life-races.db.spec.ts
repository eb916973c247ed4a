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

/** Until so many transactions wait for a lock. */
async function waiting(count: number): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const [row] = await given.sql`select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    if (Number(row?.["waiting"]) >= count) return;
    if (Date.now() > deadline) throw new Error(`${count} transactions do not come to wait`);
  }
}

test("a cancellation that the first payment overtakes is done with it: sold, then refunded", async () => {
  const life = await givenDelivery(given, "late", ["10.00"]);
  await given.fund(life.buyer, 100_000n);
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const holding = given.sql.begin(async (tx) => {
    await tx`select 1 from purchase_orders where id = ${life.orderId} for update`;
    await released;
  });
  const paid = life.pay("105.95");
  await waiting(1);
  const cancelled = life.cancelRest([[1, "4"]]);
  await waiting(2);
  release();
  await holding;
  must(await paid);
  expect(must(await cancelled)).toMatchObject({
    captured: "105.95",
    credited: "40.00",
    refunded: "40.00",
    due: "0.00",
  });
  expect(await given.balance(null, "captured")).toBe(0n);
  expect(await given.balance(life.buyer, "available")).toBe(100_000n - 6_595n);
  expect(await given.ledger.audit(systemActor)).toEqual([]);
});

test("of steps on the order as it was read exactly one is done; nothing is sent or cancelled twice", async () => {
  const life = await givenDelivery(given, "once", ["10.00"]);
  const { orderId } = life;
  const step = { actor: person(life.vendor, "seller"), orderId, version: (await life.read()).version, at: noon };
  const lines = (quantity: string) => [{ lineNo: 1, quantity }];
  const shipment = { carrier: "", tracking: "", shippedOn: "2026-11-24" };
  const ship = (quantity: string) => given.orders.ship({ ...step, input: { ...shipment, lines: lines(quantity) } });
  const cancel = (quantity: string) =>
    given.orders.cancelUndeliverable({ ...step, input: { reason: "sold out", lines: lines(quantity) } });
  const steps = [ship("7"), ship("6"), cancel("8"), cancel("5")];
  const codes = (await Promise.all(steps)).map((answer) => (answer.ok ? "done" : answer.code));
  expect(codes.filter((code) => code === "done")).toHaveLength(1);
  expect(new Set(codes)).toEqual(new Set(["done", "precondition_failed"]));
  const [line] = (await life.read()).lines;
  const { open, shipped, cancelled } = line?.delivery ?? { open: "", shipped: "", cancelled: "" };
  expect(Number(open) + Number(shipped) + Number(cancelled)).toBe(10);
  expect((await given.stockOf(life.offers[0] ?? ""))[1]).toBe(open);
});
