import { headerTokens, meaningOf } from "../mapping/header-words.ts";
import type { Table } from "../table/table.ts";

/** Columns by their names. Of several with numbers, a row is read by the first that it has filled. */
export type OrderColumns = {
  readonly partNumbers: readonly string[];
  readonly quantity: string;
  readonly unit: string | null;
};

/** What somebody says about his file; what he leaves out is looked for. */
export type ToldOrderColumns = {
  readonly partNumber?: string | undefined;
  readonly quantity?: string | undefined;
  readonly unit?: string | undefined;
};

/** The column that could not be found. */
export type ColumnMissing = { readonly missing: "partNumber" | "quantity" | "unit" };

const quantityWords = new Set(
  `menge bestellmenge anzahl stueckzahl stueck stk quantity qty orderquantity orderqty amount count pieces pcs`.split(
    " ",
  ),
);
/** By precedence: the buyer's own number was given by whoever orders. */
const numberMeanings = ["buyer_part_number", "part_number", "gtin"] as const;

/** Whose cells are numbers and quantities: by what was told, by names, and of two columns the first and the second. */
export function orderColumnsOf(
  { columns, headerRow, format }: Pick<Table, "columns" | "headerRow" | "format">,
  told: ToldOrderColumns = {},
): OrderColumns | ColumnMissing {
  const names = columns.map(({ name }) => name);
  for (const member of ["partNumber", "quantity", "unit"] as const) {
    const name = told[member];
    if (name !== undefined && !names.includes(name)) return { missing: member };
  }
  const named = (meaning: string): string | undefined => names.find((name) => meaningOf(joined(name)) === meaning);
  const quantity = told.quantity ?? names.find((name) => quantityWords.has(joined(name)));
  const numbers =
    told.partNumber === undefined ? numberMeanings.flatMap((each) => named(each) ?? []) : [told.partNumber];
  const unit = told.unit ?? named("order_unit") ?? null;
  return completed(names, { numbers, quantity, unit, isUnnamed: headerRow === null && format !== "ndjson" });
}

function joined(name: string): string {
  return headerTokens(name).join("");
}

type Found = {
  readonly numbers: readonly string[];
  readonly quantity: string | undefined;
  readonly unit: string | null;
  readonly isUnnamed: boolean;
};

/** What is left of two columns is the other one; where nothing has a name, the order of pastes holds. */
function completed(names: readonly string[], found: Found): OrderColumns | ColumnMissing {
  const { numbers, quantity, unit, isUnnamed } = found;
  const left = names.filter((name) => !numbers.includes(name) && name !== quantity && name !== unit);
  const known = numbers.length + (quantity === undefined ? 0 : 1);
  const free = isUnnamed || left.length + known <= 2 ? left : [];
  const partNumbers = numbers.length > 0 ? numbers : free.slice(0, 1);
  const amount = quantity ?? free.find((name) => !partNumbers.includes(name));
  if (partNumbers.length === 0) return { missing: "partNumber" };
  return amount === undefined ? { missing: "quantity" } : { partNumbers, quantity: amount, unit };
}
