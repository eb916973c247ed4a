import type { Actor } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import { beforeAll, expect, test } from "vitest";
import type { AccountQuery, Operation } from "../src/index.ts";
import { copper, done, euro, givenLedger, hold, minute, noon, operatorOf, transfer } from "./given-ledger.ts";
import { readAll } from "./repositories/given-records.ts";

const given = givenLedger();
const post = (at: number, ...operations: readonly Operation[]) => given.ledger.post(systemActor, operations, at);
const member = (companyId: string | null, marketplaceId: string | null = "metals"): Actor => ({
  ...{ kind: "member", userId: "u", companyId, marketplaceId },
});

let accounts: Readonly<Record<string, string>>;

beforeAll(async () => {
  accounts = {
    "one-available": await given.open({ companyId: "one", purpose: "available" }),
    "one-goods": await given.open({ companyId: "one", purpose: "available", assetId: copper.id }),
    "one-trading": await given.open({ companyId: "one", purpose: "trading:cu" }),
    "two-available": await given.open({ companyId: "two", purpose: "available" }),
    outside: await given.open({ purpose: "external", creditLimit: null }),
    "grain-one": await given.open({ companyId: "one", purpose: "available", marketplaceId: "grain" }),
  };
});

const idOf = (name: string): string => accounts[name] ?? "";

async function namesSeenBy(actor: Actor, query: AccountQuery = {}): Promise<string> {
  const found = await readAll((cursor) => given.ledger.accounts(actor, { ...query, limit: 2, cursor }));
  const names = Object.entries(accounts).map(([name, id]) => [id, name] as const);
  return found
    .map(({ accountId }) => new Map(names).get(accountId) ?? "?")
    .sort()
    .join(" ");
}

const all = "one-available one-goods one-trading outside two-available";
const cases: readonly (readonly [who: string, actor: Actor, sees: string])[] = [
  ["a company", member("one"), "one-available one-goods one-trading"],
  ["another", member("two"), "two-available"],
  ["the company elsewhere", member("one", "grain"), "grain-one"],
  ["a company of no marketplace", member("one", null), ""],
  ["a member without a company", member(null), ""],
  ["an operator", operatorOf("metals"), all],
  ["an auditor", { ...operatorOf("metals"), kind: "auditor" }, all],
  ["an operator of elsewhere", operatorOf("grain"), "grain-one"],
  ["the system", systemActor, `grain-one ${all}`],
];

test.each(cases)("%s sees its accounts, with statement and holds, and no others", async (_, actor, sees) => {
  done(await post(noon, transfer([idOf("outside"), -1n], [idOf("one-available"), 1n])));
  done(await post(noon, hold(idOf("outside"), 1n), hold(idOf("one-available"), 1n)));
  expect(await namesSeenBy(actor)).toBe(sees);
  for (const [name, id] of Object.entries(accounts)) {
    const seen = sees.split(" ").includes(name);
    expect((await given.ledger.findAccount(actor, id)) !== undefined, name).toBe(seen);
    const [statement, holds] = [await given.ledger.statement(actor, id, {}), await given.ledger.holds(actor, id, {})];
    const moves = name === "outside" || name === "one-available";
    expect(statement.ok && statement.data.length > 0, name).toBe(seen && moves);
    expect(holds.ok && holds.data.length > 0, name).toBe(seen && moves);
  }
});

test("accounts are found by owner, purpose and asset", async () => {
  expect(await namesSeenBy(operatorOf("metals"), { own: true })).toBe("outside");
  expect(await namesSeenBy(operatorOf("metals"), { companyId: "one", purpose: "available" })).toBe(
    "one-available one-goods",
  );
  expect(await namesSeenBy(member("one"), { assetId: copper.id })).toBe("one-goods");
  expect(await namesSeenBy(member("one"), { companyId: "two" })).toBe("");
  expect(await given.ledger.findAccount(member("one"), idOf("one-goods"))).toMatchObject({
    ...{ marketplaceId: "metals", companyId: "one", purpose: "available", asset: copper },
    ...{ balance: 0n, held: 0n, available: 0n, creditLimit: 0n, openedAt: noon, closedAt: null },
  });
  expect(await given.ledger.findAccount(member("one"), "no-uuid")).toBeUndefined();
  expect(await given.ledger.statement(member("one"), "no-uuid", {})).toEqual({ ok: true, data: [], next: null });
  expect(await given.ledger.accounts(member("one"), { cursor: "x" })).toMatchObject({ ok: false });
});

test("a statement runs in pages from balance to balance, also while postings arrive", async () => {
  const [account, outside] = [await given.open({ companyId: "three" }), idOf("outside")];
  const amounts = [500n, -20n, 7n, -87n, 1n];
  for (const [index, amount] of amounts.entries())
    done(await post(noon + index * minute, transfer([account, amount], [outside, -amount])));
  const reader = member("three");
  const entries = await readAll(
    (cursor) => given.ledger.statement(reader, account, { limit: 2, cursor }),
    async () => void done(await post(noon + 9 * minute, transfer([account, 1n], [outside, -1n]))),
  );
  expect(entries.slice(0, 5).map(({ no, amount, balance }) => [no, amount, balance])).toEqual([
    [1, 500n, 500n],
    [2, -20n, 480n],
    [3, 7n, 487n],
    [4, -87n, 400n],
    [5, 1n, 401n],
  ]);
  expect(entries.map(({ no }) => no)).toEqual(entries.map((_, index) => index + 1));
  const [first] = entries;
  expect(first).toMatchObject({ accountId: account, kind: "transfer", reference: "test", at: noon, reverses: null });

  const hour = { from: noon + minute, until: noon + 3 * minute };
  const part = await given.ledger.statement(reader, account, hour);
  expect(part.ok && part.data.map(({ no }) => no)).toEqual([2, 3]);
  const pending = await given.ledger.holds(reader, account, { status: "pending" });
  expect(pending).toEqual({ ok: true, data: [], next: null });
  expect(euro.scale, "amounts are cents").toBe(2);
});
