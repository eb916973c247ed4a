import type { Actor, Micros } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import type { LedgerAccount, LedgerRepository } from "../ledger/ledger-repository.ts";
import type { Answered } from "./answered.ts";
import { answered } from "./answered.ts";
import { derivedId } from "./derived-id.ts";
import { problemOfRefusal } from "./ledger-problems.ts";

/** Purposes as the ledger knows them; a trading account's names its instrument. */
export const available = "available";
export const outside = "outside";
export const fees = "fees";
export const clearing = "clearing";
const trading = "trading:";

export const tradingIn = (instrumentId: string): string => trading + instrumentId;

/** The instrument of a trading account. */
export function instrumentOfPurpose(purpose: string): string | undefined {
  return purpose.startsWith(trading) ? purpose.slice(trading.length) : undefined;
}

export type AccountKey = {
  readonly marketplaceId: string;
  /** Null for the marketplace's own. */
  readonly companyId: string | null;
  readonly purpose: string;
  readonly assetId: string;
};

type Reading = Pick<LedgerRepository, "findAccount" | "accounts">;

/** The account, if it has been opened. */
export async function findAccountOf(ledger: Reading, key: AccountKey): Promise<LedgerAccount | undefined> {
  const { marketplaceId, companyId, purpose, assetId } = key;
  const found = await ledger.findAccount(systemActor, idOf(key));
  if (found !== undefined) return found;
  // Somebody may have opened it under an id of his own.
  const actor: Actor = { kind: "auditor", userId: "system", companyId: null, marketplaceId };
  const own = companyId === null ? { own: true } : { companyId };
  const others = await ledger.accounts(actor, { ...own, purpose, assetId, limit: 1 });
  return others.ok ? others.data[0] : undefined;
}

const idOf = ({ marketplaceId, companyId, purpose, assetId }: AccountKey): string =>
  derivedId("account", marketplaceId, companyId ?? "", purpose, assetId);

/**
 * The account, opened when there is none yet: a company's with no credit, the marketplace's own without limit, for
 * rebates too are paid by its own rules. Not to be called within a transaction: two that open the same accounts in
 * another order would wait for each other.
 */
export async function accountOf(
  ledger: Pick<LedgerRepository, "findAccount" | "openAccount">,
  key: AccountKey,
  at: Micros,
): Promise<Answered<LedgerAccount>> {
  const found = await ledger.findAccount(systemActor, idOf(key));
  if (found !== undefined) return answered(found);
  const creditLimit = key.companyId === null ? null : 0n;
  const opened = await ledger.openAccount(systemActor, { ...key, id: idOf(key), creditLimit, at });
  if (opened.ok) return answered(opened.value);
  const { refusal } = opened;
  const other = refusal.code === "account_exists" && (await ledger.findAccount(systemActor, refusal.accountId));
  return other ? answered(other) : problemOfRefusal(refusal, 0);
}
