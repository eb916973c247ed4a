import { checkGtin, currencyOf } from "@kontor/standards";
import type { Table } from "../table/table.ts";
import { headerTargetOf } from "./header-target.ts";
import type { ColumnMapping, ConstantMapping, FieldTarget, Mapping } from "./mapping.ts";
import { targetKey } from "./mapping.ts";

export type SuggestedMapping = {
  readonly mapping: Mapping;
  /** Columns whose cells were looked at because their name told nothing. */
  readonly byContent: readonly string[];
  /** Columns that nothing is known of: they are read by nobody until somebody says what they are. */
  readonly unmapped: readonly string[];
};

export type SuggestionOptions = {
  /** Of texts whose column names no language. */
  readonly language: string;
  /** Of prices, where no column and no header tells it. */
  readonly currency?: string;
};

/** A mapping for a file that comes for the first time, by its column names in German or English, and by its cells. */
export function suggestMapping(table: Pick<Table, "columns" | "sample">, options: SuggestionOptions): SuggestedMapping {
  const columns: ColumnMapping[] = [];
  const constants: ConstantMapping[] = [];
  const byContent: string[] = [];
  const unmapped: string[] = [];
  const taken = new Set<string>();
  const take = (target: FieldTarget): boolean => {
    const key = targetKey(target);
    if (taken.has(key) && key !== "file") return false;
    taken.add(key);
    return true;
  };
  let currency = options.currency;
  for (const [place, { name }] of table.columns.entries()) {
    const told = headerTargetOf(name, options.language);
    if (told !== null && take(told.target)) {
      columns.push({ ...told.target, column: name });
      if (told.currency !== undefined) currency = told.currency;
      if (told.fromQuantity !== undefined && told.target.field === "price") {
        const quantity: FieldTarget = { field: "tier_quantity", tier: told.target.tier };
        if (take(quantity)) constants.push({ ...quantity, constant: told.fromQuantity });
      }
      continue;
    }
    const seen = told === null ? contentTargetOf(table.sample.map(({ cells }) => cells[place] ?? "")) : null;
    if (seen !== null && take(seen)) {
      columns.push({ ...seen, column: name });
      byContent.push(name);
    } else unmapped.push(name);
  }
  const priced = columns.some(({ field }) => field === "price");
  if (priced && currency !== undefined && !taken.has("currency"))
    constants.push({ field: "currency", constant: currency });
  return {
    mapping: withPairedTiers({ columns, constants, decimalMark: null, dateFormat: null, unitAliases: {} }),
    byContent,
    unmapped,
  };
}

/** Numbers with fitting check digits are GTINs, codes of currencies currencies, whatever their column is called. */
function contentTargetOf(cells: readonly string[]): FieldTarget | null {
  const filled = cells.filter((cell) => cell.trim() !== "");
  const share = (fits: (cell: string) => boolean): boolean =>
    filled.length >= 3 && filled.filter(fits).length >= filled.length * 0.9;
  if (share((cell) => /^\d{8,14}$/.test(cell.trim()) && checkGtin(cell).ok)) return { field: "gtin", unit: null };
  if (share((cell) => /^[A-Z]{3}$/.test(cell.trim()) && currencyOf(cell.trim()) !== null)) return { field: "currency" };
  return null;
}

/** A quantity without a price of its number belongs to none: one alone is the minimum, others are left to people. */
function withPairedTiers(mapping: Mapping): Mapping {
  const priced = new Set(mapping.columns.flatMap((column) => (column.field === "price" ? [column.tier] : [])));
  const columns = mapping.columns.filter((column) => column.field !== "tier_quantity" || priced.has(column.tier));
  return { ...mapping, columns };
}
