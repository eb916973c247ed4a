/**
 * What only an import finds wrong with a row, or with a file as a whole, beside the codes of the formats and of the
 * problem registry. Codes are permanent; a message says what is wrong, a hint beside it what to do.
 */
export const importFaults = {
  name_missing: "A new article needs a name.",
  order_unit_missing: "A new article needs the unit that it is ordered in.",
  part_number_repeated: "The part number came before in this file.",
  price_list_missing: "Nobody said which price list prices go into.",
  currency_not_of_list: "The price is not in the currency of the list.",
  price_period_wrong: "There is no such period.",
  stock_not_exact: "The stock is no exact number of base units.",
  value_too_long: "The text is too long.",
  import_rows_failed: "Some rows cannot be taken, so that nothing was applied.",
  import_rows_too_many: "The file has more rows than are applied all or none.",
} as const satisfies Readonly<Record<string, string>>;

export type ImportFaultCode = keyof typeof importFaults;
