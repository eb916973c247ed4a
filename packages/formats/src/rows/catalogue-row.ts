/**
 * What one row of a file says of one offer, whatever the file's format. Amounts and quantities are canonical decimals,
 * units are codes of UN/CEFACT Recommendation 20.
 *
 * A member that is absent was not told: what is known stays. Null, or an empty list, was told to be nothing: it goes.
 */
export type CatalogueRow = {
  /** The vendor's own number of it, by which rows find their offers. */
  readonly partNumber: string;
  /** `replace`: the whole offer, and what is not told goes. `merge`: what is told. `withdraw`: it is no longer offered. */
  readonly mode: "replace" | "merge" | "withdraw";
  readonly texts?: readonly ProductText[];
  readonly gtins?: readonly PackagedGtin[];
  readonly brand?: string | null;
  readonly manufacturer?: string | null;
  readonly manufacturerPartNumber?: string | null;
  readonly classes?: readonly ClassCode[];
  readonly attributes?: readonly AttributeText[];
  readonly orderUnit?: string;
  /** One order unit holds `ratio` content units. */
  readonly content?: { readonly unit: string; readonly ratio: RatioText } | null;
  readonly prices?: readonly PriceRung[];
  /** Whether rungs that are not among `prices` go as well, though the rest of the offer stays. */
  readonly replacesPrices?: true;
  readonly minQuantity?: string | null;
  readonly multiple?: string | null;
  readonly maxQuantity?: string | null;
  readonly leadTimeDays?: number | null;
  readonly condition?: "new" | "refurbished" | "used";
  /** A rule of Incoterms 2020 and its place. */
  readonly deliveryTerm?: { readonly term: string; readonly place: string | null } | null;
  readonly stock?: string | null;
  readonly buyerPartNumbers?: readonly BuyerPartNumber[];
  readonly files?: readonly CatalogueFile[];
  /** A date `YYYY-MM-DD`, or an instant. A date is one of the price list's zone; the last date is still valid. */
  readonly validFrom?: string | null;
  readonly validUntil?: string | null;
};

/** `language` is a tag such as `de`. */
export type ProductText = {
  readonly language: string;
  readonly name?: string | null;
  readonly description?: string | null;
  readonly keywords?: readonly string[];
};

/** Fourteen digits, and the packing unit that bears them; null for the article itself. */
export type PackagedGtin = { readonly gtin: string; readonly unit: string | null };

export type ClassCode = { readonly scheme: string; readonly code: string };

/** `unit` is a code, or null; `unitText` what was written where no unit is known by it. No values: it is told to have none. */
export type AttributeText = {
  readonly name: string;
  readonly values: readonly string[];
  readonly unit: string | null;
  readonly unitText?: string;
};

/** An exact fraction of whole numbers. */
export type RatioText = { readonly num: string; readonly den: string };

/**
 * One rung of a price ladder: `amount` for `baseQuantity` order units, from `minQuantity` of them on. An amount of null
 * removes the rung; rungs that are not told stay. A base that is not told stays as well, and is 1 of a new rung.
 */
export type PriceRung = {
  readonly currency: string;
  readonly minQuantity: string;
  readonly amount: string | null;
  readonly baseQuantity?: string;
  readonly validFrom?: string;
  readonly validUntil?: string;
};

/** `buyer` is what the file calls the company; null where the file is for one buyer alone. */
export type BuyerPartNumber = { readonly buyer: string | null; readonly partNumber: string };

export const fileKinds = ["picture", "data_sheet", "safety_data_sheet", "certificate", "manual", "other"] as const;
export type FileKind = (typeof fileKinds)[number];

export type CatalogueFile = {
  readonly kind: FileKind;
  /** As written: an address, or a name below the place that the vendor keeps his files in. */
  readonly address: string;
  readonly title?: string;
  readonly mediaType?: string;
};
