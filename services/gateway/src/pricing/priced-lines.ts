import type {
  AgreementLink,
  BuyerContext,
  LineAmounts,
  LockedPrice,
  Money,
  PriceBook,
  PriceResolution,
} from "@kontor/catalog";
import {
  amountOf,
  checkQuantity,
  effectiveTerms,
  indexPriceBook,
  leastOf,
  lineAmounts,
  resolveCart,
  sellableQuantities,
} from "@kontor/catalog";
import type { PriceFacts } from "@kontor/db";
import type { CatalogRejection } from "@kontor/protocol";
import type { TermsWanted, VendorTerms } from "./buyer-terms.ts";
import { quantityTermsOf, vendorTerms } from "./buyer-terms.ts";
import { currencyDecimals } from "./currency-decimals.ts";

/** Quantities in millionths of `unit`; left out: the least that may be ordered, and the offer's order unit. */
export type LineWanted = {
  readonly offerId: string;
  readonly quantity?: bigint | undefined;
  readonly unit?: string | undefined;
  readonly locked?: LockedPrice | null | undefined;
};

/** A line with its price, as it is shown, kept in a cart or frozen in an order. */
export type LinePriced = {
  readonly offerId: string;
  /** Null where the offer is not there. */
  readonly vendorId: string | null;
  readonly quantity: bigint;
  readonly unit: string;
  readonly resolution: PriceResolution;
  readonly money: Money;
  /** Of the quantity at the price, rounded once; null without a price. */
  readonly amounts: LineAmounts | null;
  readonly taxPercent: bigint;
  /** Why the quantity may not be ordered, with both neighbours; null where it may. */
  readonly quantityFault: CatalogRejection | null;
  /** Why it is not known which terms hold; the price is not what the buyer would pay then. */
  readonly termsFault: CatalogRejection | null;
  readonly agreement: AgreementLink | null;
  readonly buyer: BuyerContext;
};

export type LinesWanted = TermsWanted & { readonly lines: readonly LineWanted[] };

/**
 * Prices the lines of one buyer, in their order, vendor by vendor: each vendor's by the agreements with him. Lines of one
 * vendor count together where his lists say so.
 */
export function pricedLines(facts: PriceFacts, { lines, ...wanted }: LinesWanted): readonly LinePriced[] {
  const book = indexPriceBook(facts.records);
  const byVendor = new Map<string, number[]>();
  for (const [at, { offerId }] of lines.entries()) {
    const vendorId = facts.sales.get(offerId)?.vendorId ?? "";
    byVendor.set(vendorId, [...(byVendor.get(vendorId) ?? []), at]);
  }
  const priced: LinePriced[] = [];
  for (const [vendorId, places] of byVendor) {
    const terms = vendorTerms(facts, vendorId, wanted);
    const own = places.flatMap((at) => lines[at] ?? []);
    const found = linesOfVendor({ facts, book, terms, wanted }, own);
    for (const [index, at] of places.entries()) {
      const line = found[index];
      if (line !== undefined) priced[at] = line;
    }
  }
  return priced;
}

type VendorScene = {
  readonly facts: PriceFacts;
  readonly book: PriceBook;
  readonly terms: VendorTerms;
  readonly wanted: TermsWanted;
};

function linesOfVendor(
  { facts, book, terms, wanted }: VendorScene,
  lines: readonly LineWanted[],
): readonly LinePriced[] {
  const termsFault = terms.kind === "rejected" ? terms.rejection : null;
  const buyer = terms.kind === "terms" ? terms.buyer : publicBuyer(facts, wanted);
  const agreement = terms.kind === "terms" ? terms.agreement : null;
  const money = moneyOf(buyer);
  const asked = lines.map((line) => {
    const sale = facts.sales.get(line.offerId);
    const unit = line.unit ?? sale?.terms.unit ?? "";
    const rules = quantityTermsOf(facts, line.offerId, buyer.agreements);
    const units = book.offers.get(line.offerId)?.units;
    const quantity = line.quantity ?? (units === undefined ? null : leastQuantity(rules, units, unit)) ?? 1_000_000n;
    const quantityFault = units === undefined ? null : checkQuantity({ quantity, unit, units, terms: rules });
    const taxPercent = sale?.taxPercent ?? 0n;
    const { offerId, locked = null } = line;
    return { offerId, vendorId: sale?.vendorId ?? null, quantity, unit, quantityFault, taxPercent, locked };
  });
  const resolutions = resolveCart(asked, buyer, book);
  return asked.flatMap(({ locked: _locked, ...line }, at) => {
    const resolution = resolutions[at];
    if (resolution === undefined) return [];
    const amounts = amountsOf(resolution, line, money);
    return { ...line, resolution, money, amounts, termsFault, agreement, buyer };
  });
}

/** Without terms the price of anybody is told beside the fault. */
function publicBuyer(facts: PriceFacts, wanted: TermsWanted): BuyerContext {
  const anybody = { ...facts, buyer: { ...facts.buyer, nodeId: null, agreements: [], groups: [] } };
  const terms = vendorTerms(anybody, "", { ...wanted, agreementId: undefined });
  if (terms.kind === "rejected") throw new Error(`anybody has terms: ${terms.rejection.code}`);
  return terms.buyer;
}

function moneyOf({ currency, rounding }: BuyerContext): Money {
  return { currency, exponent: currencyDecimals(currency) ?? 2, rounding };
}

type Units = NonNullable<ReturnType<PriceBook["offers"]["get"]>>["units"];

function leastQuantity(rules: ReturnType<typeof quantityTermsOf>, units: Units, unit: string): bigint | null {
  const sellable = sellableQuantities(effectiveTerms(rules), units, unit);
  return sellable === null ? null : leastOf(sellable);
}

type Ordered = { readonly quantity: bigint; readonly taxPercent: bigint };

function amountsOf(resolution: PriceResolution, { quantity, taxPercent }: Ordered, money: Money): LineAmounts | null {
  if (resolution.outcome !== "priced") return null;
  const { unitPrice, basis, priceMode } = resolution;
  const amount = amountOf({ unitPrice, basis, quantity }, money);
  return lineAmounts({ amount, priceMode, taxPercent }, money);
}
