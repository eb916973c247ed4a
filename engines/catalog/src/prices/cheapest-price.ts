import type { Ratio } from "../quantities/ratio.ts";
import { compare, divide, multiply } from "../quantities/ratio.ts";
import { one, wholePercent } from "../quantities/scales.ts";
import { ratioBetween } from "../quantities/units.ts";
import { compareTexts } from "./candidate.ts";
import type { PricedOffer } from "./price-book.ts";
import type { Priced, PriceResolution } from "./resolution.ts";

export type OfferPrice = {
  readonly offer: PricedOffer;
  readonly taxPercent: bigint;
  readonly resolution: PriceResolution;
};

/** The price without tax of one base unit, in millionths of the currency; null where the price's unit tells none. */
export function netPerBaseUnit(priced: Priced, offer: PricedOffer, taxPercent: bigint): Ratio | null {
  const { unitPrice, priceMode, basis } = priced;
  const baseUnits = ratioBetween(offer.units, basis.unit, offer.units.base);
  if (baseUnits === null) return null;
  const perUnit = divide({ num: unitPrice * one, den: basis.priceBaseQuantity }, baseUnits);
  return priceMode === "net" ? perUnit : multiply(perUnit, { num: wholePercent, den: wholePercent + taxPercent });
}

/** Which of a product's offers sets its "from" price: the cheapest of those that have one; null when none has. */
export function cheapestOf(prices: readonly OfferPrice[]): OfferPrice | null {
  let best: { readonly price: OfferPrice; readonly cost: Ratio } | null = null;
  for (const price of prices) {
    if (price.resolution.outcome !== "priced") continue;
    const cost = netPerBaseUnit(price.resolution, price.offer, price.taxPercent);
    if (cost === null) continue;
    const order = best === null ? -1 : compare(cost, best.cost) || compareTexts(price.offer.id, best.price.offer.id);
    if (order < 0) best = { price, cost };
  }
  return best?.price ?? null;
}
