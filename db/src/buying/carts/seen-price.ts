import type { SeenPrice } from "@kontor/catalog";
import type { SeenPriceRow } from "../../schema/catalog-buying.ts";

/** A price as it is kept beside a line. */
export function seenRowOf({ unitPrice, currency, priceMode, basis }: SeenPrice): SeenPriceRow {
  const { priceBaseQuantity, unit, ratio } = basis;
  return {
    unitPrice: String(unitPrice),
    currency,
    priceMode,
    basis: {
      priceBaseQuantity: String(priceBaseQuantity),
      unit,
      ratio: { num: String(ratio.num), den: String(ratio.den) },
    },
  };
}

export function seenPriceOf({ unitPrice, currency, priceMode, basis }: SeenPriceRow): SeenPrice {
  const { priceBaseQuantity, unit, ratio } = basis;
  return {
    unitPrice: BigInt(unitPrice),
    currency,
    priceMode,
    basis: {
      priceBaseQuantity: BigInt(priceBaseQuantity),
      unit,
      ratio: { num: BigInt(ratio.num), den: BigInt(ratio.den) },
    },
  };
}
