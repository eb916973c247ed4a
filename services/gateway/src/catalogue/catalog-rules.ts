import type { CodeLists } from "@kontor/catalog";
import { clonedShare, compareProducts, pairVariants, partNumberKey, rowKey } from "@kontor/catalog";
import type { CatalogRules } from "@kontor/db";
import { checkGtin, gtinFacts, ratioBetween, unitCodeOf, unitOf } from "@kontor/standards";

/** The engine's questions about units and numbers, answered by the lists. */
export const codeLists: CodeLists = {
  isUnit: (code) => unitOf(code)?.status === "active",
  unitMeant: unitCodeOf,
  unitRatio: ratioBetween,
  checkGtin,
};

/** What the database asks of the catalogue's engine. */
export const catalogRules: CatalogRules = {
  keyOf: partNumberKey,
  compare: (found, other) => compareProducts(found, other, ratioBetween),
  pair: pairVariants,
  isUniqueGtin: (gtin) => {
    const { inHouse, coupon } = gtinFacts(gtin);
    return !(inHouse || coupon);
  },
  rowKey,
  clonedShare,
};
