import { randomUUID } from "node:crypto";
import type { Actor } from "@kontor/kernel";
import { limits, systemActor } from "@kontor/kernel";
import { expect, test } from "vitest";
import type { AccountOpening, Kept, LedgerRefusal, LedgerRefusalCode, Operation, Posted } from "../src/index.ts";
import {
  copper,
  done,
  givenLedger,
  hold,
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
const pair = async (change: Partial<AccountOpening> = {}) =>
  [await given.funded(100n, change), await given.open(change)] as const;
const opened = (change: Partial<AccountOpening>) =>
  given.ledger.openAccount(systemActor, {
    ...{ id: randomUUID(), marketplaceId: "metals", companyId: null, purpose: "p", assetId: "EUR", creditLimit: 0n },
    at: noon,
    ...change,
  });

type Answer = Posted | Kept<unknown>;

/** Every refusal by one way to it; the type demands each code. */
const ways: Readonly<Record<LedgerRefusalCode, () => Promise<readonly [Answer, Omit<LedgerRefusal, "code">]>>> = {
  async batch_size_invalid() {
    const [payer, payee] = await pair();
    const many = Array.from({ length: limits.ledgerOperationsMax + 1 }, () => transfer([payer, -1n], [payee, 1n]));
    expect(await post()).toEqual(await post(...many));
    return [await post(...many), { max: limits.ledgerOperationsMax }];
  },
  async id_malformed() {
    const [payer, payee] = await pair();
    return [await post({ ...transfer([payer, -1n], [payee, 1n]), id: "A1" }), { id: "A1" }];
  },
  async reference_malformed() {
    const [payer, payee] = await pair();
    const moved = transfer([payer, -1n], [payee, 1n]);
    for (const reference of ["", "a\u0000b", "x".repeat(limits.ledgerReferenceMax + 1)])
      expect(await post({ ...moved, reference })).toMatchObject({ refusal: { max: limits.ledgerReferenceMax } });
    return [await post({ ...moved, reference: "a\nb" }), { max: limits.ledgerReferenceMax }];
  },
  async instant_invalid() {
    const [payer, payee] = await pair();
    const moved = transfer([payer, -1n], [payee, 1n]);
    expect(await given.ledger.post(systemActor, [moved], Number.NaN)).toEqual(await post(hold(payer, 1n, 0.5)));
    return [await post(hold(payer, 1n, Number.MAX_SAFE_INTEGER)), {}];
  },
  async amount_invalid() {
    const [payer, payee] = await pair();
    const max = limits.ledgerAmountMax;
    const wrong = refused("amount_invalid", { max });
    expect(await post(transfer([payer, 0n], [payee, 0n]))).toEqual(wrong);
    expect(await post(hold(payer, 0n))).toEqual(wrong);
    expect(await post(hold(payer, -1n))).toEqual(wrong);
    expect(await opened({ creditLimit: -1n })).toEqual({ ok: false, refusal: wrong.refusal });
    expect(await given.ledger.setCreditLimit(systemActor, payer, max + 1n)).toEqual({
      ok: false,
      refusal: wrong.refusal,
    });
    return [await post(transfer([payer, -max - 1n], [payee, max + 1n])), { max }];
  },
  async leg_count_invalid() {
    const [payer] = await pair();
    return [await post(transfer([payer, -1n])), { max: limits.ledgerLegsMax }];
  },
  async leg_repeated() {
    const [payer, payee] = await pair();
    return [await post(transfer([payer, -2n], [payee, 1n], [payee, 1n])), { accountId: payee }];
  },
  async hold_repeated() {
    const [payer, payee] = await pair();
    const kept = hold(payer, 5n);
    done(await post(kept));
    return [await post(posting(transfer([payer, -1n], [payee, 1n]), kept, kept)), { holdId: kept.id }];
  },
  async asset_malformed() {
    for (const change of [{ scale: 13 }, { scale: 0.5 }, { grade: "" }, { expiresOn: "2027-02-30" }, { unit: "a\nb" }])
      expect(await given.ledger.createAsset(systemActor, { ...copper, id: "x", ...change })).toMatchObject({
        ok: false,
      });
    return [await given.ledger.createAsset(systemActor, { ...copper, id: "" }), {}];
  },
  async asset_unknown() {
    const foreign = await given.ledger.createAsset(operatorOf("grain"), copper);
    expect(foreign).toMatchObject({ ok: false, refusal: { assetId: copper.id } });
    return [await opened({ assetId: "USD" }), { assetId: "USD" }];
  },
  async account_unknown() {
    const [payer] = await pair();
    const nowhere = randomUUID();
    expect(await post(hold(nowhere, 1n))).toMatchObject({ refusal: { accountId: nowhere } });
    expect(await post(hold("x", 1n))).toMatchObject({ refusal: { accountId: "x" } });
    expect(await given.ledger.closeAccount(systemActor, nowhere, noon)).toMatchObject({ ok: false });
    return [await post(transfer([payer, -1n], [nowhere, 1n])), { accountId: nowhere }];
  },
  async purpose_malformed() {
    return [await opened({ purpose: "" }), { max: limits.ledgerReferenceMax }];
  },
  async account_exists() {
    const accountId = await given.open({ companyId: "one", purpose: "settlement" });
    return [await opened({ companyId: "one", purpose: "settlement" }), { accountId }];
  },
  async account_closed() {
    const [payer, payee] = await pair();
    await given.ledger.closeAccount(systemActor, payee, noon);
    return [await post(transfer([payer, -1n], [payee, 1n])), { accountId: payee }];
  },
  async account_not_empty() {
    const [payer] = await pair();
    return [await given.ledger.closeAccount(systemActor, payer, noon), { balance: 100n, held: 0n }];
  },
  async credit_limit_in_use() {
    const account = await given.open({ creditLimit: 10n });
    done(await post(hold(account, 7n)));
    return [await given.ledger.setCreditLimit(systemActor, account, 6n), { least: 7n }];
  },
  async id_reused() {
    const [payer, payee] = await pair();
    const moved = transfer([payer, -1n], [payee, 1n]);
    done(await post(moved));
    const others = [
      { ...moved, reference: "other" },
      { ...moved, legs: moved.legs.map((leg) => ({ ...leg, amount: leg.amount * 2n })) },
      { ...hold(payer, 1n), id: moved.id },
    ];
    for (const other of others) expect(await post(other)).toMatchObject({ refusal: { id: moved.id } });
    // Within one batch too, and then nothing of it is done.
    const fresh = transfer([payer, -3n], [payee, 3n]);
    expect(await post(fresh, { ...fresh, reference: "other" })).toMatchObject({ index: 1, refusal: { id: fresh.id } });
    expect(await given.balances(payer)).toEqual([[99n, 0n]]);
    return [await post({ ...moved, legs: [...moved.legs], holdIds: [randomUUID()] }), { id: moved.id }];
  },
  async marketplace_mixed() {
    const [payer] = await pair();
    const [, payee] = await pair({ marketplaceId: "grain" });
    return [await post(transfer([payer, -1n], [payee, 1n])), {}];
  },
  async transfer_unbalanced() {
    const [payer, payee] = await pair();
    const [goods] = await pair({ assetId: copper.id });
    expect(await post(transfer([payer, -1n], [goods, 1n]))).toMatchObject({ refusal: { assetId: "EUR", excess: -1n } });
    return [await post(transfer([payer, -3n], [payee, 5n])), { assetId: "EUR", excess: 2n }];
  },
  async insufficient_balance() {
    const [payer, payee] = await pair();
    const wanted = { accountId: payer, assetId: "EUR", available: 100n, creditLimit: 0n, required: 101n };
    return [await post(transfer([payer, -101n], [payee, 101n])), wanted];
  },
  async balance_out_of_range() {
    const [outside, rich] = [await given.open({ creditLimit: null }), await given.open({ creditLimit: null })];
    const most = transfer([outside, -limits.ledgerAmountMax], [rich, limits.ledgerAmountMax]);
    const nine = Array.from({ length: 9 }, () => ({ ...most, id: randomUUID() }));
    done(await post(...nine));
    const [first = ""] = [outside, rich].sort();
    expect(await post(...Array.from({ length: 10 }, () => hold(rich, limits.ledgerAmountMax)))).toMatchObject({
      index: 9,
      refusal: { accountId: rich },
    });
    return [await post({ ...most, id: randomUUID() }), { accountId: first }];
  },
  async hold_unknown() {
    const holdId = randomUUID();
    const voiding = { ...voidOf(hold(randomUUID(), 1n)), holdId } as Operation;
    const [payer, payee] = await pair();
    const used = { ...transfer([payer, -1n], [payee, 1n]), holdIds: [holdId] };
    expect(await post(used)).toEqual(await post(voiding));
    return [await post(voiding), { holdId }];
  },
  async hold_resolved() {
    const kept = hold(await given.funded(1n), 1n);
    done(await post(kept));
    done(await post(voidOf(kept)));
    return [await post(voidOf(kept)), { holdId: kept.id, status: "voided" as const }];
  },
  async hold_exceeded() {
    const [payer, payee] = await pair();
    const kept = hold(payer, 10n);
    done(await post(kept));
    const beyond = posting(transfer([payer, -11n], [payee, 11n]), kept);
    return [await post(beyond), { accountId: payer, held: 10n, required: 11n }];
  },
  async transfer_unknown() {
    const kept = hold(await given.funded(1n), 1n);
    done(await post(kept));
    expect(await post(reversalOf({ ...kept, id: randomUUID() }))).toMatchObject({ ok: false });
    return [await post(reversalOf(kept)), { transferId: kept.id }];
  },
  async transfer_reversed() {
    const [payer, payee] = await pair();
    const moved = transfer([payer, -1n], [payee, 1n]);
    const reversal = reversalOf(moved);
    done(await post(moved));
    done(await post(reversal));
    return [await post(reversalOf(moved)), { transferId: moved.id, reversalId: reversal.id }];
  },
  async reversal_final() {
    const [payer, payee] = await pair();
    const moved = transfer([payer, -1n], [payee, 1n]);
    const reversal = reversalOf(moved);
    done(await post(moved));
    done(await post(reversal));
    return [await post(reversalOf(reversal)), { transferId: reversal.id }];
  },
};

test.each(Object.entries(ways))("%s", async (code, provoke) => {
  const [answer, detail] = await provoke();
  expect(answer).toMatchObject({ ok: false, refusal: { code } });
  expect(answer.ok ? null : answer.refusal).toEqual({ code, ...detail });
});

test("the books are whole after all of this", async () => {
  expect(await given.ledger.audit(systemActor)).toEqual([]);
});

const strangers: readonly (readonly [string, Actor])[] = [
  ["a member", { kind: "member", userId: "u", companyId: "one", marketplaceId: "metals" }],
  ["an auditor", { ...operatorOf("metals"), kind: "auditor" }],
  ["an operator of elsewhere", operatorOf("grain")],
  ["an operator of no marketplace", { ...operatorOf("metals"), marketplaceId: null }],
];

test.each(strangers)("%s writes nothing: accounts, holds and transfers are unknown", async (_, actor) => {
  const [payer, payee] = await pair({ companyId: "one" });
  const [moved, kept] = [transfer([payer, -1n], [payee, 1n]), hold(payer, 1n, noon)];
  done(await post(moved, kept));
  const codeOf = (answer: Answer) => (answer.ok ? "done" : answer.refusal.code);
  const asked = (operation: Operation) => given.ledger.post(actor, [operation], noon).then(codeOf);
  expect(await asked(transfer([payer, -1n], [payee, 1n]))).toBe("account_unknown");
  expect(await asked(moved), "not even what was answered to somebody else").toBe("account_unknown");
  expect(await asked(hold(payer, 1n))).toBe("account_unknown");
  expect(await asked(voidOf(kept))).toBe("hold_unknown");
  expect(await asked(reversalOf(moved))).toBe("transfer_unknown");
  expect(codeOf(await given.ledger.setCreditLimit(actor, payer, 1n))).toBe("account_unknown");
  expect(codeOf(await given.ledger.closeAccount(actor, payee, noon))).toBe("account_unknown");
  expect(codeOf(await given.ledger.createAsset(actor, copper))).toBe("asset_unknown");
  expect(await given.ledger.expireHolds(actor, noon)).toEqual([]);
  expect(await given.balances(payer, payee)).toEqual([
    [99n, 1n],
    [1n, 0n],
  ]);
});
