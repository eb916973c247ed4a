import type { Actor, Micros } from "@kontor/kernel";
import { formatDecimal, limits } from "@kontor/kernel";
import type { DailyStatement, FillRecord } from "@kontor/protocol";
import { and, asc, eq, gte, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import type { LedgerAccount, StatementEntry } from "../ledger/ledger-repository.ts";
import { createLedgerReads } from "../ledger/reads.ts";
import { fillOf } from "../repositories/orders.ts";
import { instantOf } from "../repositories/record-members.ts";
import { allOf, inMarketplace, ofCompanyOrStaff } from "../repositories/scope.ts";
import { ledgerAccounts, ledgerOperations, ledgerPostings } from "../schema/ledger.ts";
import { fills } from "../schema/read-models-market.ts";
import type { Answered } from "./answered.ts";
import { answered, refused } from "./answered.ts";
import { daysLater, isDay, startOfDay } from "./business-days.ts";
import { writtenIn } from "./ledger-amounts.ts";
import { accountRecordOf, postingRecordOf } from "./ledger-records.ts";
import { minorOf } from "./settlement-rows.ts";

export type StatementOrder = { readonly companyId?: string | undefined; readonly day: string };

export type StatementRepository = {
  /** Of one's own company; for staff of any, or of the marketplace's own accounts. `not_found` for one of others. */
  readonly ofDay: (actor: Actor, order: StatementOrder) => Promise<Answered<DailyStatement>>;
};

/** One moment of the books: what is posted meanwhile is on none of its parts. */
export function createStatementRepository(db: Database): StatementRepository {
  return {
    ofDay: (actor, order) =>
      db.transaction(async (tx) => await statementIn(tx, actor, order), {
        isolationLevel: "repeatable read",
        accessMode: "read only",
      }),
  };
}

type Period = { readonly from: Micros; readonly until: Micros };

/** Null stands for the marketplace. */
type Owner = { readonly companyId: string | null };

async function statementIn(tx: Database, actor: Actor, order: StatementOrder): Promise<Answered<DailyStatement>> {
  const { marketplaceId } = actor;
  const { day } = order;
  const companyId = order.companyId ?? actor.companyId;
  const isOwn = actor.kind !== "member" || actor.companyId === companyId;
  if (marketplaceId === null || !isOwn || !isDay(day)) return refused("not_found");
  const period = { from: startOfDay(day), until: startOfDay(daysLater(day, 1)) };
  const made = companyId === null ? [] : await fillsOf(tx, actor, { companyId, ...period });
  const accounts = await accountParts(tx, actor, { companyId, ...period });
  const lines = accounts.reduce((sum, { postings }) => sum + postings.length, made.length);
  const max = limits.statementLinesMax;
  if (lines > max) return refused("statement_too_large", { max });
  const instants = { from: instantOf(period.from), until: instantOf(period.until) };
  const owner = companyId === null ? {} : { companyId };
  return answered({ marketplaceId, ...owner, day, ...instants, accounts, fills: made, fees: feesOf(made) });
}

type AccountParts = DailyStatement["accounts"];

/** Those that were open by the end of the day; no more of them when there are too many lines already. */
async function accountParts(tx: Database, actor: Actor, of: Owner & Period): Promise<AccountParts> {
  const parts: AccountParts = [];
  const openings = await openingsOf(tx, actor, of);
  let lines = 0;
  for await (const account of accountsOf(tx, actor, of)) {
    if (account.openedAt >= of.until || lines > limits.statementLinesMax) continue;
    const postings = await postingsOf(tx, actor, { account, ...of });
    lines += postings.length;
    const opening = openings.get(account.accountId) ?? 0n;
    const closing = postings.reduce((sum, { amount }) => sum + amount, opening);
    const { accountId, purpose, instrumentId, asset } = accountRecordOf(account);
    parts.push({
      account: { accountId, purpose, asset, ...(instrumentId === undefined ? {} : { instrumentId }) },
      opening: writtenIn(opening, account.asset),
      postings: postings.map((entry) => postingRecordOf(entry, account.asset)),
      closing: writtenIn(closing, account.asset),
    });
  }
  return parts;
}

async function* accountsOf(tx: Database, actor: Actor, { companyId }: Owner): AsyncGenerator<LedgerAccount> {
  const reads = createLedgerReads(tx);
  let cursor: string | undefined;
  do {
    const owner = companyId === null ? { own: true } : { companyId };
    const page = await reads.accounts(actor, { ...owner, cursor, limit: limits.pageMax });
    if (!page.ok) return;
    yield* page.data;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

/** What was in each account before: two postings at once may be numbered otherwise than they are timed. */
async function openingsOf(
  tx: Database,
  actor: Actor,
  { companyId, from }: Owner & Period,
): Promise<ReadonlyMap<string, bigint>> {
  const owned = companyId === null ? isNull(ledgerAccounts.companyId) : eq(ledgerAccounts.companyId, companyId);
  const rows = await tx
    .select({ accountId: ledgerPostings.accountId, sum: sql<string>`sum(${ledgerPostings.amount})::text` })
    .from(ledgerPostings)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerPostings.accountId))
    .innerJoin(ledgerOperations, eq(ledgerOperations.id, ledgerPostings.transferId))
    .where(and(inMarketplace(actor, ledgerAccounts.marketplaceId), owned, lt(ledgerOperations.at, from)))
    .groupBy(ledgerPostings.accountId);
  return new Map(rows.map(({ accountId, sum }) => [accountId, BigInt(sum)]));
}

async function postingsOf(
  tx: Database,
  actor: Actor,
  { account, from, until }: Period & { readonly account: LedgerAccount },
): Promise<readonly StatementEntry[]> {
  const reads = createLedgerReads(tx);
  const entries: StatementEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await reads.statement(actor, account.accountId, { from, until, cursor, limit: limits.pageMax });
    if (!page.ok) return entries;
    entries.push(...page.data);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && entries.length <= limits.statementLinesMax);
  return entries;
}

/** One more than there may be at the most, to tell that there are too many. */
async function fillsOf(
  tx: Database,
  actor: Actor,
  { companyId, from, until }: Period & { readonly companyId: string },
): Promise<FillRecord[]> {
  const seen = allOf(inMarketplace(actor, fills.marketplaceId), ofCompanyOrStaff(actor, fills.companyId));
  const rows = await tx
    .select()
    .from(fills)
    .where(allOf(seen, eq(fills.companyId, companyId), gte(fills.at, from), lt(fills.at, until)))
    .orderBy(asc(fills.at), asc(fills.id))
    .limit(limits.statementLinesMax + 1);
  return rows.map(fillOf);
}

const feeScale = 6;

function feesOf(made: readonly FillRecord[]): DailyStatement["fees"] {
  const sums = new Map<string, { sum: bigint; scale: number }>();
  for (const { currency, fee, busted } of made) {
    if (busted) continue;
    const scale = fee.includes(".") ? fee.length - fee.indexOf(".") - 1 : 0;
    const before = sums.get(currency) ?? { sum: 0n, scale: 0 };
    sums.set(currency, { sum: before.sum + minorOf(fee, feeScale), scale: Math.max(before.scale, scale) });
  }
  const written = (sum: bigint, scale: number) =>
    formatDecimal(sum / 10n ** BigInt(feeScale - Math.min(scale, feeScale)), Math.min(scale, feeScale));
  return [...sums]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([currency, { sum, scale }]) => ({ currency, amount: written(sum, scale) }));
}
