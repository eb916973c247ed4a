import type { Actor, Micros } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import { problemOf } from "@kontor/protocol";
import type { Database } from "../connect.ts";
import { createLedgerRepository } from "../ledger/create-ledger.ts";
import type { LedgerAccount } from "../ledger/ledger-repository.ts";
import type { Operation } from "../ledger/operation.ts";
import { businessDaysLater, dayOf, daysLater, holidaysOf } from "./business-days.ts";
import type { ClearedInstrument } from "./cleared-instruments.ts";
import type { AccountKey } from "./clearing-accounts.ts";
import { accountOf, findAccountOf } from "./clearing-accounts.ts";
import type { PlannedLeg } from "./delivery-legs.ts";
import { clearingKey, legsOf, transfersOf } from "./delivery-legs.ts";
import type { Delivery, Party } from "./delivery-plan.ts";
import { planDelivery } from "./delivery-plan.ts";
import { rescaled } from "./ledger-amounts.ts";
import { stepIn } from "./quantity-steps.ts";
import type { ObligationRow, SettlementKey, SettlementRow } from "./settlement-rows.ts";
import {
  changeObligation,
  changeSettlement,
  feesParty,
  lockSettlement,
  obligationsIn,
  openOf,
  settlementIn,
  valueOfStep,
  writeStates,
} from "./settlement-rows.ts";
import type { TradingStocks } from "./trading-stock.ts";
import { tradingStocks } from "./trading-stock.ts";

export type Settling = { readonly instrument: ClearedInstrument; readonly tradeDate: string; readonly at: Micros };

/** Balances move while one looks at them; then it is looked at again. */
const tries = 5;

/**
 * Delivers and pays what can be of one settlement, in one posting of the ledger that changes its rows as well: all of it
 * or, after a crash, nothing. What is left over is tried again on the next business day.
 */
export async function settleDay(db: Database, { instrument, tradeDate, at }: Settling): Promise<SettlementRow> {
  const key = { instrumentId: instrument.instrumentId, tradeDate };
  for (let tried = 0; tried < tries; tried++) {
    const settlement = await settlementIn(db, key);
    if (settlement === undefined) throw new Error(`there is no settlement of ${key.instrumentId} on ${tradeDate}`);
    if (settlement.nettedSeq === null || settlement.state === "settled") return settlement;
    await openAccounts(db, instrument, { settlement, at });
    const settled = await db
      .transaction(async (tx) => await deliver(tx, instrument, { key, at }))
      .catch((error: unknown) => {
        if (error instanceof Overtaken) return null;
        throw error;
      });
    if (settled !== null) return settled;
  }
  throw new Error(`the settlement of ${key.instrumentId} on ${tradeDate} finds no quiet moment`);
}

/** Undoes a delivery that was planned by what has changed since. */
class Overtaken extends Error {}

/** Outside the transaction, see `accountOf`. */
async function openAccounts(
  db: Database,
  instrument: ClearedInstrument,
  { settlement, at }: { readonly settlement: SettlementRow; readonly at: Micros },
): Promise<void> {
  const { legs, stocks } = await planIn(db, instrument, { settlement, day: dayOf(at) });
  const ledger = createLedgerRepository(db);
  const assets = new Set(legs.map(({ key }) => key.assetId));
  const own = [...assets].map((assetId) => clearingKey(instrument.marketplaceId, assetId));
  const isNew = ({ companyId, assetId }: AccountKey) => stocks.account(companyId ?? "", assetId) === undefined;
  for (const key of [...legs.map((leg) => leg.key).filter(isNew), ...own]) {
    const opened = await accountOf(ledger, key, at);
    if (!opened.ok)
      throw new Error(`no account for a settlement: ${JSON.stringify(problemOf(opened.code, opened.data))}`);
  }
}

type Plan = {
  readonly deliveries: readonly Delivery[];
  readonly legs: readonly PlannedLeg[];
  readonly stocks: TradingStocks;
  readonly rows: readonly ObligationRow[];
};

type Planning = { readonly settlement: SettlementRow; readonly day: string };

