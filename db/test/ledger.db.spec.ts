import { randomUUID } from "node:crypto";
import { systemActor } from "@kontor/kernel";
import { describe, expect, test } from "vitest";
import type { Operation } from "../src/index.ts";
import {
  copper,
  done,
  givenLedger,
  hold,
  minute,
  noon,
  operatorOf,
  posting,
  refused,
  reversalOf,
  transfer,
  voidOf,
} from "./given-ledger.ts";

const given = givenLedger();

const post = (...operations: readonly Operation[]) => given.ledger.post(systemActor, operations, noon);

test("a transfer moves its amounts, and each posting says the balance after it", async () => {
  const [payer, payee] = [await given.funded(1_000n), await given.open()];
  const moved = transfer([payer, -300n], [payee, 300n]);
  const applied = done(await post(moved));
  const postings = [
    { accountId: payer, no: 2, amount: -300n, balance: 700n },
    { accountId: payee, no: 1, amount: 300n, balance: 300n },
  ];
  const byAccount = postings.sort((one, other) => (one.accountId < other.accountId ? -1 : 1));
  expect(applied).toEqual([{ id: moved.id, at: noon, postings: byAccount }]);
  expect(await given.balances(payer, payee)).toEqual([
    [700n, 0n],
    [300n, 0n],
  ]);
});

test("money and goods change hands together or not at all", async () => {
  const buyerMoney = await given.funded(5_000n);
  const sellerGoods = await given.funded(25_000n, { assetId: copper.id });
  const [sellerMoney, buyerGoods] = [await given.open(), await given.open({ assetId: copper.id })];
  const goods = transfer([sellerGoods, -25_000n], [buyerGoods, 25_000n]);
  const tooDear = transfer([buyerMoney, -5_001n], [sellerMoney, 5_001n]);
  const detail = { accountId: buyerMoney, assetId: "EUR", available: 5_000n, creditLimit: 0n, required: 5_001n };
  expect(await post(goods, tooDear)).toEqual(refused("insufficient_balance", detail, 1));
  expect(await given.balances(sellerGoods, buyerGoods)).toEqual([
    [25_000n, 0n],
    [0n, 0n],
  ]);

  done(await post(goods, transfer([buyerMoney, -5_000n], [sellerMoney, 5_000n])));
  // The same in one transfer of four legs.
  const back = transfer([sellerMoney, -5_000n], [buyerMoney, 5_000n], [buyerGoods, -25_000n], [sellerGoods, 25_000n]);
  done(await post(back));
  expect(await given.balances(buyerMoney, sellerMoney, sellerGoods, buyerGoods)).toEqual([
    [5_000n, 0n],
    [0n, 0n],
    [25_000n, 0n],
    [0n, 0n],
  ]);
});

test("the same operation again is answered as at first and has no second effect", async () => {
  const [payer, payee] = [await given.funded(100n), await given.open()];
  const moved = transfer([payer, -100n], [payee, 100n]);
  const first = await post(moved);
  const turned = { ...moved, legs: [...moved.legs].reverse() };
  expect(await given.ledger.post(operatorOf("metals"), [turned], noon + minute)).toEqual(first);
  const twice = done(await post(moved, moved));
  expect(twice).toEqual([...done(first), ...done(first)]);
  expect(await given.balances(payer, payee)).toEqual([
    [0n, 0n],
    [100n, 0n],
  ]);
});

test("of a batch only what is not done yet is done", async () => {
  const [payer, payee] = [await given.funded(100n), await given.open()];
  const [first, second] = [transfer([payer, -10n], [payee, 10n]), transfer([payer, -20n], [payee, 20n])];
  done(await post(first));
  done(await post(second, first));
  expect(await given.balances(payer, payee)).toEqual([
    [70n, 0n],
    [30n, 0n],
  ]);
});

