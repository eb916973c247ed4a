import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { expect, test } from "vitest";
import { connect, createPurchaseOrderRepository } from "../../src/index.ts";
import { checkout, engine, givenBuying, must, noon, person } from "./given-buying.ts";

const given = givenBuying();

const year = { validFrom: "2026-01-01T00:00:00Z", validUntil: "2027-01-01T00:00:00Z" };

/** Everything that a checkout writes, as sums that must agree with each other. */
async function books(budgetId: string) {
  const [row] = await given.sql`select
    (select coalesce(sum(quantity), 0)::text from stock_reservations where state = 'holding') as kept,
    (select coalesce(sum(reserved), 0)::text from stock_levels) as reserved,
    (select held::text from budgets where id = ${budgetId}) as held,
    (select coalesce(sum(held), 0)::text from budget_uses) as used,
    (select coalesce(sum(total), 0)::text from purchase_orders) as ordered,
    (select coalesce(sum(quantity), 0)::text from purchase_order_lines) as lines,
    (select count(*)::int from purchase_orders o where not exists (
      select 1 from purchase_order_lines l where l.order_id = o.id)) as halves`;
  return row ?? {};
}

test("kills in the middle of a checkout leave neither half an order nor a lost reservation; asked again it is done once", async () => {
  const [buyer, left, right] = [
    await given.company("kill"),
    await given.company("kill-left"),
    await given.company("kill-right"),
  ];
  const offers = [
    await given.offer({ vendorId: left, price: "10.00", stock: "9" }),
    await given.offer({ vendorId: right, price: "10.00", stock: "9" }),
  ];
  const { budgetId } = must(
    await given.budgets.create(person(buyer, "finance"), {
      ...{ name: "Year", mode: "block", amount: "1000.00", currency: "EUR", ...year },
    }),
  );
  const { version } = await given.put(
    person(buyer),
    offers.map((offerId) => [offerId, "2"] as const),
  );
  const order = { input: checkout(), version, at: noon };
  // Stops after the stock is kept and the first of two orders is written, until the test lets go of the lock.
  await given.sql.unsafe(`
    create function wait_halfway() returns trigger language plpgsql as $$ begin
      if exists (select 1 from purchase_orders where checkout_id = new.checkout_id)
      then perform pg_advisory_xact_lock_shared(12); end if;
      return new;
    end $$;
    create trigger halfway before insert on purchase_orders for each row execute function wait_halfway()`);
  const holder = await given.sql.reserve();
  await holder`select pg_advisory_lock(12)`;
  const victim = connect(given.url, { max: 1, applicationName: "buying-victim" });
  const lost = createPurchaseOrderRepository(victim.db, engine)
    .checkOut(person(buyer), order)
    .then(
      () => "answered",
      () => "lost",
    );
  const waiting = () => given.sql`select pid from pg_stat_activity
    where application_name = 'buying-victim' and datname = current_database() and wait_event = 'advisory'`;
  await expect.poll(async () => (await waiting()).length, { timeout: 10_000 }).toBe(1);
  const [backend] = await waiting();
  await given.sql`select pg_terminate_backend(${Number(backend?.["pid"])})`;
  expect(await lost).toBe("lost");
  await victim.close();
  const nothing = { kept: "0", reserved: "0", held: "0", used: "0", ordered: "0", lines: "0", halves: 0 };
  expect(await books(budgetId)).toEqual(nothing);
  await holder`select pg_advisory_unlock(12)`;
  holder.release();
  const done = must(await given.orders.checkOut(person(buyer), order));
  expect(must(await given.orders.checkOut(person(buyer), order)).orders).toEqual(done.orders);
  expect(done.orders.map(({ number }) => number)).toEqual([1, 1]);
  const all = { kept: "4000000", reserved: "4000000", held: "4000", used: "4000", ordered: "4000", lines: "4000000" };
  expect(await books(budgetId)).toEqual({ ...all, halves: 0 });
  await given.sql`drop trigger halfway on purchase_orders`;
});

test("backends killed at random: who asks again has every checkout done once, and all sums agree", async () => {
  const names = Array.from({ length: 12 }, (_, index) => `buyer${index}`);
  const [buyer, vendor] = [await given.company("storm", names), await given.company("storm-vendor")];
  const offerId = await given.offer({ vendorId: vendor, price: "1.00", stock: "1000" });
  const { budgetId } = must(
    await given.budgets.create(person(buyer, "finance"), {
      ...{ name: "Year", mode: "block", amount: "1000.00", currency: "EUR", ...year },
    }),
  );
  const pool = connect(given.url, { max: 6, applicationName: "buying-storm" });
  const admin = postgres(given.url, { max: 1, onnotice: () => {} });
  const orders = createPurchaseOrderRepository(pool.db, engine);
  let [killed, lost, done] = [0, 0, 0];
  const killOne = async () => {
    const victims = await admin`select pid from pg_stat_activity
      where application_name = 'buying-storm' and datname = current_database() order by pid`;
    const victim = victims[killed % Math.max(victims.length, 1)];
    if (victim) killed += (await admin`select pg_terminate_backend(${Number(victim["pid"])})`).length;
  };
  const work = names.map(async (name) => {
    const who = person(buyer, name);
    for (let turn = 0; turn < 4; turn += 1) {
      const { version } = await given.put(who, [[offerId, "1"]]);
      const order = { input: { ...checkout(), checkoutId: randomUUID() }, version, at: noon };
      for (let sent = false; !sent; ) {
        try {
          must(await orders.checkOut(who, order));
          sent = true;
        } catch {
          lost += 1;
        }
      }
      done += 1;
      if (done % 4 === 0) await killOne();
    }
  });
  await Promise.all(work);
  await pool.close();
  await admin.end();
  expect([done, killed > 5]).toEqual([48, true]);
  expect(lost).toBeGreaterThan(0);
  expect(await given.stockOf(offerId)).toEqual(["1000", "48"]);
  expect(await given.budgets.find(person(buyer), budgetId)).toMatchObject({ held: "48.00" });
  const numbers = await given.sql`select number from purchase_orders where vendor_id = ${vendor} order by number`;
  expect(numbers.map(({ number }) => Number(number))).toEqual(Array.from({ length: 48 }, (_, index) => index + 1));
  expect((await books(budgetId))["halves"]).toBe(0);
});