async function planIn(db: Database, instrument: ClearedInstrument, { settlement, day }: Planning): Promise<Plan> {
  const rows = await obligationsIn(db, settlement);
  const stocks = await tradingStocks(db, instrument, { day });
  const price = valueOfStep(settlement.price ?? "1", instrument.terms) ?? 1n;
  const barred = new Set(rows.filter(({ state }) => state === "disputed").map(({ companyId }) => companyId));
  const parties = openOf(settlement, rows).map((open): Party => {
    const { funds, receipts } = stocks.of(open.id);
    const stock = receipts.reduce((sum, { steps }) => sum + steps, 0n);
    return { ...open, stock, funds: open.id === feesParty ? null : funds, barred: barred.has(open.id) };
  });
  const deliveries = planDelivery(parties, price);
  return { deliveries, legs: legsOf(instrument, deliveries, stocks), stocks, rows };
}

type Delivering = { readonly key: SettlementKey; readonly at: Micros };

async function deliver(tx: Database, instrument: ClearedInstrument, { key, at }: Delivering): Promise<SettlementRow> {
  const settlement = await lockSettlement(tx, key);
  if (settlement === undefined) throw new Overtaken();
  const today = dayOf(at);
  const { deliveries, legs, stocks, rows } = await planIn(tx, instrument, { settlement, day: today });
  await post(tx, instrument, { settlement, legs, stocks, at });
  for (const { id, goods, money } of deliveries) {
    if (goods === 0n && money === 0n) continue;
    const row = rows.find(({ companyId }) => companyId === id);
    if (row === undefined) continue;
    const settled = { goodsSettled: row.goodsSettled + goods, moneySettled: row.moneySettled + money };
    await changeObligation(tx, { ...key, companyId: id }, { ...settled, changedAt: at });
  }
  const paid = deliveries.find(({ id }) => id === feesParty)?.money ?? 0n;
  await changeSettlement(tx, key, {
    attempts: settlement.attempts + 1,
    feesSettled: settlement.feesSettled + paid,
    nextOn: nextTry(settlement, instrument, today),
  });
  return await writeStates(tx, key, { today, at });
}

/** The next business day; not before it is due, where somebody asked for it early. */
function nextTry({ dueOn }: SettlementRow, { terms }: ClearedInstrument, today: string): string {
  const next = businessDaysLater(daysLater(today, 1), 0, holidaysOf(terms));
  return dueOn !== null && dueOn > next ? dueOn : next;
}

type Posting = Pick<Plan, "legs" | "stocks"> & {
  readonly settlement: SettlementRow;
  readonly at: Micros;
};

async function post(
  tx: Database,
  instrument: ClearedInstrument,
  { settlement, legs, stocks, at }: Posting,
): Promise<void> {
  if (legs.length === 0) return;
  const { instrumentId, marketplaceId, terms } = instrument;
  const { tradeDate, attempts } = settlement;
  const ledger = createLedgerRepository(tx);
  const account = async (key: AccountKey): Promise<LedgerAccount> => {
    const found = stocks.account(key.companyId ?? "", key.assetId) ?? (await findAccountOf(ledger, key));
    if (found === undefined) throw new Overtaken();
    return found;
  };
  const assetOfAccount = new Map<string, string>();
  const clearingAccounts = new Map<string, string>();
  const exact: { accountId: string; amount: bigint }[] = [];
  for (const { key, amount } of legs) {
    const { accountId, asset } = await account(key);
    assetOfAccount.set(accountId, asset.id);
    const isMoney = asset.id === terms.currency;
    const units = isMoney
      ? rescaled(amount, terms.currencyScale, asset.scale)
      : amount * stepIn(terms.quantityStep, asset.scale);
    exact.push({ accountId, amount: units });
  }
  for (const assetId of new Set(assetOfAccount.values())) {
    clearingAccounts.set(assetId, (await account(clearingKey(marketplaceId, assetId))).accountId);
  }
  const operations: readonly Operation[] = transfersOf(
    exact,
    {
      name: `${instrumentId} ${tradeDate} ${attempts}`,
      reference: `Settlement of ${tradeDate} in ${instrumentId}`,
      assetOf: (accountId) => assetOfAccount.get(accountId) ?? "",
    },
    (assetId) => clearingAccounts.get(assetId) ?? "",
  );
  const actor: Actor = { ...systemActor, marketplaceId };
  const posted = await ledger.post(actor, operations, at);
  if (posted.ok) return;
  if (posted.refusal.code === "insufficient_balance") throw new Overtaken();
  throw new Error(`a settlement was refused: ${posted.refusal.code}`);
}