test("a refused operation leaves its id free: it may succeed later", async () => {
  const [payer, payee] = [await given.open(), await given.open()];
  const moved = transfer([payer, -50n], [payee, 50n]);
  const detail = { accountId: payer, assetId: "EUR", available: 0n, creditLimit: 0n, required: 50n };
  expect(await post(moved)).toEqual(refused("insufficient_balance", detail));
  const outside = await given.open({ creditLimit: null });
  done(await post(transfer([outside, -50n], [payer, 50n])));
  done(await post(moved));
  expect(await given.balances(payer, payee, outside)).toEqual([
    [0n, 0n],
    [50n, 0n],
    [-50n, 0n],
  ]);
});

test("a reversal is a transfer of its own, linked to the old one, at most once", async () => {
  const [payer, payee] = [await given.funded(80n), await given.open()];
  const moved = transfer([payer, -80n], [payee, 80n]);
  done(await post(moved));
  const reversal = reversalOf(moved);
  const [applied] = done(await post(reversal));
  expect(applied?.postings.map(({ amount }) => amount).sort()).toEqual([-80n, 80n]);
  expect(await post(reversal), "again by its id").toEqual({ ok: true, applied: [applied] });
  const detail = { transferId: moved.id, reversalId: reversal.id };
  expect(await post(reversalOf(moved))).toEqual(refused("transfer_reversed", detail));
  expect(await post(reversalOf(reversal))).toEqual(refused("reversal_final", { transferId: reversal.id }));
  expect(await given.balances(payer, payee)).toEqual([
    [80n, 0n],
    [0n, 0n],
  ]);
  const page = await given.ledger.statement(systemActor, payee, {});
  expect(page).toMatchObject({
    ok: true,
    data: [
      { kind: "transfer", transferId: moved.id, amount: 80n, balance: 80n, reverses: null },
      { kind: "reversal", transferId: reversal.id, amount: -80n, balance: 0n, reverses: moved.id },
    ],
  });
});

test("what was received and spent cannot be reversed out of nothing", async () => {
  const [payer, payee, third] = [await given.funded(80n), await given.open(), await given.open()];
  const moved = transfer([payer, -80n], [payee, 80n]);
  done(await post(moved, transfer([payee, -30n], [third, 30n])));
  const detail = { accountId: payee, assetId: "EUR", available: 50n, creditLimit: 0n, required: 80n };
  expect(await post(reversalOf(moved))).toEqual(refused("insufficient_balance", detail));
});

