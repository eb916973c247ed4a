import type { CatalogRejection } from "@kontor/protocol";
import type { AgreementLink, OrderedQuantity, PriceBasis } from "../prices/price-question.ts";
import type { Priced, PriceResolution } from "../prices/resolution.ts";
import { priceText } from "../quantities/exact-text.ts";
import { roundRatio } from "../quantities/rounding.ts";
import { one } from "../quantities/scales.ts";
import type { TaxCategory } from "./document-totals.ts";
import type { LineAmounts } from "./line-amounts.ts";
import { amountOf, lineAmounts } from "./line-amounts.ts";
import type { Money } from "./money.ts";

/** A price as a buyer saw it. */
export type SeenPrice = Pick<Priced, "unitPrice" | "currency" | "priceMode" | "basis">;

export type LineToFreeze = {
  readonly ordered: OrderedQuantity;
  readonly vendorId: string;
  readonly resolution: PriceResolution;
  /** What the buyer agreed to; null where nobody has seen a price before, as with an order by a standing instruction. */
  readonly consented: SeenPrice | null;
  readonly tax: TaxCategory;
  readonly agreement: AgreementLink | null;
};

/** A line of a purchase order. Nothing in it follows later changes of lists, rates or agreements. */
export type FrozenLine = {
  readonly ordered: OrderedQuantity;
  readonly vendorId: string;
  /** The quantity that is paid for, where it is weighed: in the price's own unit. Null: what was ordered. */
  readonly weighed: bigint | null;
  readonly price: Omit<Priced, "outcome">;
  readonly tax: TaxCategory;
  readonly amounts: LineAmounts;
  readonly money: Money;
  readonly agreement: AgreementLink | null;
};

export type FreezeAnswer =
  | { readonly kind: "frozen"; readonly line: FrozenLine }
  | { readonly kind: "rejected"; readonly rejection: CatalogRejection };

/** Makes a priced line an order's. A price that is not the one that the buyer agreed to needs his consent first. */
export function freezeLine(line: LineToFreeze, money: Money): FreezeAnswer {
  const { ordered, vendorId, resolution, consented, tax, agreement } = line;
  if (resolution.outcome === "on_request") return { kind: "rejected", rejection: { code: "price_on_request" } };
  if (consented !== null && !isSamePrice(consented, resolution)) {
    const [before, after] = [pricePerOrdered(consented), pricePerOrdered(resolution)];
    return { kind: "rejected", rejection: { code: "price_changed", currency: resolution.currency, before, after } };
  }
  const { outcome: _priced, ...price } = resolution;
  const amounts = amountsOf(price, { quantity: ordered.quantity, tax }, money);
  return { kind: "frozen", line: { ordered, vendorId, weighed: null, price, tax, amounts, money, agreement } };
}

/** The same line with what was weighed at delivery, in the price's own unit: price, tax and trace stay as frozen. */
export function weighLine(line: FrozenLine, weighed: bigint): FrozenLine {
  const { unitPrice, basis, priceMode } = line.price;
  const inPriceUnit: PriceBasis = { ...basis, ratio: { num: 1n, den: 1n } };
  const price = { unitPrice, priceMode, basis: inPriceUnit };
  return { ...line, weighed, amounts: amountsOf(price, { quantity: weighed, tax: line.tax }, line.money) };
}

type Taxed = { readonly quantity: bigint; readonly tax: TaxCategory };

function amountsOf(price: Omit<SeenPrice, "currency">, { quantity, tax }: Taxed, money: Money): LineAmounts {
  const { unitPrice, basis, priceMode } = price;
  const amount = amountOf({ unitPrice, basis, quantity }, money);
  return lineAmounts({ amount, priceMode, taxPercent: tax.percent }, money);
}

/** Whether one ordered unit costs the same, however the price is put. */
function isSamePrice(a: SeenPrice, b: SeenPrice): boolean {
  if (a.currency !== b.currency || a.priceMode !== b.priceMode) return false;
  return costFactor(a, b) === costFactor(b, a);
}

/** As text, to six decimals: the two prices may be put per different quantities. */
function pricePerOrdered({ unitPrice, basis: { ratio, priceBaseQuantity } }: SeenPrice): string {
  return priceText(roundRatio(unitPrice * ratio.num * one, ratio.den * priceBaseQuantity, "half_up"));
}

function costFactor(of: SeenPrice, other: SeenPrice): bigint {
  return of.unitPrice * of.basis.ratio.num * other.basis.priceBaseQuantity * other.basis.ratio.den;
}
