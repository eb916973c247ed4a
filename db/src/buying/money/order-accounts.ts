import type { Micros } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import { accountOf, available, fees } from "../../clearing/clearing-accounts.ts";
import { derivedId } from "../../clearing/derived-id.ts";
import { rescaled } from "../../clearing/ledger-amounts.ts";
import { problemOfPosting, problemOfRefusal } from "../../clearing/ledger-problems.ts";
import type { Database } from "../../connect.ts";
import { createLedgerRepository } from "../../ledger/create-ledger.ts";
import type { LedgerAccount } from "../../ledger/ledger-repository.ts";

/** Of the marketplace: what buyers paid for orders that are not paid whole. */
const captured = "captured";
/** Of a vendor: what he is owed of sales; below zero after a refund of what was paid out already. */
const proceeds = "proceeds";
/** Of the marketplace: VAT on commissions. */
const commissionVat = "commission_vat";

export type OrderAccounts = {
  readonly buyer: LedgerAccount;
  readonly vendorProceeds: LedgerAccount;
  readonly vendor: LedgerAccount;
  readonly captured: LedgerAccount;
  readonly fees: LedgerAccount;
  readonly commissionVat: LedgerAccount;
};

export type AccountsAsked = {
  readonly marketplaceId: string;
  readonly buyerId: string;
  readonly vendorId: string;
  readonly currency: string;
  readonly at: Micros;
};

/** The accounts between which the money of one vendor's orders moves, opened where there are none. Not within a transaction. */
export async function orderAccounts(db: Database, asked: AccountsAsked): Promise<Answered<OrderAccounts>> {
  const { marketplaceId, buyerId, vendorId, currency, at } = asked;
  const ledger = createLedgerRepository(db);
  const key = (companyId: string | null, purpose: string) => ({ marketplaceId, companyId, purpose, assetId: currency });
  const vendorProceeds = await proceedsOf(db, asked);
  if (!vendorProceeds.ok) return vendorProceeds;
  const wanted = {
    buyer: key(buyerId, available),
    vendor: key(vendorId, available),
    captured: key(null, captured),
    fees: key(null, fees),
    commissionVat: key(null, commissionVat),
  };
  const found: Partial<Record<keyof typeof wanted, LedgerAccount>> = {};
  for (const [name, one] of Object.entries(wanted)) {
    const account = await accountOf(ledger, one, at);
    if (!account.ok) return account;
    found[name as keyof typeof wanted] = account.value;
  }
  return answered({ ...(found as Omit<OrderAccounts, "vendorProceeds">), vendorProceeds: vendorProceeds.value });
}

/** Without a limit: what a vendor owes after a refund comes off his next payout. */
async function proceedsOf(
  db: Database,
  { marketplaceId, vendorId, currency, at }: AccountsAsked,
): Promise<Answered<LedgerAccount>> {
  const ledger = createLedgerRepository(db);
  const id = derivedId("account", marketplaceId, vendorId, proceeds, currency);
  const known = await ledger.findAccount(systemActor, id);
  if (known !== undefined) return answered(known);
  const owner = { marketplaceId, companyId: vendorId, purpose: proceeds, assetId: currency };
  const opened = await ledger.openAccount(systemActor, { id, ...owner, creditLimit: null, at });
  return opened.ok ? answered(opened.value) : problemOfRefusal(opened.refusal, 0);
}

export type OrderLeg = { readonly account: LedgerAccount; readonly amount: bigint };

export type OrderTransfer = {
  /** Names the transfer: the same parts are the same transfer. */
  readonly name: readonly [string, ...string[]];
  readonly reference: string;
  /** In the currency's smallest units by ISO 4217; zeros are left out, legs of one account become one. */
  readonly legs: readonly OrderLeg[];
  readonly exponent: number;
  readonly at: Micros;
};

/** Posts within the transaction: all of it, or the refusal. Nothing is to be posted where all legs are zero. */
export async function postOrder(tx: Database, transfer: OrderTransfer): Promise<Answered<null>> {
  const { name, reference, legs, exponent, at } = transfer;
  const sums = new Map<string, OrderLeg>();
  for (const { account, amount } of legs) {
    const before = sums.get(account.accountId)?.amount ?? 0n;
    sums.set(account.accountId, { account, amount: before + amount });
  }
  const moving = [...sums.values()].filter(({ amount }) => amount !== 0n);
  const [first] = moving;
  if (first === undefined) return answered(null);
  const { scale, id } = first.account.asset;
  if (scale < exponent) return refused("amount_scale_exceeded", { scale, assetId: id });
  const operation = {
    kind: "transfer",
    id: derivedId(...name),
    reference,
    legs: moving.map(({ account, amount }) => ({
      accountId: account.accountId,
      amount: rescaled(amount, exponent, scale),
    })),
  } as const;
  const posted = await createLedgerRepository(tx).post(systemActor, [operation], at);
  return problemOfPosting(posted, scale) ?? answered(null);
}
