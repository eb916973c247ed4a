import type { DateFormat } from "../cells/date-text.ts";
import type { FileKind } from "../rows/catalogue-row.ts";
import type { DecimalMark } from "../table/table.ts";

/** Fields that a row has once. */
export const plainFields = [
  "part_number",
  "brand",
  "manufacturer",
  "manufacturer_part_number",
  "order_unit",
  "content_unit",
  "content_ratio",
  "currency",
  "price_base_quantity",
  "min_quantity",
  "multiple",
  "max_quantity",
  "lead_time_days",
  "condition",
  "delivery_term",
  "delivery_place",
  "stock",
  "valid_from",
  "valid_until",
] as const;

export type PlainField = (typeof plainFields)[number];

/** What a column or a constant tells. Fields that a row may have several of say which one. */
export type FieldTarget =
  | { readonly field: PlainField }
  | { readonly field: "name" | "description" | "keywords"; readonly language: string }
  /** `unit`: the packing unit that bears the number, as a code; null for the article itself. */
  | { readonly field: "gtin"; readonly unit: string | null }
  | { readonly field: "class"; readonly scheme: string }
  | { readonly field: "attribute"; readonly name: string; readonly unit: string | null }
  /** Tier 0 is the price from one unit on, unless its quantity is told. Tiers have numbers to pair the two alone. */
  | { readonly field: "price" | "tier_quantity"; readonly tier: number }
  | { readonly field: "buyer_part_number"; readonly buyer: string | null }
  | { readonly field: "file"; readonly kind: FileKind };

export type ColumnMapping = FieldTarget & {
  readonly column: string;
  /** Where it differs from the mapping's. */
  readonly decimalMark?: DecimalMark;
  readonly dateFormat?: DateFormat;
};

/** A value that every row has, written as in a cell; numbers with a point, dates as ISO. */
export type ConstantMapping = FieldTarget & { readonly constant: string };

/** How a vendor's file is read; plain data, to be stored and used again. */
export type Mapping = {
  readonly columns: readonly ColumnMapping[];
  readonly constants: readonly ConstantMapping[];
  /** Null: what each column shows, and where it shows nothing what the others do. */
  readonly decimalMark: DecimalMark | null;
  readonly dateFormat: DateFormat | null;
  /** Codes of units by what this vendor calls them. */
  readonly unitAliases: Readonly<Record<string, string>>;
};

/** What is wrong with a mapping, for a file or at all. Codes are permanent. */
export const mappingProblemCodes = [
  "column_missing",
  "target_repeated",
  "part_number_unmapped",
  "currency_unmapped",
  "tier_quantity_unmapped",
  "language_malformed",
  "unit_unknown",
  "constant_wrong",
] as const;

export type MappingProblem = {
  readonly code: (typeof mappingProblemCodes)[number];
  /** The column, or the constant's field. */
  readonly subject: string;
  readonly message: string;
  readonly hint: string;
};

/** Names one target; two mappings with the same key tell the same. Files may be told more than once. */
export function targetKey(target: FieldTarget): string {
  switch (target.field) {
    case "name":
    case "description":
    case "keywords":
      return `${target.field} ${target.language}`;
    case "gtin":
      return `gtin ${target.unit ?? ""}`;
    case "class":
      return `class ${target.scheme}`;
    case "attribute":
      return `attribute ${target.name}`;
    case "price":
    case "tier_quantity":
      return `${target.field} ${target.tier}`;
    case "buyer_part_number":
      return `buyer_part_number ${target.buyer ?? ""}`;
    default:
      return target.field;
  }
}
