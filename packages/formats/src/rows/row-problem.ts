/** What is wrong with a row or a cell of it. Codes are permanent; `README.md` says what each means. */
export const rowProblemCodes = [
  "quote_unclosed",
  "quote_misplaced",
  "cells_extra",
  "json_malformed",
  "json_not_object",
  "text_undecodable",
  "formula_error",
  "value_missing",
  "value_too_long",
  "number_malformed",
  "number_ambiguous",
  "number_not_text",
  "number_not_positive",
  "number_negative",
  "number_not_whole",
  "number_scale_exceeded",
  "number_too_large",
  "gtin_length_wrong",
  "gtin_character_wrong",
  "gtin_part_wrong",
  "gtin_check_digit_wrong",
  "unit_unknown",
  "currency_unknown",
  "currency_withdrawn",
  "currency_missing",
  "ratio_malformed",
  "content_incomplete",
  "tier_incomplete",
  "tier_repeated",
  "price_ladder_rises",
  "quantity_order_wrong",
  "date_malformed",
  "date_ambiguous",
  "period_reversed",
  "condition_unknown",
  "delivery_term_unknown",
  "delivery_place_alone",
  "address_malformed",
] as const;

export type RowProblemCode = (typeof rowProblemCodes)[number];

export type RowProblem = {
  /** The row's number in the file, and the column's name; null where the row as a whole is meant. */
  readonly row: number;
  readonly column: string | null;
  /** The cell as written, cut after 200 characters. */
  readonly value: string;
  readonly code: RowProblemCode;
  readonly message: string;
  /** What to write instead. */
  readonly hint: string;
};

/** A problem before it is known where it stands. */
export type CellFault = { readonly code: RowProblemCode; readonly hint: string };

const messages: Readonly<Record<RowProblemCode, string>> = {
  quote_unclosed: "A quote is opened and never closed.",
  quote_misplaced: "Text follows a closing quote.",
  cells_extra: "The row has more cells than there are columns.",
  json_malformed: "The line is no JSON.",
  json_not_object: "The line is JSON, but no object.",
  text_undecodable: "Some characters do not fit the file's encoding.",
  formula_error: "The spreadsheet shows an error instead of a value.",
  value_missing: "A value is missing.",
  value_too_long: "The text is too long.",
  number_malformed: "This is no number.",
  number_ambiguous: "The number can be read in two ways.",
  number_not_text: "Money and quantities are not taken from JSON numbers.",
  number_not_positive: "The number is not above zero.",
  number_negative: "The number is below zero.",
  number_not_whole: "The number is not whole.",
  number_scale_exceeded: "The number has more than six decimal places.",
  number_too_large: "The number is too large.",
  gtin_length_wrong: "A GTIN has 8, 12, 13 or 14 digits.",
  gtin_character_wrong: "A GTIN has digits alone.",
  gtin_part_wrong: "This GTIN is never given out.",
  gtin_check_digit_wrong: "The check digit of the GTIN does not fit.",
  unit_unknown: "The unit is not known.",
  currency_unknown: "The currency is not known.",
  currency_withdrawn: "The currency is no longer in force.",
  currency_missing: "The price has no currency.",
  ratio_malformed: "This is no ratio.",
  content_incomplete: "Content unit and content per order unit belong together.",
  tier_incomplete: "The price of a tier has no quantity.",
  tier_repeated: "Two prices begin at the same quantity.",
  price_ladder_rises: "The price rises with the quantity.",
  quantity_order_wrong: "The maximum is below the minimum.",
  date_malformed: "This is no date.",
  date_ambiguous: "The date can be read in two ways.",
  period_reversed: "The period ends before it begins.",
  condition_unknown: "The condition is not known.",
  delivery_term_unknown: "This is no rule of Incoterms 2020.",
  delivery_place_alone: "The delivery place has no delivery term.",
  address_malformed: "This is no address of a file.",
};

const shownMax = 200;

export function problemAt(
  place: { readonly row: number; readonly column: string | null },
  value: string,
  fault: CellFault,
): RowProblem {
  const shown = value.length > shownMax ? `${value.slice(0, shownMax)}…` : value;
  return { ...place, value: shown, code: fault.code, message: messages[fault.code], hint: fault.hint };
}
