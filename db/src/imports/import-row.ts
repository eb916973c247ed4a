/**
 * What one row of a vendor's file says of one offer: every format is turned into this, staged, and applied from there.
 * It has the members of the formats' `CatalogueRow` that an import writes. Amounts and quantities are canonical decimals
 * of at most six places, units are codes.
 *
 * A member that is absent was not told: what is known stays. Null, or an empty list, was told to be nothing: it goes.
 */
export type ImportRow = {
  /** The vendor's own number of it, by which rows find their offers. */
  readonly partNumber: string;
  /** `replace`: what is not told goes. `merge`: what is told. `withdraw`: it is no longer offered. */
  readonly mode: "replace" | "merge" | "withdraw";
  readonly texts?: readonly ImportedText[];
  /** Fourteen digits and the packing unit that bears them; null for the order unit. */
  readonly gtins?: readonly { readonly gtin: string; readonly unit: string | null }[];
  readonly brand?: string | null;
  readonly manufacturer?: string | null;
  readonly manufacturerPartNumber?: string | null;
  readonly classes?: readonly { readonly scheme: string; readonly code: string }[];
  readonly attributes?: readonly ImportedAttribute[];
  readonly orderUnit?: string;
  /** One order unit holds `num / den` content units. */
  readonly content?: { readonly unit: string; readonly ratio: { readonly num: string; readonly den: string } } | null;
  readonly prices?: readonly ImportedRung[];
  /** Whether rungs that are not among `prices` go as well, though the rest of the offer stays. */
  readonly replacesPrices?: true;
  readonly minQuantity?: string | null;
  readonly multiple?: string | null;
  readonly maxQuantity?: string | null;
  readonly leadTimeDays?: number | null;
  readonly condition?: "new" | "refurbished" | "used";
  readonly deliveryTerm?: { readonly term: string; readonly place: string | null } | null;
  /** In order units. */
  readonly stock?: string | null;
  /** Dates of the price list's zone, the last day included, or instants. */
  readonly validFrom?: string | null;
  readonly validUntil?: string | null;
};

export type ImportedText = {
  readonly language: string;
  readonly name?: string | null;
  readonly description?: string | null;
  readonly keywords?: readonly string[];
};

export type ImportedAttribute = {
  readonly name: string;
  readonly values: readonly string[];
  readonly unit: string | null;
  readonly unitText?: string;
};

/** `amount` for `baseQuantity` order units, from `minQuantity` of them on; null removes the rung. */
export type ImportedRung = {
  readonly currency: string;
  readonly minQuantity: string;
  readonly amount: string | null;
  readonly baseQuantity?: string;
  readonly validFrom?: string;
  readonly validUntil?: string;
};
