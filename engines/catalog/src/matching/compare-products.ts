import { likeness, wholeScore } from "./likeness.ts";
import type { MatchProduct, UnitRatio } from "./match-product.ts";
import type { SharedGtin, VariantPair } from "./pair-variants.ts";
import { baseAmount, pairVariants, sharedGtins } from "./pair-variants.ts";
import type { Agreement } from "./told-values.ts";
import { agreementOf } from "./told-values.ts";

/** What stands behind a verdict, as plain data. */
export type MatchProof = Readonly<Record<string, unknown>>;

/**
 * `merge`          they are one beyond doubt: `pairs` says which variant becomes which
 * `same_product`   they seem to be one; somebody has to look
 * `gtin_conflict`  they bear one GTIN and cannot both be right
 * `apart`          nothing to see
 */
export type MatchVerdict =
  | {
      readonly kind: "merge";
      readonly reason: "gtin";
      readonly score: number;
      readonly pairs: readonly VariantPair[];
      readonly evidence: MatchProof;
    }
  | {
      readonly kind: "same_product";
      readonly reason: "gtin" | "brand_and_part_no" | "likeness";
      readonly score: number;
      readonly evidence: MatchProof;
    }
  | { readonly kind: "gtin_conflict"; readonly reason: "gtin"; readonly score: number; readonly evidence: MatchProof }
  | { readonly kind: "apart" };

/** From here on names and attributes alone are worth a look. */
const likenessMin = 8_000;
const partNumberScore = 9_000;

/**
 * Judges a product against one that was there before it: the GTIN first, then brand and part number, then likeness.
 * Merges only what is exact and without contradiction: a GTIN of the same packaging, the same brand, the same part
 * number, no attribute told differently, and a partner for each variant.
 */
export function compareProducts(found: MatchProduct, other: MatchProduct, ratio: UnitRatio): MatchVerdict {
  const agreement = agreementOf(found.attributes, other.attributes, ratio);
  const gtins = sharedGtins(found, other);
  if (gtins.length > 0) return verdictByGtin({ found, other, agreement, gtins }, ratio);
  const evidence = evidenceOf({ found, other, agreement, gtins });
  const score = likeness(found.names, other.names, agreement);
  if (found.brandKey !== null && found.brandKey === other.brandKey && sharesPartNumber(found, other)) {
    return { kind: "same_product", reason: "brand_and_part_no", score: Math.max(score, partNumberScore), evidence };
  }
  if (score < likenessMin || agreement.contradicting.length > 0) return { kind: "apart" };
  if (differs(found.brandKey, other.brandKey) || partNumbersDiffer(found, other)) return { kind: "apart" };
  return { kind: "same_product", reason: "likeness", score, evidence };
}

type Scene = {
  readonly found: MatchProduct;
  readonly other: MatchProduct;
  readonly agreement: Agreement;
  readonly gtins: readonly SharedGtin[];
};

function verdictByGtin(scene: Scene, ratio: UnitRatio): MatchVerdict {
  const { found, other, agreement, gtins } = scene;
  const differences = [
    ...(gtins.every(({ samePackaging }) => samePackaging) ? [] : ["packaging"]),
    ...(differs(found.brandKey, other.brandKey) ? ["brand"] : []),
    ...(gtins.some(({ from, to }) => differs(from.partNoKey, to.partNoKey)) ? ["part_no"] : []),
  ];
  const evidence = { ...evidenceOf(scene), differences };
  if (differences.length > 0) return { kind: "gtin_conflict", reason: "gtin", score: wholeScore, evidence };
  const told =
    found.brandKey !== null && gtins.every(({ from, to }) => from.partNoKey !== null && to.partNoKey !== null);
  const exact = told && other.brandKey !== null && agreement.contradicting.length === 0;
  const pairs = exact && !variantsContradict(scene, ratio) ? pairVariants(found, other) : null;
  if (pairs !== null) return { kind: "merge", reason: "gtin", score: wholeScore, pairs, evidence };
  return { kind: "same_product", reason: "gtin", score: wholeScore - 1, evidence };
}

function variantsContradict({ gtins }: Scene, ratio: UnitRatio): boolean {
  return gtins.some(({ from, to }) => agreementOf(from.attributes, to.attributes, ratio).contradicting.length > 0);
}

/** Both say it, and otherwise. */
function differs(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

function partNumbersOf({ partNoKey, variants }: MatchProduct): readonly string[] {
  const all = [partNoKey, ...variants.map((variant) => variant.partNoKey)];
  return [...new Set(all.filter((key) => key !== null))];
}

function sharesPartNumber(a: MatchProduct, b: MatchProduct): boolean {
  const others = new Set(partNumbersOf(b));
  return partNumbersOf(a).some((key) => others.has(key));
}

function partNumbersDiffer(a: MatchProduct, b: MatchProduct): boolean {
  return partNumbersOf(a).length > 0 && partNumbersOf(b).length > 0 && !sharesPartNumber(a, b);
}

function evidenceOf({ found, other, agreement, gtins }: Scene): MatchProof {
  const packaging = gtins.map(({ gtin, from, to, fromUnit, toUnit }) => ({
    gtin,
    subject: packagingText(from.baseUnit, fromUnit, baseAmount({ variant: from, unit: fromUnit })),
    other: packagingText(to.baseUnit, toUnit, baseAmount({ variant: to, unit: toUnit })),
  }));
  return {
    gtins: packaging,
    brands: { subject: found.brandKey, other: other.brandKey },
    partNumbers: { subject: partNumbersOf(found), other: partNumbersOf(other) },
    names: { subject: found.names[0] ?? "", other: other.names[0] ?? "" },
    agreed: agreement.agreed,
    contradicting: agreement.contradicting,
  };
}

/** `XBX of 12 H87`. */
function packagingText(baseUnit: string, unit: string, { num, den }: { num: bigint; den: bigint }): string {
  return `${unit} of ${num}${den === 1n ? "" : `/${den}`} ${baseUnit}`;
}
