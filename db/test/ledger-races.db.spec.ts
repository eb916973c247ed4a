import { systemActor } from "@kontor/kernel";
import { expect, test } from "vitest";
import type { Operation } from "../src/index.ts";
import {
  copper,
  done,
  givenLedger,
  hold,
  noon,
  posting,
  refused,
  reversalOf,
  transfer,
  voidOf,
} from "./given-ledger.ts";

const clients = 100;
const given = givenLedger({ connections: 40 });
const post = (...operations: readonly Operation[]) => given.ledger.post(systemActor, operations, noon);

/** The same sequence for the same seed: a linear congruential generator. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("100 clients on one hot account: it never goes below zero, and every unit is accounted for", async () => {
  const funds = 3_000n;
  const hot = await given.funded(funds);
  const own = await Promise.all(Array.from({ length: clients }, () => given.open()));
  let taken = 0n;
  let kept = 0n;
  const refusals: string[] = [];
  const work = own.map(async (account, client) => {
    const random = randomOf(client + 1);
    let mine = 0n;
    for (let turn = 0; turn < 6; turn += 1) {
      const amount = BigInt(random(40) + 1);
      const act = random(4);
      // Now and then a client pays back what it can; some holds are posted, some stay.
      const back = act === 0 && mine >= amount;
      const held = hold(hot, amount);
      const take = back ? transfer([account, -amount], [hot, amount]) : transfer([hot, -amount], [account, amount]);
      const posted = await post(act < 2 ? take : held);
      if (!posted.ok) {
        refusals.push(posted.refusal.code);
        continue;
      }
      if (act === 3) done(await post(posting(take, held)));
      if (act === 2) kept += amount;
      else mine += back ? -amount : amount;
    }
    taken += mine;
    expect(await given.balances(account)).toEqual([[mine, 0n]]);
  });
  await Promise.all(work);
  expect(await given.balances(hot)).toEqual([[funds - taken, kept]]);
  expect(kept + taken).toBeLessThanOrEqual(funds);
  expect(refusals.length).toBeGreaterThan(0);
  expect([...new Set(refusals)]).toEqual(["insufficient_balance"]);
  const [lowest] = await given.sql`select min(balance) as balance from ledger_postings where account_id = ${hot}`;
  expect(BigInt(lowest?.["balance"])).toBeGreaterThanOrEqual(0n);
  expect(await given.ledger.audit(systemActor)).toEqual([]);
});

test("batches that lock the same accounts in all orders do not wait for each other in a ring", async () => {
  const money = await Promise.all(Array.from({ length: 5 }, () => given.funded(1_000_000n)));
  const goods = await Promise.all(Array.from({ length: 5 }, () => given.funded(1_000_000n, { assetId: copper.id })));
  const work = Array.from({ length: clients }, async (_, client) => {
    const random = randomOf(1_000 + client);
    for (let turn = 0; turn < 4; turn += 1) {
      const pairOf = (accounts: readonly string[]) => {
        const from = random(5);
        const to = (from + 1 + random(4)) % 5;
        return transfer([accounts[from] ?? "", -1n], [accounts[to] ?? "", 1n]);
      };
      done(await post(pairOf(money), pairOf(goods), pairOf(money)));
    }
  });
  await Promise.all(work);
  const balances = await given.balances(...money, ...goods);
  expect(balances.slice(0, 5).reduce((sum, [balance]) => sum + balance, 0n)).toBe(5_000_000n);
  expect(balances.slice(5).reduce((sum, [balance]) => sum + balance, 0n)).toBe(5_000_000n);
});

test("of post, void and expiry of one hold exactly one wins, whoever comes first", async () => {
  const [account, payee] = [await given.funded(1_000n), await given.open()];
  const winners = { posted: 0, voided: 0, expired: 0 };
  for (let round = 0; round < 60; round += 1) {
    const kept = hold(account, 10n, noon);
    done(await post(kept));
    const take = posting(transfer([account, -10n], [payee, 10n]), kept);
    const voiding = voidOf(kept);
    const contenders = [
      ["posted", () => post(take)],
      ["voided", () => post(voiding)],
      ["expired", () => given.ledger.expireHolds(systemActor, noon)],
    ] as const;
    const turned = [...contenders.slice(round % 3), ...contenders.slice(0, round % 3)];
    // Each twice, as by a client that asks again before it is answered.
    const started = [...turned, ...turned].map(([name, contend]) => [name, contend()] as const);
    const expired: string[] = [];
    const won = new Set<keyof typeof winners>();
    const lost: unknown[] = [];
    for (const [name, answer] of started) {
      const result = await answer;
      if (!("ok" in result)) expired.push(...result);
      else if (result.ok) won.add(name);
      else lost.push(result);
    }
    if (expired.length > 0) won.add("expired");
    expect(expired.length, "expired once").toBeLessThanOrEqual(1);
    const [winner] = won;
    if (won.size !== 1 || winner === undefined) throw new Error(`won: ${[...won].join(", ")}`);
    winners[winner] += 1;
    for (const answer of lost) expect(answer).toEqual(refused("hold_resolved", { holdId: kept.id, status: winner }));
  }
  expect(Object.values(winners).filter((wins) => wins > 0).length).toBeGreaterThan(1);
  expect(await given.balances(account, payee)).toEqual([
    [1_000n - 10n * BigInt(winners.posted), 0n],
    [10n * BigInt(winners.posted), 0n],
  ]);
});

test("one id sent many times at once has one effect and one answer", async () => {
  const [payer, payee] = [await given.funded(1_000n), await given.open()];
  const moved = transfer([payer, -7n], [payee, 7n]);
  const answers = await Promise.all(Array.from({ length: 30 }, () => post(moved)));
  expect(new Set(answers.map((answer) => JSON.stringify(done(answer), (_, value) => String(value)))).size).toBe(1);
  expect(await given.balances(payer, payee)).toEqual([
    [993n, 0n],
    [7n, 0n],
  ]);
  const reversals = await Promise.all(Array.from({ length: 30 }, () => post(reversalOf(moved))));
  expect(reversals.filter(({ ok }) => ok)).toHaveLength(1);
  const others = reversals.flatMap((answer) => (answer.ok ? [] : [answer.refusal.code]));
  expect(new Set(others)).toEqual(new Set(["transfer_reversed"]));
  expect(await given.balances(payer)).toEqual([[1_000n, 0n]]);
});

test("one id for different contents at once: one is done, the others are told", async () => {
  const payers = await Promise.all(Array.from({ length: 20 }, () => given.funded(10n)));
  const payee = await given.open();
  const { id } = hold(payee, 1n);
  const answers = await Promise.all(payers.map((payer) => post({ ...transfer([payer, -1n], [payee, 1n]), id })));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  for (const answer of answers) if (!answer.ok) expect(answer).toEqual(refused("id_reused", { id }));
  expect(await given.balances(payee)).toEqual([[1n, 0n]]);
});
