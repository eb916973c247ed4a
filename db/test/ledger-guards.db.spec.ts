import { randomUUID } from "node:crypto";
import { systemActor } from "@kontor/kernel";
import { beforeAll, expect, test } from "vitest";
import { done, givenLedger, hold, noon, posting, transfer, voidOf } from "./given-ledger.ts";

/* What the database itself refuses to whoever can write its tables: the second line behind the ledger's functions. */

const given = givenLedger();
let payer: string;
let payee: string;
const moved = () => transfer([payer, -1n], [payee, 1n]);

beforeAll(async () => {
  [payer, payee] = [await given.funded(100n), await given.open()];
});

/** SQLSTATE of the refusal. */
const refusalOf = (statement: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(statement).then(
    () => "done",
    (error: { code?: string }) => error.code,
  );

const changeRefused = "KL002";
const unbalanced = "KL003";
const checkViolated = "23514";

test("what was posted is neither changed nor deleted", async () => {
  const { sql } = given;
  const [kept, gone] = [hold(payer, 1n), hold(payer, 1n)];
  done(await given.ledger.post(systemActor, [moved(), kept, gone], noon));
  done(await given.ledger.post(systemActor, [voidOf(kept), posting(moved(), gone)], noon));
  const tables = ["postings", "operations", "reversals", "holds", "accounts", "assets"];
  for (const table of tables.map((name) => `ledger_${name}`)) {
    expect(await refusalOf(sql`delete from ${sql(table)}`), table).toBe(changeRefused);
    expect(await refusalOf(sql`truncate ${sql(table)} cascade`), table).toBe(changeRefused);
  }
  const statements = [
    sql`update ledger_postings set amount = amount * 2`,
    sql`update ledger_operations set reference = 'other'`,
    sql`update ledger_reversals set reversal_id = transfer_id`,
    sql`update ledger_assets set scale = 0`,
    sql`update ledger_accounts set purpose = 'other' where id = ${payer}`,
    sql`update ledger_accounts set company_id = 'thief' where id = ${payer}`,
    sql`update ledger_holds set status = 'pending', resolved_by = null, resolved_at = null where id = ${kept.id}`,
    sql`update ledger_holds set status = 'voided' where id = ${gone.id}`,
  ];
  for (const statement of statements) expect(await refusalOf(statement)).toBe(changeRefused);
});

type Row = { readonly account: string; readonly no: number; readonly amount: number; readonly balance: number };

/** Inserts the postings of one transfer by hand, with or without moving the balances along. */
async function insertByHand(rows: readonly Row[], { moving }: { readonly moving: boolean }): Promise<unknown> {
  const id = randomUUID();
  await given.sql`insert into ledger_operations (id, marketplace_id, kind, content_hash, reference, acted_by, at)
    values (${id}, 'metals', 'transfer', ${Buffer.alloc(32)}, 'by hand', 'nobody', now())`;
  return await refusalOf(given.sql`
    with leg as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) r (account uuid, no int, amount int, balance int)
    ), moved as (
      update ledger_accounts a set balance = a.balance + leg.amount, posting_count = leg.no from leg
      where a.id = leg.account and ${moving}
    )
    insert into ledger_postings (account_id, no, marketplace_id, transfer_id, amount, balance)
    select account, no, 'metals', ${id}, amount, balance from leg`);
}

test("postings that do not sum to zero, or do not continue their account, are refused", async () => {
  const [one, other] = [await given.open({ creditLimit: null }), await given.open({ creditLimit: null })];
  const [out, into] = [
    { account: one, no: 1, amount: -5, balance: -5 },
    { account: other, no: 1, amount: 5, balance: 5 },
  ];
  const moving = { moving: true };
  expect(await insertByHand([out], moving), "one leg").toBe(unbalanced);
  expect(await insertByHand([out, { ...into, amount: 6, balance: 6 }], moving), "from nothing").toBe(unbalanced);
  expect(await insertByHand([out, { ...into, balance: 7 }], moving), "a wrong balance").toBe(unbalanced);
  expect(await insertByHand([out, { ...into, no: 2 }], moving), "a gap").toBe(unbalanced);
  expect(await insertByHand([out, into], { moving: false }), "balances left as they were").toBe(unbalanced);
  expect(await given.balances(one, other)).toEqual([
    [0n, 0n],
    [0n, 0n],
  ]);
  expect(await insertByHand([out, into], moving), "as it should be").toBe("done");
});

test("balances are those of the postings and never pass the credit limit", async () => {
  const { sql } = given;
  expect(await refusalOf(sql`update ledger_accounts set balance = balance + 1 where id = ${payer}`)).toBe(unbalanced);
  expect(await refusalOf(sql`update ledger_accounts set posting_count = 9 where id = ${payer}`)).toBe(unbalanced);
  const born = sql`insert into ledger_accounts (id, marketplace_id, purpose, asset_id, balance, opened_at)
    values (${randomUUID()}, 'metals', 'rich', 'EUR', 5, now())`;
  expect(await refusalOf(born)).toBe(unbalanced);
  const beyond = sql`update ledger_accounts set held = balance + 1 where id = ${payer}`;
  expect(await refusalOf(beyond)).toBe(checkViolated);
  expect(await refusalOf(sql`update ledger_accounts set closed_at = now() where id = ${payer}`)).toBe(checkViolated);
  expect(await given.ledger.audit(systemActor)).toEqual([]);
});

test("the audit finds what got past everything else", async () => {
  const { sql } = given;
  await sql`update ledger_accounts set held = held + 2 where id = ${payer}`;
  expect(await given.ledger.audit(systemActor)).toEqual([{ kind: "held_wrong", id: payer }]);
  const triggers = (state: "disable" | "enable") => sql.unsafe(`alter table ledger_accounts ${state} trigger user`);
  await triggers("disable");
  await sql`update ledger_accounts set balance = balance + 1, held = held - 2 where id = ${payer}`;
  await triggers("enable");
  expect(await given.ledger.audit({ ...systemActor, kind: "auditor", marketplaceId: "metals" })).toEqual([
    { kind: "asset_unbalanced", id: "EUR" },
    { kind: "balance_wrong", id: payer },
  ]);
  expect(await given.ledger.audit({ ...systemActor, kind: "operator", marketplaceId: "grain" })).toEqual([]);
  expect(await given.ledger.audit({ ...systemActor, kind: "member", marketplaceId: "metals" })).toEqual([]);
});
