import { systemActor } from "@kontor/kernel";
import postgres from "postgres";
import { expect, test } from "vitest";
import { connect, createLedgerRepository } from "../src/index.ts";
import { done, givenLedger, noon, transfer } from "./given-ledger.ts";

const given = givenLedger();

test("a backend killed between two legs leaves nothing, and the same operation can be sent again", async () => {
  const [payer, payee] = [await given.funded(100n), await given.open()];
  const moved = { ...transfer([payer, -40n], [payee, 40n]), reference: "halfway" };
  // Stops the function after its first leg until the test lets go of the lock.
  await given.sql.unsafe(`
    create function wait_halfway() returns trigger language plpgsql as $$ begin
      if exists (select 1 from ledger_operations where id = new.transfer_id and reference = 'halfway')
        and exists (select 1 from ledger_accounts where posting_count > 0 and id = new.account_id)
      then perform pg_advisory_xact_lock_shared(11); end if;
      return new;
    end $$;
    create trigger halfway before insert on ledger_postings for each row execute function wait_halfway()`);
  const holder = await given.sql.reserve();
  await holder`select pg_advisory_lock(11)`;
  const victim = connect(given.url, { max: 1, applicationName: "ledger-victim" });
  const lost = createLedgerRepository(victim.db)
    .post(systemActor, [moved], noon)
    .then(
      () => "answered",
      () => "lost",
    );
  const waiting = () => given.sql`select pid from pg_stat_activity
    where application_name = 'ledger-victim' and datname = current_database() and wait_event = 'advisory'`;
  await expect.poll(async () => (await waiting()).length, { timeout: 10_000 }).toBe(1);
  const [backend] = await waiting();
  await given.sql`select pg_terminate_backend(${Number(backend?.["pid"])})`;
  expect(await lost).toBe("lost");
  await victim.close();

  const written = () => given.sql`
    select id::text from ledger_operations where id = ${moved.id}
    union all select account_id::text from ledger_postings where transfer_id = ${moved.id}`;
  expect(await written()).toEqual([]);
  expect(await given.balances(payer, payee)).toEqual([
    [100n, 0n],
    [0n, 0n],
  ]);
  await holder`select pg_advisory_unlock(11)`;
  holder.release();
  done(await given.ledger.post(systemActor, [moved], noon));
  expect(await written()).toHaveLength(3);
  await given.sql`drop trigger halfway on ledger_postings`;
});

test("backends killed at random: whoever asks again by the same id has every transfer done once", async () => {
  const hot = await given.funded(1_000_000n);
  const pool = connect(given.url, { max: 6, applicationName: "ledger-flood" });
  const ledger = createLedgerRepository(pool.db);
  const admin = postgres(given.url, { max: 1, onnotice: () => {} });
  let answered = 0;
  let lost = 0;
  let killed = 0;
  const killOne = async () => {
    const victims = await admin`select pid from pg_stat_activity
      where application_name = 'ledger-flood' and datname = current_database() order by pid`;
    const victim = victims[killed % Math.max(victims.length, 1)];
    if (victim) killed += (await admin`select pg_terminate_backend(${Number(victim["pid"])})`).length;
  };
  const accounts = await Promise.all(Array.from({ length: 24 }, () => given.open()));
  const work = accounts.map(async (account) => {
    for (let turn = 0; turn < 12; turn += 1) {
      const moved = transfer([hot, -3n], [account, 3n]);
      for (let sent = false; !sent; ) {
        try {
          done(await ledger.post(systemActor, [moved], noon));
          sent = true;
        } catch {
          lost += 1;
        }
      }
      answered += 1;
      if (answered % 12 === 0) await killOne();
    }
  });
  await Promise.all(work);
  await pool.close();
  await admin.end();
  expect(killed).toBeGreaterThan(10);
  expect(lost).toBeGreaterThan(0);
  expect(await given.balances(hot)).toEqual([[1_000_000n - 24n * 12n * 3n, 0n]]);
  for (const balance of await given.balances(...accounts)) expect(balance).toEqual([36n, 0n]);
  expect(await given.ledger.audit(systemActor)).toEqual([]);
});
