import type { ExportedOffer } from "@kontor/db";
import type { CatalogueRow, PriceRung } from "@kontor/formats";
import type { Micros } from "@kontor/kernel";
import { formatDecimal, instantOfMicros } from "@kontor/kernel";

/** A price for `priceBaseQuantity` of `unit`, from `minQuantity` of it on; all in millionths. */
export type UnitRung = {
  readonly unit: string;
  readonly priceBaseQuantity: bigint;
  readonly minQuantity: bigint;
  readonly price: bigint;
  readonly validFrom: Micros | null;
  readonly validUntil: Micros | null;
};

/** Rungs as a row has them, and the prices of which no row can say exactly what they are. */
export type SaidRungs = { readonly prices: NonNullable<CatalogueRow["prices"]>; readonly unsaid: readonly string[] };

/** Decimals of millionths without idle zeros. */
export function plain(value: bigint): string {
  const text = formatDecimal(value, 6);
  return text.replace(/\.?0+$/, "");
}

/** Prices for order units: one for pieces is one for the part of a box that so many pieces are, if that has six decimals. */
export function orderUnitRungs(
  { units, row }: Pick<ExportedOffer, "units" | "row">,
  rungs: readonly UnitRung[],
  currency: string,
): SaidRungs {
  const prices: PriceRung[] = [];
  const unsaid: string[] = [];
  const ordered = units.get(row.orderUnit ?? "");
  for (const { unit, priceBaseQuantity, minQuantity, price, validFrom, validUntil } of rungs) {
    const from = units.get(unit);
    const inOrderUnits = (quantity: bigint): bigint | null => {
      if (from === undefined || ordered === undefined) return null;
      const [num, den] = [quantity * from.num * ordered.den, from.den * ordered.num];
      return num % den === 0n ? num / den : null;
    };
    const [base, least] = [inOrderUnits(priceBaseQuantity), inOrderUnits(minQuantity)];
    if (base === null || least === null) {
      unsaid.push(`${plain(price)} ${currency} for ${plain(priceBaseQuantity)} ${unit} from ${plain(minQuantity)}`);
      continue;
    }
    prices.push({
      currency,
      minQuantity: plain(least),
      amount: plain(price),
      baseQuantity: plain(base),
      ...(validFrom !== null && { validFrom: instantOfMicros(validFrom) }),
      ...(validUntil !== null && { validUntil: instantOfMicros(validUntil) }),
    });
  }
  return { prices, unsaid };
}