describe("holds", () => {
  test("a pending hold counts: what it keeps is not available to others", async () => {
    const [payer, payee] = [await given.funded(100n), await given.open()];
    const kept = hold(payer, 70n);
    done(await post(kept));
    const short = { accountId: payer, assetId: "EUR", available: 30n, creditLimit: 0n };
    expect(await post(hold(payer, 31n))).toEqual(refused("insufficient_balance", { ...short, required: 31n }));
    const beyond = transfer([payer, -31n], [payee, 31n]);
    expect(await post(beyond)).toEqual(refused("insufficient_balance", { ...short, required: 31n }));
    done(await post(transfer([payer, -30n], [payee, 30n])));
    expect(await given.balances(payer)).toEqual([[70n, 70n]]);
  });

  test("posted, it is released for the transfer that takes all or a part of it", async () => {
    const [payer, payee] = [await given.funded(100n), await given.open()];
    const [first, second] = [hold(payer, 60n), hold(payer, 40n)];
    done(await post(first, second));
    done(await post(posting(transfer([payer, -45n], [payee, 45n]), first)));
    expect(await given.balances(payer, payee)).toEqual([
      [55n, 40n],
      [45n, 0n],
    ]);
    const beyond = posting(transfer([payer, -41n], [payee, 41n]), second);
    expect(await post(beyond)).toEqual(refused("hold_exceeded", { accountId: payer, held: 40n, required: 41n }));
    const wrongWay = posting(transfer([payee, -1n], [payer, 1n]), second);
    expect(await post(wrongWay)).toEqual(refused("hold_unknown", { holdId: second.id }));
    const elsewhere = posting(transfer([payee, -1n], [await given.open(), 1n]), second);
    expect(await post(elsewhere)).toEqual(refused("hold_unknown", { holdId: second.id }));
  });

  test("several holds of several accounts are posted by one transfer", async () => {
    const money = await given.funded(500n);
    const goods = await given.funded(9n, { assetId: copper.id });
    const [paid, received] = [await given.open(), await given.open({ assetId: copper.id })];
    const holds = [hold(money, 200n), hold(money, 300n), hold(goods, 9n)];
    done(await post(...holds));
    const settlement = transfer([money, -450n], [paid, 450n], [goods, -9n], [received, 9n]);
    done(await post(posting(settlement, ...holds)));
    expect(await given.balances(money, goods, paid, received)).toEqual([
      [50n, 0n],
      [0n, 0n],
      [450n, 0n],
      [9n, 0n],
    ]);
  });

  test("it is resolved once, and says how", async () => {
    const [payer, payee] = [await given.funded(100n), await given.open()];
    const [posted, voided, expired] = [hold(payer, 10n), hold(payer, 20n), hold(payer, 30n, noon + minute)];
    done(await post(posted, voided, expired));
    const voiding = voidOf(voided);
    done(await post(posting(transfer([payer, -10n], [payee, 10n]), posted), voiding));
    expect(await given.ledger.expireHolds(systemActor, noon + minute)).toEqual([expired.id]);
    const ends = [[posted, "posted"] as const, [voided, "voided"] as const, [expired, "expired"] as const];
    for (const [{ id }, status] of ends) {
      const detail = { holdId: id, status };
      expect(await post(voidOf({ ...posted, id }))).toEqual(refused("hold_resolved", detail));
      const late = posting(transfer([payer, -1n], [payee, 1n]), { ...posted, id });
      expect(await post(late)).toEqual(refused("hold_resolved", detail));
    }
    expect(await post(voiding), "the operation that voided it, again").toMatchObject({ ok: true });
    expect(await given.balances(payer)).toEqual([[90n, 0n]]);
    const page = await given.ledger.holds(systemActor, payer, {});
    const resolved = { accountId: payer, reference: "test", placedAt: noon };
    const list = [
      { ...resolved, holdId: posted.id, amount: 10n, expiresAt: null, status: "posted", resolvedAt: noon },
      { ...resolved, holdId: voided.id, amount: 20n, expiresAt: null, status: "voided", resolvedBy: voiding.id },
      { ...resolved, holdId: expired.id, expiresAt: noon + minute, status: "expired", resolvedBy: null },
    ];
    const byId = list.sort((one, other) => (one.holdId < other.holdId ? -1 : 1));
    expect(page).toMatchObject({ ok: true, next: null, data: byId });
  });

  test("time ends it when the caller says what time it is, and never by itself", async () => {
    const account = await given.funded(100n);
    const [early, late, endless] = [hold(account, 1n, 5), hold(account, 2n, noon + 2 * minute), hold(account, 4n)];
    done(await post(early, late, endless));
    expect(await given.balances(account), "long due, and still pending").toEqual([[100n, 7n]]);
    expect(await given.ledger.expireHolds(systemActor, 4)).toEqual([]);
    expect(await given.ledger.expireHolds(operatorOf("grain"), noon)).toEqual([]);
    expect(await given.ledger.expireHolds(systemActor, noon, 0)).toEqual([]);
    expect(await given.ledger.expireHolds(operatorOf("metals"), noon, 1)).toEqual([early.id]);
    expect(await given.ledger.expireHolds(systemActor, noon)).toEqual([]);
    expect(await given.ledger.expireHolds(systemActor, noon + 2 * minute)).toEqual([late.id]);
    expect(await given.balances(account)).toEqual([[100n, 4n]]);
  });

  test("a reversal brings the money back, not the hold", async () => {
    const [payer, payee] = [await given.funded(10n), await given.open()];
    const kept = hold(payer, 10n);
    const moved = posting(transfer([payer, -10n], [payee, 10n]), kept);
    done(await post(kept));
    done(await post(moved));
    done(await post(reversalOf(moved)));
    expect(await given.balances(payer)).toEqual([[10n, 0n]]);
  });
});

