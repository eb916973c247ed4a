import type { AccountRecord, AssetRecord, InstrumentTermsInput } from "@kontor/protocol";
import { newId, requireReceipt } from "@kontor/sdk";
import { Clerk } from "./clerk.ts";
import type { Market, Trader } from "./market.ts";

/** A listed instrument, open for continuous trading. */
export type Instrument = { readonly instrumentId: string; readonly terms: InstrumentTermsInput };

/** Copper of one grade, in an installation of its own: prices around 200 in ticks of 0.25, quantities in tonnes. */
export const copperTerms: InstrumentTermsInput = {
  title: "Copper cathode, grade A",
  grade: "Grade A",
  place: "Antwerp",
  period: "2031-09",
  deliveryTerm: "in warehouse",
  unit: "TNE",
  currency: "EUR",
  tickSize: "0.25",
  quantityStep: "1",
  minPrice: "100",
  maxPrice: "300",
  maxQuantity: "100000",
  holds: "none",
};

export async function openInstrument(
  { operator, marketplaceId }: Market,
  terms: Partial<InstrumentTermsInput> = {},
): Promise<Instrument> {
  const instrument = { instrumentId: newId(), terms: { ...copperTerms, ...terms } };
  const { instrumentId } = instrument;
  const { commands } = operator;
  requireReceipt(await commands.draftInstrument({ marketplaceId, ...instrument }));
  requireReceipt(await commands.listInstrument({ instrumentId, expectedVersion: 1 }));
  requireReceipt(await commands.setPhase({ instrumentId, phase: "continuous", reason: "As planned." }));
  return instrument;
}

/** What everybody has brought into the marketplace, in the assets' units. */
export const deposited = { money: 10_000_000, goods: 50_000 } as const;

export type Assets = { readonly money: string; readonly goods: string };

/** Registers money and receipts that fit the terms, and books so much of them for each company. */
export async function fund(market: Market, url: string, traders: readonly Trader[]): Promise<Assets> {
  const base = `/v1/marketplaces/${market.marketplaceId}`;
  const operator = new Clerk(url, market.operatorHeaders);
  const { currency, unit, grade, place } = copperTerms;
  const money = await operator.post<AssetRecord>(`${base}/assets`, { kind: "currency", currency, scale: 2 });
  const receipts = { kind: "good", assetId: newId(), unit, scale: 0, grade, storageLot: "Shed 4", place };
  const goods = await operator.post<AssetRecord>(`${base}/assets`, receipts);
  const assets = { money: money.assetId, goods: goods.assetId };
  for (const trader of traders) {
    for (const name of ["money", "goods"] as const) {
      const requestId = newId();
      const input = { requestId, assetId: assets[name], amount: String(deposited[name]) };
      await clerkOf(url, trader).post(`${base}/deposits`, input);
      await operator.post(`${base}/deposits/${requestId}/confirmation`);
    }
  }
  return assets;
}

export function clerkOf(url: string, { apiKey }: Trader, signal?: AbortSignal): Clerk {
  return new Clerk(url, () => ({ "x-api-key": apiKey }), signal);
}

/** A company's accounts, all of them. */
export async function accountsOf(
  { marketplaceId }: Pick<Market, "marketplaceId">,
  clerk: Clerk,
): Promise<readonly AccountRecord[]> {
  const { data } = await clerk.get<{ data: AccountRecord[] }>(`/v1/marketplaces/${marketplaceId}/accounts?limit=100`);
  return data;
}
