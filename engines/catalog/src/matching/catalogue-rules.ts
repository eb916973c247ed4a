import type { CodeLists } from "../products/code-lists.ts";
import { clonedShare, rowKey } from "./cloned-catalogues.ts";
import { compareProducts } from "./compare-products.ts";
import type { MatchProduct } from "./match-product.ts";
import { pairVariants } from "./pair-variants.ts";
import { partNumberKey } from "./part-number-key.ts";

export type MatchLists = Pick<CodeLists, "unitRatio"> & {
  /** False for numbers that companies give out for their own use. */
  readonly isUniqueGtin: (gtin14: string) => boolean;
};

/** What is asked of products that are stored, by whoever stores them: one by one, or as rows of a file. */
export function catalogueRules({ unitRatio, isUniqueGtin }: MatchLists) {
  return {
    keyOf: partNumberKey,
    compare: (found: MatchProduct, other: MatchProduct) => compareProducts(found, other, unitRatio),
    pair: pairVariants,
    isUniqueGtin,
    rowKey,
    clonedShare,
  };
}
