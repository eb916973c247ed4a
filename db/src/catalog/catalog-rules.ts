import type { CatalogueRow, MatchProduct, MatchVerdict } from "@kontor/catalog";

/** What the catalogue's engine says about the keys of what is kept, and about products that may be one. */
export type CatalogRules = {
  /** Of a part number or a brand's name: without case, blanks and signs. */
  readonly keyOf: (text: string) => string;
  readonly compare: (found: MatchProduct, other: MatchProduct) => MatchVerdict;
  /** Which variant of the other each one is; null where they do not go together. */
  readonly pair: (
    found: MatchProduct,
    other: MatchProduct,
  ) => readonly { readonly from: string; readonly to: string }[] | null;
  /** False for numbers that companies give out for their own use. */
  readonly isUniqueGtin: (gtin14: string) => boolean;
  readonly rowKey: (row: CatalogueRow) => string;
  readonly clonedShare: (counts: {
    readonly own: number;
    readonly other: number;
    readonly same: number;
  }) => number | null;
};
