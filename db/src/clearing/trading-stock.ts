import type { Actor } from "@kontor/kernel";
import type { Database } from "../connect.ts";
import { createLedgerRepository } from "../ledger/create-ledger.ts";
import type { LedgerAccount } from "../ledger/ledger-repository.ts";
import { unfitReceipts } from "./allocation-checks.ts";
import type { ClearedInstrument } from "./cleared-instruments.ts";
import { tradingPurpose } from "./cleared-instruments.ts";
import { rescaled } from "./ledger-amounts.ts";
import { fitsScale, stepIn } from "./quantity-steps.ts";
import type { ReceiptStock } from "./receipts.ts";

/** What one company has at hand to deliver and pay with in an instrument. */
export type TradingStock = {
  readonly money: LedgerAccount | undefined;
  /** In the smallest unit that the instrument trades in, with credit; null without limit. */
  readonly funds: bigint | null;
  readonly receipts: readonly ReceiptStock[];
};

/** What everybody has, and the accounts that it is in. */
export type TradingStocks = {
  readonly of: (companyId: string) => TradingStock;
  readonly account: (companyId: string, assetId: string) => LedgerAccount | undefined;
};

const noStock: TradingStock = { money: undefined, funds: 0n, receipts: [] };

/**
 * Of each company, from the accounts in which the instrument's trades settle. Receipts that a day excludes are left
 * out: those that do not fit the instrument, or would have expired on it.
 */
export async function tradingStocks(
  db: Database,
  instrument: ClearedInstrument,
  of: { readonly companyId?: string; readonly day?: string },
): Promise<TradingStocks> {
  const stocks = new Map<string, TradingStock>();
  const accounts = new Map<string, LedgerAccount>();
  for await (const account of accountsOf(db, instrument, of.companyId)) {
    const { companyId, asset } = account;
    if (companyId === null) continue;
    accounts.set(`${companyId} ${asset.id}`, account);
    const stock = stocks.get(companyId) ?? noStock;
    if (asset.id === instrument.terms.currency) stocks.set(companyId, { ...stock, ...moneyOf(account, instrument) });
    const receipts = receiptsOf(account, instrument, of.day);
    if (receipts !== null) stocks.set(companyId, { ...stock, receipts: [...stock.receipts, receipts] });
  }
  return {
    of: (companyId) => stocks.get(companyId) ?? noStock,
    account: (companyId, assetId) => accounts.get(`${companyId} ${assetId}`),
  };
}

async function* accountsOf(
  db: Database,
  instrument: ClearedInstrument,
  companyId: string | undefined,
): AsyncGenerator<LedgerAccount> {
  const ledger = createLedgerRepository(db);
  const { marketplaceId } = instrument;
  const actor: Actor = { kind: "auditor", userId: "system", companyId: null, marketplaceId };
  let cursor: string | undefined;
  do {
    const page = await ledger.accounts(actor, { purpose: tradingPurpose(instrument), companyId, cursor, limit: 200 });
    if (!page.ok) return;
    yield* page.data;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

function moneyOf(money: LedgerAccount, { terms }: ClearedInstrument): Pick<TradingStock, "money" | "funds"> {
  const { asset, available, creditLimit } = money;
  if (creditLimit === null) return { money, funds: null };
  if (asset.scale < terms.currencyScale) return { money, funds: 0n };
  return { money, funds: rescaled(available + creditLimit, asset.scale, terms.currencyScale) };
}

function receiptsOf(
  account: LedgerAccount,
  { terms }: ClearedInstrument,
  day: string | undefined,
): ReceiptStock | null {
  const { accountId, asset, available } = account;
  if (asset.kind !== "good" || available <= 0n || !fitsScale(asset.scale, terms.quantityStep)) return null;
  if (day !== undefined && unfitReceipts(asset, terms, day) !== null) return null;
  const steps = available / stepIn(terms.quantityStep, asset.scale);
  return { accountId, assetId: asset.id, expiresOn: asset.expiresOn, steps };
}
