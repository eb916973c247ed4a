import { limits } from "@kontor/kernel";
import type { Leg, Transfer } from "../ledger/operation.ts";
import type { ClearedInstrument } from "./cleared-instruments.ts";
import { tradingPurpose } from "./cleared-instruments.ts";
import type { AccountKey } from "./clearing-accounts.ts";
import { clearing, fees } from "./clearing-accounts.ts";
import type { Delivery } from "./delivery-plan.ts";
import { derivedId } from "./derived-id.ts";
import type { ReceiptPart } from "./receipts.ts";
import { earliestReceipts } from "./receipts.ts";
import { feesParty } from "./settlement-rows.ts";
import type { TradingStocks } from "./trading-stock.ts";

/** What one account gets or gives. Money in the instrument's smallest unit, goods in its quantity steps. */
export type PlannedLeg = { readonly key: AccountKey; readonly amount: bigint };

/** The legs of a delivery, each account once: the earliest receipts of the sellers go to the buyers by their ids. */
export function legsOf(
  instrument: ClearedInstrument,
  plan: readonly Delivery[],
  stocks: TradingStocks,
): readonly PlannedLeg[] {
  const { marketplaceId, terms } = instrument;
  const purpose = tradingPurpose(instrument);
  const money = plan
    .filter((delivery) => delivery.money !== 0n)
    .map(({ id, money: amount }): PlannedLeg => {
      const owner = id === feesParty ? { companyId: null, purpose: fees } : { companyId: id, purpose };
      return { key: { marketplaceId, ...owner, assetId: terms.currency }, amount };
    });
  const goods = goodsMoves(plan, stocks).map(({ companyId, assetId, steps }): PlannedLeg => {
    return { key: { marketplaceId, companyId, purpose, assetId }, amount: steps };
  });
  return [...money, ...goods];
}

type Move = { readonly companyId: string; readonly assetId: string; readonly steps: bigint };

function goodsMoves(plan: readonly Delivery[], stocks: TradingStocks): readonly Move[] {
  const given = plan
    .filter(({ goods }) => goods < 0n)
    .flatMap(({ id, goods }) =>
      earliestReceipts(stocks.of(id).receipts, -goods).map((part) => ({ ...part, companyId: id })),
    );
  const moves: Move[] = given.map(({ companyId, assetId, steps }) => ({ companyId, assetId, steps: -steps }));
  let pool: readonly (ReceiptPart & { readonly expiresOn: string | null })[] = poolOf(given, stocks);
  for (const { id, goods } of plan) {
    if (goods <= 0n) continue;
    const parts = earliestReceipts(pool, goods);
    moves.push(...parts.map(({ assetId, steps }) => ({ companyId: id, assetId, steps })));
    pool = pool.map((one) => {
      const taken = parts.find(({ assetId }) => assetId === one.assetId)?.steps ?? 0n;
      return { ...one, steps: one.steps - taken };
    });
  }
  return moves;
}

/** What all sellers give together, by kind of receipts. */
function poolOf(given: readonly (ReceiptPart & { readonly companyId: string })[], stocks: TradingStocks) {
  const pool = new Map<string, ReceiptPart & { readonly expiresOn: string | null }>();
  for (const { companyId, accountId, assetId, steps } of given) {
    const receipts = stocks.of(companyId).receipts;
    const expiresOn = receipts.find((one) => one.assetId === assetId)?.expiresOn ?? null;
    pool.set(assetId, { accountId, assetId, expiresOn, steps: (pool.get(assetId)?.steps ?? 0n) + steps });
  }
  return [...pool.values()];
}

export type Chunking = {
  readonly name: string;
  readonly reference: string;
  readonly assetOf: (accountId: string) => string;
};

/**
 * The legs as transfers that the ledger takes in one posting. When there are more than fit one, what one of them leaves
 * unbalanced goes through the clearing account, which is even again after the last.
 */
export function transfersOf(
  legs: readonly Leg[],
  { name, reference, assetOf }: Chunking,
  clearingOf: (assetId: string) => string,
): readonly Transfer[] {
  const transfer = (part: readonly Leg[], index: number): Transfer => {
    return { kind: "transfer", id: derivedId("settlement", name, index), reference, legs: part };
  };
  if (legs.length <= limits.ledgerLegsMax) return [transfer(legs, 0)];
  const transfers: Transfer[] = [];
  // Half of a transfer's legs are kept for clearing: one for each asset in it.
  const perTransfer = Math.floor(limits.ledgerLegsMax / 2);
  for (let start = 0; start < legs.length; start += perTransfer) {
    const part = legs.slice(start, start + perTransfer);
    const excess = new Map<string, bigint>();
    for (const { accountId, amount } of part) {
      const asset = assetOf(accountId);
      excess.set(asset, (excess.get(asset) ?? 0n) + amount);
    }
    const even = [...excess].flatMap(([asset, amount]) =>
      amount === 0n ? [] : [{ accountId: clearingOf(asset), amount: -amount }],
    );
    transfers.push(transfer([...part, ...even], transfers.length));
  }
  return transfers;
}

export const clearingKey = (marketplaceId: string, assetId: string): AccountKey => {
  return { marketplaceId, companyId: null, purpose: clearing, assetId };
};
