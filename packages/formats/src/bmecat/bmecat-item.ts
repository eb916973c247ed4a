import type { CatalogueRow } from "../rows/catalogue-row.ts";

/**
 * What was not taken as it was written, or not at all. Codes are permanent; `README.md` says what each means.
 * Where a value is left out, the warning has it.
 */
export const bmecatWarningCodes = [
  "namespace_unusual",
  "version_unusual",
  "transaction_unknown",
  "doctype_ignored",
  "entity_unresolved",
  "character_disallowed",
  "text_undecodable",
  "element_unused",
  "element_missing",
  "element_repeated",
  "part_number_missing",
  "mode_unknown",
  "language_unknown",
  "text_cut",
  "number_rewritten",
  "number_wrong",
  "gtin_wrong",
  "unit_replaced",
  "unit_unknown",
  "currency_wrong",
  "currency_missing",
  "date_wrong",
  "price_type_unused",
  "price_on_request",
  "price_factor_applied",
  "price_repeated",
  "price_ladder_rises",
  "delivery_term_unknown",
  "class_without_code",
  "feature_unnamed",
  "feature_repeated",
] as const;

export type BmecatWarningCode = (typeof bmecatWarningCodes)[number];

export type BmecatWarning = {
  readonly code: BmecatWarningCode;
  /** Names from the root, as the file writes them: `BMECAT/T_NEW_CATALOG/ARTICLE/ARTICLE_DETAILS/EAN`. */
  readonly path: string;
  readonly line: number;
  /** As written, cut after 200 characters. */
  readonly value: string;
  /** Of the article it is about; null where it is about none. */
  readonly partNumber: string | null;
  readonly message: string;
};

/** What the header says of the whole catalogue. */
export type BmecatCatalogue = {
  readonly version: string | null;
  readonly transaction: "new_catalog" | "update_products" | "update_prices";
  readonly catalogueId: string | null;
  readonly catalogueVersion: string | null;
  readonly name: string | null;
  /** Tags; the first is that of texts which name none. */
  readonly languages: readonly string[];
  readonly currency: string | null;
  readonly supplier: string | null;
  readonly buyer: string | null;
};

export type LocalText = { readonly language: string; readonly text: string };

/** A group of the vendor's own catalogue. */
export type BmecatGroup = { readonly id: string; readonly parent: string | null; readonly names: readonly LocalText[] };

/** A class of a scheme that the file brings along. */
export type BmecatClass = {
  readonly scheme: string;
  readonly code: string;
  readonly parent: string | null;
  readonly names: readonly LocalText[];
};

export type BmecatItem =
  | { readonly kind: "catalogue"; readonly catalogue: BmecatCatalogue }
  | { readonly kind: "group"; readonly group: BmecatGroup }
  | { readonly kind: "class"; readonly class: BmecatClass }
  | { readonly kind: "row"; readonly row: CatalogueRow; readonly line: number }
  /** An article stands in a group, or no longer does. */
  | { readonly kind: "member"; readonly group: string; readonly partNumber: string; readonly withdrawn: boolean }
  | { readonly kind: "warning"; readonly warning: BmecatWarning };

const messages: Readonly<Record<BmecatWarningCode, string>> = {
  namespace_unusual: "The namespace is none of the standard's; it is read by its names.",
  version_unusual: "The version is none of 1.2, 2005 and 2005.1; it is read as the nearest.",
  transaction_unknown: "The transaction is not known; it is read as an update of products.",
  doctype_ignored: "The document type is not read; nothing of it is taken.",
  entity_unresolved: "The entity is not known and stays as it is written.",
  character_disallowed: "XML does not allow the character.",
  text_undecodable: "Some characters do not fit the file's encoding.",
  element_unused: "This is not taken.",
  element_missing: "This should be there and is not.",
  element_repeated: "This may stand here once; the first is taken.",
  part_number_missing: "The article has no number of the supplier and is left out.",
  mode_unknown: "The mode is not known; it is read as an update.",
  language_unknown: "The language is not known; the catalogue's is taken.",
  text_cut: "The text is too long and was cut.",
  number_rewritten: "The number is not written as the standard says and was read nevertheless.",
  number_wrong: "This is no number that can stand here; it is left out.",
  gtin_wrong: "This is no GTIN; it is left out.",
  unit_replaced: "The unit was replaced by its code in Recommendation 20.",
  unit_unknown: "The unit is not known.",
  currency_wrong: "The currency is not known or no longer in force; the price is left out.",
  currency_missing: "The price has no currency; it is left out.",
  date_wrong: "This is no date; it is left out.",
  price_type_unused: "Prices of this type are not taken.",
  price_on_request: "The price changes daily; it is left out, the article is priced on request.",
  price_factor_applied: "The price was multiplied by its factor.",
  price_repeated: "There is a price already for this currency, quantity and period; the first is taken.",
  price_ladder_rises: "The price rises with the quantity; it is left out.",
  delivery_term_unknown: "This is no rule of Incoterms 2020; it is left out.",
  class_without_code: "The class has no code; it is left out.",
  feature_unnamed: "The feature has no name; it is named by its group.",
  feature_repeated: "The feature stands here more than once; its values are put together.",
};

const shownMax = 200;

export function warningAt(
  place: { readonly path: string; readonly line: number; readonly partNumber: string | null },
  code: BmecatWarningCode,
  value: string,
): BmecatWarning {
  const { path, line, partNumber } = place;
  const shown = value.length > shownMax ? `${value.slice(0, shownMax)}…` : value;
  return { code, path, line, value: shown, partNumber, message: messages[code] };
}
