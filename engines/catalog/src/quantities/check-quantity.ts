import type { CatalogRejection } from "@kontor/protocol";
import { quantityText } from "./exact-text.ts";
import type { EffectiveTerms, QuantityTerm, QuantityTerms } from "./quantity-terms.ts";
import { effectiveTerms } from "./quantity-terms.ts";
import { multiply, whole } from "./ratio.ts";
import { gridOf, neighboursOf, sellableQuantities } from "./sellable-quantities.ts";
import type { VariantUnits } from "./units.ts";
import { ratioBetween, variantUnit } from "./units.ts";

export type QuantityQuestion = {
  readonly quantity: bigint;
  readonly unit: string;
  readonly units: VariantUnits;
  /** Nearest agreement first, the offer's own last. */
  readonly terms: readonly QuantityTerms[];
};

/** Why the quantity may not be ordered, with the nearest ones that may; null when it may. */
export function checkQuantity({ quantity, unit, units, terms }: QuantityQuestion): CatalogRejection | null {
  const sold = variantUnit(units, unit);
  const effective = effectiveTerms(terms);
  const sellable = sellableQuantities(effective, units, unit);
  if (sold === null || sellable === null) return { code: "unit_not_sold", unit, choices: soldUnits(units) };
  const refusal = refusalOf(quantity, effective, { units, unit, grid: gridOf(sold.decimals) });
  if (refusal === null) return null;
  const { below, above } = neighboursOf(quantity, sellable);
  const text = (value: bigint | null): string | null => (value === null ? null : quantityText(value));
  return { ...refusal, neighbours: { below: text(below), above: text(above) } };
}

function soldUnits(units: VariantUnits): readonly string[] {
  return [...new Set([units.base, ...units.others.keys()])].filter((unit) => variantUnit(units, unit)?.sold).sort();
}

type Ordered = { readonly units: VariantUnits; readonly unit: string; readonly grid: bigint };

function refusalOf(
  quantity: bigint,
  { minimum, multiple, maximum }: EffectiveTerms,
  ordered: Ordered,
): CatalogRejection | null {
  if (quantity <= 0n) return { code: "quantity_not_positive", unit: ordered.unit };
  if (quantity % ordered.grid !== 0n) {
    return { code: "quantity_scale_exceeded", unit: ordered.unit, limit: quantityText(ordered.grid) };
  }
  if (minimum !== null && sideOf(quantity, ordered, minimum) === "below") {
    return { code: "quantity_below_minimum", ...limitOf(minimum) };
  }
  if (maximum !== null && sideOf(quantity, ordered, maximum) === "above") {
    return { code: "quantity_above_maximum", ...limitOf(maximum) };
  }
  if (multiple !== null && !isMultiple(quantity, ordered, multiple)) {
    return { code: "quantity_not_multiple", ...limitOf(multiple) };
  }
  return null;
}

function limitOf({ quantity, unit }: QuantityTerm): Pick<CatalogRejection, "limit" | "unit"> {
  return { limit: quantityText(quantity), unit };
}

/** The ordered quantity against a term, both in the term's unit. */
function sideOf(quantity: bigint, { units, unit }: Ordered, term: QuantityTerm): "below" | "equal" | "above" | null {
  const ratio = ratioBetween(units, unit, term.unit);
  if (ratio === null) return null;
  const { num, den } = multiply(whole(quantity), ratio);
  if (num === term.quantity * den) return "equal";
  return num < term.quantity * den ? "below" : "above";
}

function isMultiple(quantity: bigint, { units, unit }: Ordered, term: QuantityTerm): boolean {
  const ratio = ratioBetween(units, unit, term.unit);
  return ratio !== null && (quantity * ratio.num) % (ratio.den * term.quantity) === 0n;
}
