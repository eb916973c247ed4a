import type { MatchProduct, MatchVariant, UnitRatio } from "../../src/matching/match-product.ts";

/** Kilograms and grams convert; nothing else does. */
export const ratio: UnitRatio = (from, to) => {
  if (from === to) return { num: 1n, den: 1n };
  if (from === "KGM" && to === "GRM") return { num: 1000n, den: 1n };
  return from === "GRM" && to === "KGM" ? { num: 1n, den: 1000n } : null;
};

export function variant(changes: Partial<MatchVariant> = {}): MatchVariant {
  return {
    variantId: "v1",
    partNoKey: "gsr18v55",
    baseUnit: "H87",
    units: [{ unit: "XBX", num: 12n, den: 1n }],
    gtins: [{ gtin: "04006381333931", unit: "H87" }],
    attributes: [],
    ...changes,
  };
}

export function product(changes: Partial<MatchProduct> = {}): MatchProduct {
  return {
    productId: "p1",
    brandKey: "bosch",
    partNoKey: "gsr18v55",
    names: ["Cordless drill GSR 18V-55 solo"],
    attributes: [{ attribute: "Weight", value: "1.1", unit: "KGM" }],
    variants: [variant()],
    ...changes,
  };
}
