import { randomUUID } from "node:crypto";
import type { Micros } from "@kontor/kernel";
import { formatDecimal } from "@kontor/kernel";
import { and, eq, gte, lt, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { createProjectionStore } from "../repositories/projection-store.ts";
import { obligations, settlements, tradingCorrections } from "../schema/clearing.ts";
import { fills, instrumentDays, trades } from "../schema/read-models-market.ts";
import type { Answered } from "./answered.ts";
import { answered, refused } from "./answered.ts";
import { dayOf, daysLater, deliveryDay, startOfDay } from "./business-days.ts";
import type { ClearedInstrument } from "./cleared-instruments.ts";
import { derivedId } from "./derived-id.ts";
import type { FillSum, Netted } from "./netting.ts";
import { netted } from "./netting.ts";
import { wholeSteps, writtenSteps } from "./quantity-steps.ts";
import type { ObligationRow, SettlementKey, SettlementRow } from "./settlement-rows.ts";
import {
  changeObligation,
  changeSettlement,
  lockSettlement,
  minorOf,
  obligationsIn,
  writeStates,
} from "./settlement-rows.ts";

export type Netting = { readonly instrument: ClearedInstrument; readonly tradeDate: string; readonly at: Micros };

/**
 * Nets the day's trades, or nets them again where one has been busted or corrected since. Not before the read models
 * hold all that the shard's journal held when it was looked at first after the day, or by whom the operator asks.
 */
export async function netDay(db: Database, { instrument, tradeDate, at }: Netting): Promise<Answered<SettlementRow>> {
  const { instrumentId, marketplaceId } = instrument;
  const key = { instrumentId, tradeDate };
  if ((await dayRow(db, key)) === undefined) return refused("settlement_not_ready");
  const lag = await createProjectionStore(db).lagOf(instrumentId);
  const first = { ...key, marketplaceId, state: "waiting", wantedSeq: lag?.headSeq ?? 0, changedAt: at } as const;
  await db.insert(settlements).values(first).onConflictDoNothing();
  return await db.transaction(async (tx) => {
    const settlement = await lockSettlement(tx, key);
    const day = await dayRow(tx, key);
    const isKnown = settlement !== undefined && lag !== undefined && lag.position >= settlement.wantedSeq;
    if (!isKnown || day === undefined) return refused("settlement_not_ready");
    const before = await obligationsIn(tx, key);
    const companies = netted(await fillSums(tx, instrument, tradeDate));
    for (const company of withLeft(companies, before)) {
      const row = before.find(({ companyId }) => companyId === company.companyId);
      await keep(tx, { instrument, tradeDate, at, company, row });
    }
    const dueOn = settlement.dueOn ?? deliveryDay(tradeDate, instrument.terms);
    await changeSettlement(tx, key, {
      nettedSeq: day.seq,
      price: settlement.price ?? day.close,
      dueOn,
      nextOn: settlement.nextOn ?? dueOn,
      feesNetted: companies.reduce((sum, { fees }) => sum + fees, 0n),
    });
    return answered(await writeStates(tx, key, { today: dayOf(at), at }));
  });
}

async function dayRow(db: Database, { instrumentId, tradeDate }: SettlementKey) {
  const [row] = await db
    .select()
    .from(instrumentDays)
    .where(and(eq(instrumentDays.instrumentId, instrumentId), eq(instrumentDays.day, tradeDate)));
  return row;
}

/** Companies all of whose trades were busted have nothing netted any more. */
function withLeft(companies: readonly Netted[], before: readonly ObligationRow[]): readonly Netted[] {
  const found = new Set(companies.map(({ companyId }) => companyId));
  const left = before.filter(({ companyId }) => !found.has(companyId));
  const nothing = { money: 0n, goods: 0n, fees: 0n, moneyWrong: 0n, goodsWrong: 0n };
  return [...companies, ...left.map(({ companyId }) => ({ companyId, ...nothing }))];
}

async function fillSums(
  tx: Database,
  { instrumentId, marketplaceId, terms }: ClearedInstrument,
  tradeDate: string,
): Promise<readonly FillSum[]> {
  const { companyId, side, busted } = fills;
  const corrects = sql<boolean>`${trades.replaces} is not null`;
  const total = (column: typeof fills.value | typeof fills.fee | typeof fills.quantity) =>
    sql<string>`sum(${column})::text`;
  const sums = await tx
    .select({
      companyId,
      side,
      busted,
      corrects,
      quantity: total(fills.quantity),
      value: total(fills.value),
      fee: total(fills.fee),
    })
    .from(fills)
    .innerJoin(trades, eq(trades.id, fills.tradeId))
    .where(
      and(
        eq(fills.marketplaceId, marketplaceId),
        eq(fills.instrumentId, instrumentId),
        gte(fills.at, startOfDay(tradeDate)),
        lt(fills.at, startOfDay(daysLater(tradeDate, 1))),
      ),
    )
    .groupBy(companyId, side, busted, corrects);
  return sums.map((sum) => ({
    companyId: sum.companyId,
    side: sum.side,
    stands: !sum.busted,
    booked: !sum.corrects,
    steps: wholeSteps(sum.quantity, terms.quantityStep),
    value: minorOf(sum.value, terms.currencyScale),
    fee: minorOf(sum.fee, terms.currencyScale),
  }));
}

type Keeping = Netting & { readonly company: Netted; readonly row: ObligationRow | undefined };

async function keep(tx: Database, { instrument, tradeDate, at, company, row }: Keeping): Promise<void> {
  const { instrumentId, marketplaceId } = instrument;
  const { companyId, money, goods, fees, moneyWrong, goodsWrong } = company;
  const key = { instrumentId, tradeDate, companyId };
  const moneyCorrected = moneyWrong + (row?.moneyAdjusted ?? 0n);
  const goodsCorrected = goodsWrong + (row?.goodsAdjusted ?? 0n);
  const now = { moneyNetted: money, goodsNetted: goods, feesNetted: fees, moneyCorrected, goodsCorrected };
  if (row === undefined) {
    const id = derivedId("obligation", instrumentId, tradeDate, companyId);
    const first = { id, ...key, marketplaceId, state: "open" as const, changedAt: at };
    await tx.insert(obligations).values({ ...first, ...now });
  } else await changeObligation(tx, key, now);
  await queueCorrection(tx, instrument, {
    companyId,
    money: moneyCorrected - (row?.moneyCorrected ?? 0n),
    goods: goodsCorrected - (row?.goodsCorrected ?? 0n),
    at,
  });
}

export type Correction = {
  readonly companyId: string;
  readonly money: bigint;
  readonly goods: bigint;
  readonly at: Micros;
};

/** What comes back is told apart from what goes: that may be in use, and wait. */
export async function queueCorrection(
  tx: Database,
  { instrumentId, marketplaceId, terms }: ClearedInstrument,
  { companyId, money, goods, at }: Correction,
): Promise<void> {
  if (terms.holds === "none") return;
  const positive = (amount: bigint): bigint => (amount > 0n ? amount : 0n);
  const parts = [
    { money: positive(money), goods: positive(goods) },
    { money: -positive(-money), goods: -positive(-goods) },
  ];
  const rows = parts
    .filter((part) => part.money !== 0n || part.goods !== 0n)
    .map((part) => ({
      id: randomUUID(),
      instrumentId,
      companyId,
      marketplaceId,
      money: formatDecimal(part.money, terms.currencyScale),
      goods: writtenSteps(part.goods, terms.quantityStep),
      at,
    }));
  if (rows.length > 0) await tx.insert(tradingCorrections).values(rows);
}

/** Days whose trades have not been netted yet, or have changed since; before today, for today's are not over. */
export async function daysToNet(
  db: Database,
  { today, limit }: { readonly today: string; readonly limit: number },
): Promise<readonly SettlementKey[]> {
  const isNew = sql`${settlements.instrumentId} is null and ${instrumentDays.trades} > 0`;
  const isOld = sql`${settlements.instrumentId} is not null
    and (${settlements.nettedSeq} is null or ${settlements.nettedSeq} < ${instrumentDays.seq})`;
  const mine = sql`${settlements.instrumentId} = ${instrumentDays.instrumentId}
    and ${settlements.tradeDate} = ${instrumentDays.day}::date`;
  return await db
    .select({ instrumentId: instrumentDays.instrumentId, tradeDate: instrumentDays.day })
    .from(instrumentDays)
    .leftJoin(settlements, mine)
    .where(and(lt(instrumentDays.day, today), sql`((${isNew}) or (${isOld}))`))
    .orderBy(instrumentDays.day, instrumentDays.instrumentId)
    .limit(limit);
}
