import type { Micros } from "@kontor/kernel";
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

/**
 * The account, opened when there is none yet: a company's with no credit, the marketplace's own without limit, for
 * rebates too are paid by its own rules. Not to be called within a transaction: two that open the same accounts in
 * another order would wait for each other.
 */
export async function accountOf(
  ledger: Pick<LedgerRepository, "openAccount" | "findAccount">,
  key: AccountKey,
  at: Micros,
): Promise<Answered<LedgerAccount>> {
  const { marketplaceId, companyId, purpose, assetId } = key;
  const id = derivedId("account", marketplaceId, companyId ?? "", purpose, assetId);
  const found = await ledger.findAccount(systemActor, id);
  if (found !== undefined) return answered(found);
  const creditLimit = companyId === null ? null : 0n;
  const opened = await ledger.openAccount(systemActor, { ...key, id, creditLimit, at });
  if (opened.ok) return answered(opened.value);
  if (opened.refusal.code !== "account_exists") return problemOfRefusal(opened.refusal, 0);
  const other = await ledger.findAccount(systemActor, opened.refusal.accountId);
  return other === undefined ? problemOfRefusal(opened.refusal, 0) : answered(other);
}
