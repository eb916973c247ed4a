import { expect, test } from "vitest";
import { connect, runStandingOrders } from "../../src/index.ts";
import { engine } from "../buying/given-buying.ts";
import { day, givenStanding, noon, person } from "./given-standing.ts";

const given = givenStanding();
const { buying } = given;

test("a worker that dies in the middle of a date leaves nothing of it; the next one does it once, in full", async () => {
  const [buyer, left, right] = [
    await buying.company("kill"),
    await buying.company("kill-left"),
    await buying.company("kill-right"),
  ];
  const offers = [
    await buying.offer({ vendorId: left, price: "10.00", stock: "9" }),
    await buying.offer({ vendorId: right, price: "10.00", stock: "9" }),
  ];
  const plan = await given.plan(
    person(buyer),
    offers.map((offerId) => [offerId, "2"] as const),
  );
  // Stops after the stock is kept and the first of two orders is written, until the test lets go of the lock.
  await buying.sql.unsafe(`
    create function wait_halfway() returns trigger language plpgsql as $$ begin
      if exists (select 1 from purchase_orders where checkout_id = new.checkout_id)
      then perform pg_advisory_xact_lock_shared(13); end if;
      return new;
    end $$;
    create trigger halfway before insert on purchase_orders for each row execute function wait_halfway()`);
  const holder = await buying.sql.reserve();
  await holder`select pg_advisory_lock(13)`;
  const victim = connect(buying.url, { max: 1, applicationName: "standing-victim" });
  const due = { at: noon + day, limit: 10 };
  const lost = runStandingOrders({ db: victim.db, engine }, due).then(
    () => "done",
    () => "lost",
  );
  const waiting = () => buying.sql`select pid from pg_stat_activity
    where application_name = 'standing-victim' and datname = current_database() and wait_event = 'advisory'`;
  await expect.poll(async () => (await waiting()).length, { timeout: 10_000 }).toBe(1);
  // Another worker leaves alone what this one has at hand.
  expect(await given.run(due.at)).toBe(0);
  const [backend] = await waiting();
  await buying.sql`select pg_terminate_backend(${Number(backend?.["pid"])})`;
  expect(await lost).toBe("lost");
  await victim.close();
  const state = async () => {
    const [row] = await buying.sql`select (select count(*)::int from purchase_orders) as orders,
      (select coalesce(sum(reserved), 0)::text from stock_levels) as reserved,
      (select count(*)::int from notices) as notices,
      (select state from standing_order_dates where no = 1) as state`;
    return row;
  };
  expect(await state()).toEqual({ orders: 0, reserved: "0", notices: 0, state: "planned" });
  await holder`select pg_advisory_unlock(13)`;
  holder.release();
  await expect.poll(() => given.run(due.at), { timeout: 10_000 }).toBe(1);
  expect(await given.run(due.at)).toBe(0);
  expect(await state()).toEqual({ orders: 2, reserved: "4000000", notices: 3, state: "ordered" });
  expect((await given.dateOf(person(buyer), plan, "2026-11-03")).orderIds).toHaveLength(2);
});
