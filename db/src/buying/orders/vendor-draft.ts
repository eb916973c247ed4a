import type { Money } from "@kontor/catalog";
import type { CatalogRejection } from "@kontor/protocol";
import type { PriceFacts } from "../../catalog/price-records.ts";
import type { Database } from "../../connect.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import { freightOf } from "../buying-terms.ts";
import type { PricedCartLine, PricedLines } from "../carts/priced-lines.ts";

/** One purchase order in the making. Lines without a price count nothing. */
export type VendorDraft = {
  readonly vendorId: string;
  readonly money: Money;
  readonly lines: readonly PricedCartLine[];
  readonly net: bigint;
  readonly tax: bigint;
  readonly freight: bigint;
  readonly smallOrderFee: bigint;
  /** On freight and fee. */
  readonly chargesTax: bigint;
  readonly chargesTaxPercent: bigint;
  readonly total: bigint;
  readonly shortfall: bigint;
  readonly faults: readonly CatalogRejection[];
};

/** One per vendor, in the order in which vendors come up. */
export async function vendorDrafts(
  db: Database,
  engine: BuyingEngine,
  { facts, lines, vendorFaults }: PricedLines,
): Promise<readonly VendorDraft[]> {
  const parts = engine.splitByVendor(lines);
  const vendorIds = parts.map(({ vendorId }) => vendorId);
  const freights = vendorIds.length === 0 ? [] : await freightOf(db, facts.buyer.marketplaceId, vendorIds);
  return parts.flatMap(({ vendorId, lines: ofVendor }) => {
    const [first] = ofVendor;
    if (first === undefined) return [];
    const { money, agreements } = first;
    const sum = (of: "net" | "tax"): bigint =>
      ofVendor.reduce((total, { amounts }) => total + (amounts?.[of] ?? 0n), 0n);
    const [net, tax] = [sum("net"), sum("tax")];
    const minimum = engine.checkOrderMinimum(net, minimumsOf(facts, vendorId, agreements), money);
    const terms = freights.find((row) => row.vendorId === vendorId && row.currency === money.currency);
    const isFree = terms === undefined || (terms.freeFrom !== null && net >= terms.freeFrom);
    const freight = isFree ? 0n : terms.amount;
    const charges = engine.chargesTaxOf(
      {
        charges: freight + minimum.fee,
        stated: terms?.taxPercent ?? null,
        lines: ofVendor.map(({ amounts, tax: { percent } }) => ({ net: amounts?.net ?? 0n, taxPercent: percent })),
      },
      money,
    );
    const fault = vendorFaults.get(vendorId);
    const faults = [
      ...(fault === undefined ? [] : [fault]),
      ...(minimum.rejection === null ? [] : [minimum.rejection]),
    ];
    const total = net + tax + freight + minimum.fee + charges.tax;
    const amounts = { net, tax, freight, smallOrderFee: minimum.fee, total, shortfall: minimum.shortfall };
    const taxed = { chargesTax: charges.tax, chargesTaxPercent: charges.percent };
    return [{ vendorId, money, lines: ofVendor, ...amounts, ...taxed, faults }];
  });
}

/** Nearest agreement first, the vendor's own last. */
function minimumsOf(
  { orderMinimums }: PriceFacts,
  vendorId: string,
  agreements: readonly { readonly agreementId: string }[],
) {
  const ofVendor = orderMinimums.filter((minimum) => minimum.vendorId === vendorId);
  const agreed = agreements.flatMap(({ agreementId }) => ofVendor.filter((one) => one.agreementId === agreementId));
  return [...agreed, ...ofVendor.filter(({ agreementId }) => agreementId === null)];
}
