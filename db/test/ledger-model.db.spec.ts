import { systemActor } from "@kontor/kernel";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Operation } from "../src/index.ts";
import { copper, givenLedger, noon, operatorOf } from "./given-ledger.ts";
import { NaiveLedger } from "./naive-ledger.ts";

/*
 * Random postings, repetitions, expiries and credit limits, on the ledger and on a naive one: after each step both have
 * given the same answer and hold the same balances. A counter-example is printed with its seed and path.
 */

const given = givenLedger();

/** Accounts 0 to 3 are kept in euro, 4 to 7 in copper; 0 and 4 are the world outside and may go below zero. */
const accountCount = 8;
const amount = fc.bigInt({ min: 1n, max: 60n });
/** Which of the operations so far. */
const earlier = fc.nat({ max: 59 });
const account = fc.nat({ max: accountCount - 1 });

const pay = fc.record({
  kind: fc.constant("pay" as const),
  moves: fc.array(fc.record({ from: fc.nat({ max: 3 }), to: fc.nat({ max: 3 }), amount }), {
    minLength: 1,
    maxLength: 3,
  }),
  crooked: fc.nat({ max: 9 }).map((chance) => chance === 0),
  posts: fc.array(earlier, { maxLength: 1 }),
});
const keep = fc.record({ kind: fc.constant("keep" as const), account, amount, after: fc.option(fc.nat({ max: 40 })) });
const settle = fc.record({ kind: fc.constant("settle" as const), earlier, percent: fc.constantFrom(50n, 100n, 130n) });
/** Of the first few, so that some are undone again. */
const undo = fc.record({ kind: fc.constantFrom("void" as const, "reversal" as const), earlier: fc.nat({ max: 11 }) });
const again = fc.record({ kind: fc.constant("again" as const), earlier, changed: fc.boolean() });
const plan = fc.oneof(pay, pay, keep, keep, settle, undo, again);
type Plan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never;

