import type { Problem } from "@kontor/protocol";
import type { Kontor, Result } from "@kontor/sdk";
import { ProblemError, requireValue } from "@kontor/sdk";
import { demoId } from "../demo-id.ts";
import type { DemoInstrument } from "./demo-instruments.ts";

export type FundingOptions = {
  readonly marketplaceId: string;
  readonly instrumentId: string;
  readonly instrument: DemoInstrument;
  readonly operator: Kontor;
  readonly client: (company: string) => Kontor;
};

/** What every trader begins with in each instrument. */
const money = "40000000.00";

/** Assets of the demonstration's books: the currency, and one storage lot of each good. */
export async function registerAssets({ marketplaceId, instrument, operator }: FundingOptions): Promise<void> {
  const { name, terms } = instrument;
  const { currency, unit, grade, place } = terms;
  const goods = { assetId: goodsOf(marketplaceId, name), unit, grade, place, storageLot: `DEMO-${name.toUpperCase()}` };
  const { ledger } = operator;
  known(await ledger.registerAsset(marketplaceId, { kind: "currency", currency, scale: 2 }));
  known(await ledger.registerAsset(marketplaceId, { kind: "good", scale: 2, ...goods }));
}

/**
 * Gives a company money and receipts, as the operator confirms them, and puts both into the instrument. Every step has an
 * id of its own, so that a later start changes nothing.
 *
 * @throws ProblemError
 */
export async function fund(options: FundingOptions, company: string): Promise<void> {
  const { marketplaceId, instrumentId, instrument, operator, client } = options;
  const { name, goods } = instrument;
  const id = (what: string): string => demoId(marketplaceId, `${what} ${company} ${name}`);
  const receipts = goodsOf(marketplaceId, name);
  const deposits = [
    { requestId: id("money"), assetId: instrument.terms.currency, amount: money },
    { requestId: id("goods"), assetId: receipts, amount: goods },
  ];
  for (const deposit of deposits) {
    const { state } = requireValue(await client(company).ledger.deposits.request(marketplaceId, deposit));
    const key = { marketplaceId, requestId: deposit.requestId };
    if (state === "requested") requireValue(await operator.ledger.deposits.confirm(key));
  }
  const given = { money, receipts: [{ assetId: receipts, quantity: goods }] };
  const allocation = { allocationId: id("allocation"), direction: "in", ...given } as const;
  requireValue(await client(company).ledger.allocate(instrumentId, allocation));
}

function goodsOf(marketplaceId: string, name: string): string {
  return demoId(marketplaceId, `goods ${name}`);
}

/** An asset that is there already is what was wanted. @throws ProblemError */
function known(result: Result<unknown>): void {
  if (!result.ok && !isThere(result.problem)) throw new ProblemError(result.problem);
}

function isThere({ status }: Problem): boolean {
  return status === 409;
}
