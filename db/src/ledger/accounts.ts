import type { Actor, Micros } from "@kontor/kernel";
import { isUuid, limits } from "@kontor/kernel";
import type { SQL } from "drizzle-orm";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { ledgerAccounts, ledgerAssets } from "../schema/ledger.ts";
import type { AccountOpening, Asset, Kept, LedgerAccount } from "./ledger-repository.ts";
import { isInstant, isLine } from "./operation.ts";
import { accountIn, assetOf } from "./reads.ts";
import type { LedgerRefusal } from "./refusal.ts";
import { writeScopeOf, writesIn } from "./write-scope.ts";

const refused = (refusal: LedgerRefusal) => ({ ok: false, refusal }) as const;
const kept = <Value>(value: Value) => ({ ok: true, value }) as const;

/** See `LedgerRepository.createAsset`. */
export async function createAssetIn(db: Database, actor: Actor, asset: Asset): Promise<Kept<Asset>> {
  if (!writesIn(actor, asset.marketplaceId)) return refused({ code: "asset_unknown", assetId: asset.id });
  if (!isWellFormed(asset)) return refused({ code: "asset_malformed" });
  const { grade = null, storageLot = null, place = null, expiresOn = null } = asset.kind === "good" ? asset : {};
  const { marketplaceId, id, kind, scale, unit } = asset;
  const row = { marketplaceId, id, kind, scale, unit, grade, storageLot, place, expiresOn };
  await db.insert(ledgerAssets).values(row).onConflictDoNothing();
  const [stored] = await db
    .select()
    .from(ledgerAssets)
    .where(and(eq(ledgerAssets.marketplaceId, marketplaceId), eq(ledgerAssets.id, id)));
  const same = stored && Object.entries(row).every(([name, value]) => stored[name as keyof typeof row] === value);
  return same ? kept(assetOf(stored)) : refused({ code: "id_reused", id });
}

function isWellFormed(asset: Asset): boolean {
  const { scale, id, unit } = asset;
  if (!Number.isInteger(scale) || scale < 0 || scale > limits.assetScaleMax) return false;
  const lines = asset.kind === "good" ? [asset.grade, asset.storageLot, asset.place] : [];
  const lastDay = asset.kind === "good" ? asset.expiresOn : null;
  return [id, unit, ...lines].every(isLine) && (lastDay === null || isDate(lastDay));
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}

/** See `LedgerRepository.openAccount`. */
export async function openAccountIn(db: Database, actor: Actor, opening: AccountOpening): Promise<Kept<LedgerAccount>> {
  const { id, marketplaceId, companyId, purpose, assetId, creditLimit, at } = opening;
  if (!isUuid(id)) return refused({ code: "id_malformed", id });
  if (!isLine(purpose)) return refused({ code: "purpose_malformed", max: limits.ledgerReferenceMax });
  if (!isInstant(at)) return refused({ code: "instant_invalid" });
  if (!isLimit(creditLimit)) return refused({ code: "amount_invalid", max: limits.ledgerAmountMax });
  if (!writesIn(actor, marketplaceId)) return refused({ code: "asset_unknown", assetId });
  await db.execute(sql`
    insert into ledger_accounts (id, marketplace_id, company_id, purpose, asset_id, credit_limit, opened_at)
    select ${id}::uuid, ${ledgerAssets.marketplaceId}, ${companyId}::text, ${purpose}::text, ${ledgerAssets.id},
      ${textOf(creditLimit)}::bigint, ${sql.param(at, ledgerAccounts.openedAt)}::timestamptz
    from ${ledgerAssets} where ${ledgerAssets.marketplaceId} = ${marketplaceId} and ${ledgerAssets.id} = ${assetId}
    on conflict do nothing`);
  const stored = await accountIn(db, eq(ledgerAccounts.id, id));
  if (stored !== undefined) {
    const same =
      stored.marketplaceId === marketplaceId &&
      stored.companyId === companyId &&
      stored.purpose === purpose &&
      stored.asset.id === assetId;
    return same ? kept(stored) : refused({ code: "id_reused", id });
  }
  const [other] = await db
    .select({ accountId: ledgerAccounts.id })
    .from(ledgerAccounts)
    .where(
      and(
        eq(ledgerAccounts.marketplaceId, marketplaceId),
        companyId === null ? isNull(ledgerAccounts.companyId) : eq(ledgerAccounts.companyId, companyId),
        eq(ledgerAccounts.purpose, purpose),
        eq(ledgerAccounts.assetId, assetId),
      ),
    );
  return refused(other ? { code: "account_exists", ...other } : { code: "asset_unknown", assetId });
}

/** See `LedgerRepository.setCreditLimit`. */
export async function setCreditLimitIn(
  db: Database,
  actor: Actor,
  { accountId, creditLimit }: { readonly accountId: string; readonly creditLimit: bigint | null },
): Promise<Kept<LedgerAccount>> {
  if (!isLimit(creditLimit)) return refused({ code: "amount_invalid", max: limits.ledgerAmountMax });
  const limit = sql`${textOf(creditLimit)}::bigint`;
  return await changeAccount(db, actor, {
    accountId,
    change: sql`credit_limit = ${limit}`,
    condition: sql`(${limit} is null or balance::numeric - held + ${limit} >= 0)`,
    // What the account used may have gone since: then asking again finds it free.
    otherwise: ({ available }) => ({ code: "credit_limit_in_use", least: available < 0n ? -available : 0n }),
  });
}

/** See `LedgerRepository.closeAccount`. */
export async function closeAccountIn(
  db: Database,
  actor: Actor,
  { accountId, at }: { readonly accountId: string; readonly at: Micros },
): Promise<Kept<LedgerAccount>> {
  if (!isInstant(at)) return refused({ code: "instant_invalid" });
  return await changeAccount(db, actor, {
    accountId,
    change: sql`closed_at = ${sql.param(at, ledgerAccounts.closedAt)}::timestamptz`,
    condition: sql`balance = 0 and held = 0`,
    otherwise: ({ balance, held }) => ({ code: "account_not_empty", balance, held }),
  });
}

type Change = {
  readonly accountId: string;
  readonly change: SQL;
  readonly condition: SQL;
  readonly otherwise: (account: LedgerAccount) => LedgerRefusal;
};

async function changeAccount(db: Database, actor: Actor, wanted: Change): Promise<Kept<LedgerAccount>> {
  const { accountId, change, condition, otherwise } = wanted;
  const scope = writeScopeOf(actor);
  const unknown = refused({ code: "account_unknown", accountId });
  if (scope === undefined || !isUuid(accountId)) return unknown;
  const changed = await db.execute(sql`
    update ledger_accounts set ${change} where id = ${accountId}::uuid and closed_at is null and ${condition}
      and (${scope}::text is null or marketplace_id = ${scope}::text) returning id`);
  const account = await accountIn(db, eq(ledgerAccounts.id, accountId));
  if (account === undefined || !writesIn(actor, account.marketplaceId)) return unknown;
  if (changed.length === 1) return kept(account);
  return refused(account.closedAt === null ? otherwise(account) : { code: "account_closed", accountId });
}

function isLimit(creditLimit: bigint | null): boolean {
  return creditLimit === null || (creditLimit >= 0n && creditLimit <= limits.ledgerAmountMax);
}

const textOf = (amount: bigint | null): string | null => (amount === null ? null : String(amount));
