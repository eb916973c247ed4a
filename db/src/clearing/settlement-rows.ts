import type { Micros } from "@kontor/kernel";
import { parseDecimal } from "@kontor/kernel";
import type { InstrumentTerms } from "@kontor/protocol";
import { and, asc, eq } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { obligations, settlements } from "../schema/clearing.ts";
import { rescaled } from "./ledger-amounts.ts";
import { stepIn } from "./quantity-steps.ts";
import type { Open } from "./relief.ts";

/* One settlement: its row and those of the companies in it. Whoever changes any of them holds the settlement's row. */

export type SettlementRow = typeof settlements.$inferSelect;
export type ObligationRow = typeof obligations.$inferSelect;

export type SettlementKey = { readonly instrumentId: string; readonly tradeDate: string };

const ofSettlement = ({ instrumentId, tradeDate }: SettlementKey) =>
  and(eq(settlements.instrumentId, instrumentId), eq(settlements.tradeDate, tradeDate));

const inSettlement = ({ instrumentId, tradeDate }: SettlementKey) =>
  and(eq(obligations.instrumentId, instrumentId), eq(obligations.tradeDate, tradeDate));

/** For this transaction alone. */
export async function lockSettlement(tx: Database, key: SettlementKey): Promise<SettlementRow | undefined> {
  const [row] = await tx.select().from(settlements).where(ofSettlement(key)).for("update");
  return row;
}

export async function settlementIn(db: Database, key: SettlementKey): Promise<SettlementRow | undefined> {
  const [row] = await db.select().from(settlements).where(ofSettlement(key));
  return row;
}

/** By company. */
export async function obligationsIn(db: Database, key: SettlementKey): Promise<readonly ObligationRow[]> {
  return await db.select().from(obligations).where(inSettlement(key)).orderBy(asc(obligations.companyId));
}

export async function changeSettlement(
  tx: Database,
  key: SettlementKey,
  change: Partial<SettlementRow>,
): Promise<SettlementRow> {
  const [row] = await tx.update(settlements).set(change).where(ofSettlement(key)).returning();
  if (row === undefined) throw new Error(`there is no settlement of ${key.instrumentId} on ${key.tradeDate}`);
  return row;
}

export async function changeObligation(
  tx: Database,
  { companyId, ...key }: SettlementKey & { readonly companyId: string },
  change: Partial<ObligationRow>,
): Promise<void> {
  await tx
    .update(obligations)
    .set(change)
    .where(and(inSettlement(key), eq(obligations.companyId, companyId)));
}

/** The marketplace's part of a settlement, what is paid in fees, goes by this id in plans. */
export const feesParty = "";

export const openMoney = (row: ObligationRow): bigint => row.moneyNetted + row.moneyAdjusted - row.moneySettled;
export const openGoods = (row: ObligationRow): bigint => row.goodsNetted + row.goodsAdjusted - row.goodsSettled;
export const openFees = (row: SettlementRow): bigint => row.feesNetted + row.feesAdjusted - row.feesSettled;

/** What is open of everybody; sums to zero. */
export function openOf(settlement: SettlementRow, rows: readonly ObligationRow[]): readonly Open[] {
  const companies = rows.map((row) => ({ id: row.companyId, goods: openGoods(row), money: openMoney(row) }));
  return [{ id: feesParty, goods: 0n, money: openFees(settlement) }, ...companies];
}

type Money = Pick<InstrumentTerms, "quantityStep" | "currencyScale">;

/** Money for one quantity step at a price; null where that is no whole number of the smallest unit. */
export function valueOfStep(price: string, { quantityStep, currencyScale }: Money): bigint | null {
  const digits = 18;
  const value = parseDecimal(price, digits);
  if (typeof value !== "bigint") return null;
  const unit = 10n ** BigInt(2 * digits - currencyScale);
  const product = value * stepIn(quantityStep, digits);
  return product % unit === 0n ? product / unit : null;
}

/** Decimal text of the database as whole smallest units. */
export function minorOf(text: string, scale: number): bigint {
  const amount = parseDecimal(text, 18);
  if (typeof amount !== "bigint") throw new RangeError(`no amount: ${text}`);
  return rescaled(amount, 18, scale);
}

type Progress = { readonly today: string; readonly at: Micros };

/** The states that follow from what is open, of each company and of the whole. */
export async function writeStates(tx: Database, key: SettlementKey, { today, at }: Progress): Promise<SettlementRow> {
  const settlement = await settlementIn(tx, key);
  if (settlement === undefined) throw new Error(`there is no settlement of ${key.instrumentId} on ${key.tradeDate}`);
  const isDue = settlement.dueOn !== null && settlement.dueOn <= today && settlement.attempts > 0;
  let isOpen = openFees(settlement) !== 0n;
  for (const row of await obligationsIn(tx, key)) {
    const isSettled = openMoney(row) === 0n && openGoods(row) === 0n;
    isOpen ||= !isSettled;
    const unsettled = isDue ? "failed" : "open";
    const kept = row.state === "disputed" && !isSettled ? row.state : unsettled;
    const state = isSettled ? "settled" : kept;
    if (state !== row.state) await changeObligation(tx, { ...key, companyId: row.companyId }, { state, changedAt: at });
  }
  const state = isDue ? ("failed" as const) : ("netted" as const);
  const ended = isOpen ? { state } : { state: "settled" as const, nextOn: null };
  return await changeSettlement(tx, key, { ...ended, changedAt: at });
}
