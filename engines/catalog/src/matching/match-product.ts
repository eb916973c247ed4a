/* What the match rules look at: two products with all that could make them one, or keep them apart. */

export type ToldAttribute = {
  readonly attribute: string;
  readonly value: string | boolean | readonly string[];
  readonly unit?: string | undefined;
};

export type MatchVariant = {
  readonly variantId: string;
  /** Its own, else its product's; without case, blanks and signs. */
  readonly partNoKey: string | null;
  readonly baseUnit: string;
  /** One of `unit` is `num / den` base units. */
  readonly units: readonly { readonly unit: string; readonly num: bigint; readonly den: bigint }[];
  /** In fourteen digits; those that are unique, which numbers for use in one house are not. */
  readonly gtins: readonly { readonly gtin: string; readonly unit: string }[];
  readonly attributes: readonly ToldAttribute[];
};

export type MatchProduct = {
  readonly productId: string;
  readonly brandKey: string | null;
  readonly partNoKey: string | null;
  /** One per language. */
  readonly names: readonly string[];
  readonly attributes: readonly ToldAttribute[];
  readonly variants: readonly MatchVariant[];
};

/** How many of `to` one of `from` is, exactly; null where that cannot be told. */
export type UnitRatio = (from: string, to: string) => { readonly num: bigint; readonly den: bigint } | null;
