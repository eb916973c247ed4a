import { formatDecimal } from "@kontor/kernel";
import type { InstrumentTerms, ObligationRecord, SettlementRecord } from "@kontor/protocol";
import { instantOf, present } from "../repositories/record-members.ts";
import { writtenSteps } from "./quantity-steps.ts";
import type { ObligationRow, SettlementRow } from "./settlement-rows.ts";
import { openFees, openGoods, openMoney } from "./settlement-rows.ts";

export function settlementRecordOf(row: SettlementRow, terms: InstrumentTerms): SettlementRecord {
  const { instrumentId, tradeDate, marketplaceId, state, price, dueOn, nextOn, attempts, feesNetted, changedAt } = row;
  const money = (minor: bigint): string => formatDecimal(minor, terms.currencyScale);
  return {
    instrumentId,
    tradeDate,
    marketplaceId,
    state,
    currency: terms.currency,
    fees: money(feesNetted),
    feesOpen: money(openFees(row)),
    attempts,
    changedAt: instantOf(changedAt),
    ...present({ price, dueOn, nextOn }),
  };
}

/** With the days of its settlement. */
export function obligationRecordOf(
  row: ObligationRow,
  { dueOn, nextOn }: Pick<SettlementRow, "dueOn" | "nextOn">,
  terms: InstrumentTerms,
): ObligationRecord {
  const { instrumentId, tradeDate, marketplaceId, companyId, state, reason, changedAt } = row;
  const money = (minor: bigint): string => formatDecimal(minor, terms.currencyScale);
  const goods = (steps: bigint): string => writtenSteps(steps, terms.quantityStep);
  return {
    instrumentId,
    tradeDate,
    marketplaceId,
    companyId,
    state,
    currency: terms.currency,
    unit: terms.unit,
    money: money(row.moneyNetted + row.moneyAdjusted),
    goods: goods(row.goodsNetted + row.goodsAdjusted),
    fees: money(row.feesNetted),
    moneyOpen: money(openMoney(row)),
    goodsOpen: goods(openGoods(row)),
    changedAt: instantOf(changedAt),
    ...present({ dueOn, reason, nextOn: state === "settled" ? null : nextOn }),
  };
}
