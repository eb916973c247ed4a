import type { MatchProduct, MatchVariant } from "./match-product.ts";

/** One GTIN that both bear. `samePackaging`: of as many base units of the same kind. */
export type SharedGtin = {
  readonly gtin: string;
  readonly from: MatchVariant;
  readonly to: MatchVariant;
  readonly fromUnit: string;
  readonly toUnit: string;
  readonly samePackaging: boolean;
};

export function sharedGtins(found: MatchProduct, other: MatchProduct): readonly SharedGtin[] {
  return found.variants.flatMap((from) =>
    from.gtins.flatMap(({ gtin, unit: fromUnit }) =>
      other.variants.flatMap((to) =>
        to.gtins
          .filter((one) => one.gtin === gtin)
          .map(({ unit: toUnit }) => {
            const samePackaging = sameAmount({ variant: from, unit: fromUnit }, { variant: to, unit: toUnit });
            return { gtin, from, to, fromUnit, toUnit, samePackaging };
          }),
      ),
    ),
  );
}

type Packaging = { readonly variant: MatchVariant; readonly unit: string };

/** How many base units a packaging unit holds, as a fraction. */
export function baseAmount({ variant, unit }: Packaging): { readonly num: bigint; readonly den: bigint } {
  const listed = variant.units.find((one) => one.unit === unit);
  return listed ?? { num: 1n, den: 1n };
}

function sameAmount(a: Packaging, b: Packaging): boolean {
  const [left, right] = [baseAmount(a), baseAmount(b)];
  return a.variant.baseUnit === b.variant.baseUnit && left.num * right.den === right.num * left.den;
}

/** Whether one of every unit that both have is the same number of the same base units. */
function unitsAgree(a: MatchVariant, b: MatchVariant): boolean {
  if (a.baseUnit !== b.baseUnit) return false;
  return a.units.every(({ unit }) => {
    const known = unit === b.baseUnit || b.units.some((one) => one.unit === unit);
    return !known || sameAmount({ variant: a, unit }, { variant: b, unit });
  });
}

export type VariantPair = { readonly from: string; readonly to: string };

/**
 * Which variant of `other` each one of `found` is: by a shared GTIN of the same packaging, by the number of the part
 * where one has it, or as the only one of both. Null where one of them has no partner, or two have the same.
 */
export function pairVariants(found: MatchProduct, other: MatchProduct): readonly VariantPair[] | null {
  const shared = sharedGtins(found, other).filter(({ samePackaging }) => samePackaging);
  const pairs: VariantPair[] = [];
  for (const variant of found.variants) {
    const partners = partnersOf(variant, { found, other, shared });
    const [to] = partners;
    if (to === undefined || partners.length > 1 || !unitsAgree(variant, to)) return null;
    pairs.push({ from: variant.variantId, to: to.variantId });
  }
  return new Set(pairs.map(({ to }) => to)).size === pairs.length ? pairs : null;
}

type Scene = { readonly found: MatchProduct; readonly other: MatchProduct; readonly shared: readonly SharedGtin[] };

function partnersOf(variant: MatchVariant, { found, other, shared }: Scene): readonly MatchVariant[] {
  const byGtin = shared.filter(({ from }) => from === variant).map(({ to }) => to);
  if (byGtin.length > 0) return [...new Set(byGtin)];
  if (found.variants.length === 1 && other.variants.length === 1) return other.variants;
  if (variant.partNoKey === null) return [];
  return other.variants.filter(({ partNoKey }) => partNoKey === variant.partNoKey);
}
