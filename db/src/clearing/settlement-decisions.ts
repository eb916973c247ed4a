import type { Actor, Micros } from "@kontor/kernel";
import type { Database } from "../connect.ts";
import type { Answered, Refused } from "./answered.ts";
import { answered, refused, wholly } from "./answered.ts";
import { dayOf } from "./business-days.ts";
import type { ClearedInstrument } from "./cleared-instruments.ts";
import { queueCorrection } from "./net-day.ts";
import type { Relief } from "./relief.ts";
import { reliefByBuyIn, reliefByRelease } from "./relief.ts";
import type { ObligationRow, SettlementKey, SettlementRow } from "./settlement-rows.ts";
import {
  changeObligation,
  changeSettlement,
  feesParty,
  lockSettlement,
  obligationsIn,
  openGoods,
  openOf,
  valueOfStep,
  writeStates,
} from "./settlement-rows.ts";

export type ObligationKey = SettlementKey & { readonly companyId: string };

export type Deciding = {
  readonly actor: Actor;
  readonly instrument: ClearedInstrument;
  readonly key: ObligationKey;
  readonly reason: string;
  readonly at: Micros;
};

type Scene = {
  readonly settlement: SettlementRow;
  readonly rows: readonly ObligationRow[];
  readonly row: ObligationRow;
};

/** Runs on the settlement while nobody else changes it. */
async function onObligation(
  db: Database,
  { instrument, key, at }: Deciding,
  work: (tx: Database, scene: Scene) => Promise<Refused | undefined>,
): Promise<Answered<null>> {
  return await wholly(db, async (tx) => {
    const settlement = await lockSettlement(tx, key);
    const isHere = settlement?.marketplaceId === instrument.marketplaceId;
    if (settlement === undefined || !isHere) return refused("obligation_unknown");
    const rows = await obligationsIn(tx, key);
    const row = rows.find(({ companyId }) => companyId === key.companyId);
    if (row === undefined) return refused("obligation_unknown");
    const refusal = await work(tx, { settlement, rows, row });
    if (refusal !== undefined) return refusal;
    await writeStates(tx, key, { today: dayOf(at), at });
    return answered(null);
  });
}

/** The company's own: nothing of it moves until the operator decides. */
export function disputeIn(db: Database, deciding: Deciding): Promise<Answered<null>> {
  const { actor, key, reason, at } = deciding;
  return onObligation(db, deciding, async (tx, { row }) => {
    if (row.state === "settled") return refused("obligation_settled");
    if (row.state === "disputed") return refused("obligation_disputed");
    await changeObligation(tx, key, { state: "disputed", disputedBy: actor.userId, reason, changedAt: at });
    return undefined;
  });
}

/** Upheld, the company is released from what is open, at the expense of the other side; else it stands again. */
export function decideDisputeIn(db: Database, deciding: Deciding, upheld: boolean): Promise<Answered<null>> {
  const { instrument, key, reason, at } = deciding;
  return onObligation(db, deciding, async (tx, scene) => {
    if (scene.row.state !== "disputed") return refused("obligation_not_disputed");
    await changeObligation(tx, key, { state: "open", reason, changedAt: at });
    if (!upheld) return undefined;
    const price = priceOf(scene.settlement, instrument);
    const open = openOf(scene.settlement, scene.rows);
    await relieve(tx, deciding, { ...scene, reliefs: reliefByRelease(open, key.companyId, price) });
    return undefined;
  });
}

/** Of a company that owes goods after they were due; `price` is what they cost elsewhere, per unit. */
export function buyInIn(db: Database, deciding: Deciding, price: string): Promise<Answered<null>> {
  const { instrument, key, reason, at } = deciding;
  return onObligation(db, deciding, async (tx, scene) => {
    if (scene.row.state !== "failed" || openGoods(scene.row) >= 0n) return refused("obligation_not_failed");
    const bought = valueOfStep(price, instrument.terms);
    if (bought === null) return refused("off_tick", { pointer: "/price", limit: instrument.terms.tickSize });
    const ofDay = priceOf(scene.settlement, instrument);
    await changeObligation(tx, key, { reason, changedAt: at });
    const open = openOf(scene.settlement, scene.rows);
    const dearer = bought > ofDay;
    const reliefs = reliefByBuyIn(open, key.companyId, dearer ? bought : ofDay);
    await relieve(tx, deciding, { ...scene, reliefs });
    return undefined;
  });
}

function priceOf({ price }: SettlementRow, { terms }: ClearedInstrument): bigint {
  return valueOfStep(price ?? "1", terms) ?? 1n;
}

async function relieve(
  tx: Database,
  { instrument, key, at }: Deciding,
  { settlement, rows, reliefs }: Omit<Scene, "row"> & { readonly reliefs: readonly Relief[] },
): Promise<void> {
  for (const { id, goods, money } of reliefs) {
    if (id === feesParty) {
      await changeSettlement(tx, key, { feesAdjusted: settlement.feesAdjusted + money });
      continue;
    }
    const row = rows.find(({ companyId }) => companyId === id);
    if (row === undefined) throw new Error(`there is no obligation of ${id}`);
    await changeObligation(
      tx,
      { ...key, companyId: id },
      {
        moneyAdjusted: row.moneyAdjusted + money,
        goodsAdjusted: row.goodsAdjusted + goods,
        moneyCorrected: row.moneyCorrected + money,
        goodsCorrected: row.goodsCorrected + goods,
        changedAt: at,
      },
    );
    await queueCorrection(tx, instrument, { companyId: id, money, goods, at });
  }
}
