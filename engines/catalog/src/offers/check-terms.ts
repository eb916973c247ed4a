import { parseDecimal } from "@kontor/kernel";
import type { Judged } from "../products/told-faults.ts";
import { faulty, fine } from "../products/told-faults.ts";
import { quantityText } from "../quantities/exact-text.ts";
import { quantityScale } from "../quantities/scales.ts";

/** Quantities as decimal text, in order units. */
export type SentTerms = {
  readonly orderUnit: string;
  readonly minQuantity: string;
  readonly multiple?: string | undefined;
  readonly maxQuantity?: string | undefined;
};

/** A unit that may be ordered, with the decimal places of quantities in it. */
export type SoldUnit = { readonly unit: string; readonly decimals: number };

export type OfferQuantities = {
  readonly minQuantity: bigint;
  readonly multiple: bigint | null;
  readonly maxQuantity: bigint | null;
};

/**
 * How much of an offer is sold at a time, in millionths of its order unit.
 *
 * Errors  by precedence: `unit_not_of_variant` with the units it is sold in, `quantity_scale_exceeded`,
 *         `quantity_terms_inconsistent` where the minimum or the maximum is
 *         no multiple, with the nearest ones that are, or where the maximum is below the minimum.
 */
export function checkOfferTerms(sent: SentTerms, units: readonly SoldUnit[]): Judged<OfferQuantities> {
  const ordered = units.find(({ unit }) => unit === sent.orderUnit);
  if (ordered === undefined) {
    const choices = units.map(({ unit }) => unit);
    return faulty("unit_not_of_variant", "/orderUnit", { unit: sent.orderUnit, choices });
  }
  const { decimals } = ordered;
  for (const name of ["minQuantity", "multiple", "maxQuantity"] as const) {
    const text = sent[name];
    if (text === undefined || typeof parseDecimal(text, decimals) === "bigint") continue;
    return faulty("quantity_scale_exceeded", `/${name}`, { unit: sent.orderUnit, decimals });
  }
  const minimum = millionths(sent.minQuantity) ?? 0n;
  const [multiple, maximum] = [millionths(sent.multiple), millionths(sent.maxQuantity)];
  if (multiple !== null && minimum % multiple !== 0n) return notMultiple("/minQuantity", minimum, multiple);
  if (maximum !== null && maximum < minimum) {
    return faulty("quantity_terms_inconsistent", "/maxQuantity", { limit: quantityText(minimum) });
  }
  if (multiple !== null && maximum !== null && maximum % multiple !== 0n) {
    return notMultiple("/maxQuantity", maximum, multiple);
  }
  return fine({ minQuantity: minimum, multiple, maxQuantity: maximum });
}

function notMultiple(pointer: string, quantity: bigint, multiple: bigint) {
  const below = (quantity / multiple) * multiple;
  const neighbours = { below: below === 0n ? null : quantityText(below), above: quantityText(below + multiple) };
  return faulty("quantity_terms_inconsistent", pointer, { multiple: quantityText(multiple), neighbours });
}

/** Null for what is left out; the wire takes no other texts than these quantities. */
function millionths(text: string | undefined): bigint | null {
  const quantity = text === undefined ? null : parseDecimal(text, quantityScale);
  return typeof quantity === "bigint" ? quantity : null;
}