test("a credit limit lets an account go so far below zero, holds counted", async () => {
  const [payer, payee] = [await given.funded(10n), await given.open()];
  const raised = await given.ledger.setCreditLimit(operatorOf("metals"), payer, 100n);
  expect(raised).toMatchObject({ ok: true, value: { creditLimit: 100n } });
  done(await post(hold(payer, 60n), transfer([payer, -50n], [payee, 50n])));
  const detail = { accountId: payer, assetId: "EUR", available: -100n, creditLimit: 100n, required: 1n };
  expect(await post(hold(payer, 1n))).toEqual(refused("insufficient_balance", detail));
  const lowered = await given.ledger.setCreditLimit(operatorOf("metals"), payer, 99n);
  expect(lowered).toEqual({ ok: false, refusal: { ...refused("credit_limit_in_use", { least: 100n }).refusal } });
  expect(await given.ledger.setCreditLimit(systemActor, payer, null)).toMatchObject({ value: { creditLimit: null } });
  done(await post(transfer([payer, -1_000_000n], [payee, 1_000_000n])));
});

test("an empty account can be closed for good", async () => {
  const [account, other] = [await given.funded(10n), await given.open()];
  const close = () => given.ledger.closeAccount(operatorOf("metals"), account, noon + minute);
  const full = { ok: false, refusal: refused("account_not_empty", { balance: 10n, held: 0n }).refusal };
  expect(await close()).toEqual(full);
  const moved = transfer([account, -10n], [other, 10n]);
  done(await post(moved));
  expect(await close()).toMatchObject({ ok: true, value: { closedAt: noon + minute } });
  const closed = refused("account_closed", { accountId: account });
  expect(await post(transfer([other, -1n], [account, 1n]))).toEqual(closed);
  expect(await post(hold(account, 1n))).toEqual(closed);
  expect(await post(reversalOf(moved))).toEqual(closed);
  expect(await close()).toEqual({ ok: false, refusal: closed.refusal });
  expect(await given.ledger.setCreditLimit(systemActor, account, 5n)).toEqual({ ok: false, refusal: closed.refusal });
  expect(await post(moved), "what was done is still answered").toMatchObject({ ok: true });
});

test("accounts and assets can be created again, and not otherwise", async () => {
  const opening = { marketplaceId: "metals", companyId: "one", purpose: "trading:cu", assetId: "EUR", creditLimit: 0n };
  const id = randomUUID();
  const open = (change: object) => given.ledger.openAccount(systemActor, { ...opening, id, at: noon, ...change });
  const first = await open({});
  expect(first).toMatchObject({ ok: true, value: { accountId: id, balance: 0n, asset: { scale: 2 }, openedAt: noon } });
  expect(await open({ at: noon + minute })).toEqual(first);
  expect(await open({ purpose: "other" })).toEqual({ ok: false, refusal: refused("id_reused", { id }).refusal });
  const second = { ok: false, refusal: refused("account_exists", { accountId: id }).refusal };
  expect(await open({ id: randomUUID() })).toEqual(second);
  const own = { companyId: null, purpose: "fees" };
  const [fees] = [randomUUID()];
  await open({ id: fees, ...own });
  expect(await open({ id: randomUUID(), ...own })).toEqual({
    ok: false,
    refusal: refused("account_exists", { accountId: fees }).refusal,
  });

  expect(await given.ledger.createAsset(operatorOf("metals"), copper)).toEqual({ ok: true, value: copper });
  const changed = { ...copper, place: "Antwerp" };
  expect(await given.ledger.createAsset(operatorOf("metals"), changed)).toEqual({
    ok: false,
    refusal: refused("id_reused", { id: copper.id }).refusal,
  });
});
