import type { PriceMode } from "../prices/price-book.ts";
import type { PriceBasis } from "../prices/price-question.ts";
import { roundRatio } from "../quantities/rounding.ts";
import { one, wholePercent } from "../quantities/scales.ts";
import type { Money } from "./money.ts";
import { smallestUnits } from "./money.ts";

/** A price with all that makes an amount of it. */
export type AmountQuestion = {
  readonly unitPrice: bigint;
  readonly basis: PriceBasis;
  /** In the ordered unit. */
  readonly quantity: bigint;
};

/**
 * Quantity times price, rounded once. The quantity is converted into the price's unit, never the price: a price per
 * pack stays exact for pieces.
 */
export function amountOf({ unitPrice, basis, quantity }: AmountQuestion, money: Money): bigint {
  const { ratio, priceBaseQuantity } = basis;
  const num = quantity * ratio.num * unitPrice * smallestUnits(money);
  return roundRatio(num, ratio.den * priceBaseQuantity * one, money.rounding);
}

export type LineAmounts = { readonly net: bigint; readonly tax: bigint; readonly gross: bigint };

export type TaxedAmount = {
  readonly amount: bigint;
  readonly priceMode: PriceMode;
  readonly taxPercent: bigint;
};

/** Net, tax and gross of a line: what the price mode says is the amount, the tax is the difference to the other. */
export function lineAmounts({ amount, priceMode, taxPercent }: TaxedAmount, { rounding }: Money): LineAmounts {
  if (priceMode === "net") {
    const tax = roundRatio(amount * taxPercent, wholePercent, rounding);
    return { net: amount, tax, gross: amount + tax };
  }
  const net = roundRatio(amount * wholePercent, wholePercent + taxPercent, rounding);
  return { net, tax: amount - net, gross: amount };
}

/**
 * The net unit price that a document shows beside a net line, in millionths for `priceBaseQuantity` of the price's unit.
 * A gross price gives one with more digits than the currency has: the line is what was rounded, not the unit.
 */
export function netUnitPrice(
  net: bigint,
  { basis, quantity }: Omit<AmountQuestion, "unitPrice">,
  money: Money,
): bigint {
  const { ratio, priceBaseQuantity } = basis;
  const num = net * priceBaseQuantity * ratio.den * one;
  return roundRatio(num, quantity * ratio.num * smallestUnits(money), money.rounding);
}
