import type { AccountPurpose, AccountRecord, AssetRecord, HoldRecord, PostingRecord } from "@kontor/protocol";
import type { Asset, Hold, LedgerAccount, StatementEntry } from "../ledger/ledger-repository.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { instrumentOfPurpose } from "./clearing-accounts.ts";
import { writtenIn } from "./ledger-amounts.ts";

/* What the ledger keeps, as the HTTP interface shows it. */

export function assetRecordOf(asset: Asset): AssetRecord {
  const { id: assetId, marketplaceId, kind, unit, scale } = asset;
  if (asset.kind === "currency") return { assetId, marketplaceId, kind, unit, scale };
  const { grade, storageLot, place, expiresOn } = asset;
  return { assetId, marketplaceId, kind, unit, scale, grade, storageLot, place, ...present({ expiresOn }) };
}

export function accountRecordOf(account: LedgerAccount): AccountRecord {
  const { accountId, marketplaceId, companyId, purpose, asset, balance, held, creditLimit, openedAt } = account;
  const instrumentId = instrumentOfPurpose(purpose);
  return {
    accountId,
    marketplaceId,
    purpose: instrumentId === undefined ? (purpose as AccountPurpose) : "trading",
    asset: assetRecordOf(asset),
    balance: writtenIn(balance, asset),
    held: writtenIn(held, asset),
    available: writtenIn(account.available, asset),
    openedAt: instantOf(openedAt),
    ...present({ companyId, instrumentId }),
    ...(creditLimit === null ? {} : { creditLimit: writtenIn(creditLimit, asset) }),
  };
}

export function postingRecordOf(entry: StatementEntry, asset: Asset): PostingRecord {
  const { accountId, no, transferId, kind, reverses, amount, balance, reference, at } = entry;
  return {
    accountId,
    no,
    transferId,
    kind,
    amount: writtenIn(amount, asset),
    balance: writtenIn(balance, asset),
    reference,
    at: instantOf(at),
    ...present({ reverses }),
  };
}

export function holdRecordOf(hold: Hold, asset: Asset): HoldRecord {
  const { holdId, accountId, amount, status, reference, placedAt, resolvedAt } = hold;
  return {
    holdId,
    accountId,
    amount: writtenIn(amount, asset),
    status,
    reference,
    placedAt: instantOf(placedAt),
    ...present({ resolvedAt: instantOf(resolvedAt) }),
  };
}