const step = fc.oneof(
  { weight: 8, arbitrary: fc.array(plan, { minLength: 1, maxLength: 3 }).map((plans) => ({ plans })) },
  { weight: 1, arbitrary: fc.record({ expireAfter: fc.nat({ max: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ account, limit: fc.bigInt({ min: 0n, max: 90n }) }) },
);

/** Ids in the order in which they are made, in every run alike. */
let ids = 0;
function nextId(): string {
  ids += 1;
  return `00000000-0000-4000-8000-${String(ids).padStart(12, "0")}`;
}

type World = { readonly accounts: readonly string[]; readonly operations: Operation[]; readonly at: number };

const pick = <Item>(items: readonly Item[], number: number): Item | undefined => items[number % items.length];

function operationOf({ accounts, operations, at }: World, wanted: Plan): Operation {
  const named = { id: nextId(), reference: "model" };
  const idOf = (number: number) => accounts[number] ?? "";
  const holds = operations.filter(({ kind }) => kind === "hold");
  switch (wanted.kind) {
    case "pay": {
      const sums = new Map<string, bigint>();
      const add = (id: string, change: bigint) => sums.set(id, (sums.get(id) ?? 0n) + change);
      for (const [index, move] of wanted.moves.entries()) {
        const asset = (index % 2) * 4;
        add(idOf(asset + move.from), -move.amount);
        add(idOf(asset + move.to), move.amount);
      }
      if (wanted.crooked) add(idOf(1), 1n);
      const legs = [...sums].map(([accountId, change]) => ({ accountId, amount: change }));
      const posted = wanted.posts.flatMap((number) => pick(holds, number)?.id ?? []);
      return { kind: "transfer", ...named, legs: legs.filter((leg) => leg.amount !== 0n), holdIds: posted };
    }
    case "keep": {
      const expiresAt = wanted.after === null ? null : at + wanted.after;
      return { kind: "hold", ...named, accountId: idOf(wanted.account), amount: wanted.amount, expiresAt };
    }
    case "settle": {
      const kept = pick(holds, wanted.earlier);
      if (kept?.kind !== "hold") return { kind: "void", ...named, holdId: named.id };
      const taken = (kept.amount * wanted.percent + 99n) / 100n;
      const payee = idOf(accounts.indexOf(kept.accountId) < 4 ? 0 : 4);
      const other = payee === kept.accountId ? idOf(accounts.indexOf(payee) + 1) : payee;
      const legs = [
        { accountId: kept.accountId, amount: -taken },
        { accountId: other, amount: taken },
      ];
      return { kind: "transfer", ...named, legs, holdIds: [kept.id] };
    }
    case "void":
      return { kind: "void", ...named, holdId: pick(holds, wanted.earlier)?.id ?? named.id };
    case "reversal": {
      const moved = operations.filter(({ kind }) => kind === "transfer" || kind === "reversal");
      return { kind: "reversal", ...named, transferId: pick(moved, wanted.earlier)?.id ?? named.id };
    }
    case "again": {
      const former = pick(operations, wanted.earlier);
      if (former === undefined) return { kind: "void", ...named, holdId: named.id };
      return wanted.changed ? { ...former, reference: "another" } : former;
    }
  }
}

/** Some of everything for everyone, from outside. */
function fundingOf(accounts: readonly string[]): Operation[] {
  return accounts.flatMap((accountId, number): Operation[] => {
    const outside = accounts[number < 4 ? 0 : 4] ?? "";
    const legs = [
      { accountId: outside, amount: -80n },
      { accountId, amount: 80n },
    ];
    return accountId === outside ? [] : [{ kind: "transfer", id: nextId(), reference: "model", legs }];
  });
}

/** A transfer of nothing is refused before the database is asked; it is no part of this. */
const says = (operation: Operation): boolean => operation.kind !== "transfer" || operation.legs.length > 1;

test("the ledger answers and keeps what a naive one does", async () => {
  const verdicts = new Map<string, number>();
  const count = (verdict: string) => verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);

  async function runs(
    steps: readonly (typeof step extends fc.Arbitrary<infer Value> ? Value : never)[],
  ): Promise<void> {
    const naive = new NaiveLedger();
    const purpose = nextId();
    const accounts: string[] = [];
    for (let number = 0; number < accountCount; number += 1) {
      const assetId = number < 4 ? "EUR" : copper.id;
      const creditLimit = number % 4 === 0 ? null : 0n;
      const id = await given.open({ id: nextId(), companyId: String(number), purpose, assetId, creditLimit });
      naive.open(id, assetId, creditLimit);
      accounts.push(id);
    }
    const world = { accounts, operations: fundingOf(accounts), at: noon };
    expect(await given.ledger.post(systemActor, world.operations, noon)).toMatchObject({ ok: true });
    expect(naive.post(world.operations)).toBe("done");
    for (const [turn, each] of steps.entries()) {
      world.at = noon + turn;
      if ("expireAfter" in each) {
        const now = world.at + each.expireAfter;
        // Runs before this one left holds behind.
        const expired = (await given.ledger.expireHolds(systemActor, now)).filter((id) =>
          world.operations.some((operation) => operation.id === id),
        );
        expect(expired).toEqual(naive.expire(now));
      } else if ("limit" in each) {
        const id = accounts[each.account] ?? "";
        const set = await given.ledger.setCreditLimit(operatorOf("metals"), id, each.limit);
        expect(set.ok).toBe(naive.setLimit(id, each.limit));
      } else {
        const batch = each.plans.map((wanted) => operationOf(world, wanted)).filter(says);
        if (batch.length === 0) continue;
        const posted = await given.ledger.post(systemActor, batch, world.at);
        const verdict = posted.ok ? "done" : { index: posted.index, code: posted.refusal.code };
        expect(verdict).toEqual(naive.post(batch));
        count(posted.ok ? "done" : posted.refusal.code);
        world.operations.push(...batch);
      }
      const page = await given.ledger.accounts(operatorOf("metals"), { purpose });
      const kept = page.ok ? page.data : [];
      expect(kept.map(({ accountId, balance, held, available }) => [accountId, balance, held, available])).toEqual(
        accounts.map((id) => {
          const { balance = 0n, held = 0n } = naive.books.accounts.get(id) ?? {};
          return [id, balance, held, balance - held];
        }),
      );
      for (const assetId of ["EUR", copper.id]) {
        const sum = kept
          .filter(({ asset }) => asset.id === assetId)
          .reduce((total, { balance }) => total + balance, 0n);
        expect(sum).toBe(0n);
      }
    }
  }

  const property = fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 60, size: "max" }), runs);
  await fc.assert(property, { numRuns: 25, seed: 20_261_122 });
  expect(await given.ledger.audit(systemActor)).toEqual([]);
  const met = ["done", "insufficient_balance", "hold_resolved", "hold_exceeded", "hold_unknown", "transfer_unbalanced"];
  const rare = ["id_reused", "transfer_unknown", "transfer_reversed", "reversal_final"];
  expect([...met, ...rare].filter((verdict) => !verdicts.has(verdict))).toEqual([]);
});
