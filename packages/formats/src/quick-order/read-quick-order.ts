import { textFault } from "../cells/cell.ts";
import { UnitReader } from "../cells/unit-cell.ts";
import type { DecimalMark, Table, TableRow } from "../table/table.ts";
import type { OrderColumns } from "./order-columns.ts";
import type { QuickOrder, QuickOrderProblem, QuickOrderRow, QuickOrderWish } from "./quick-order.ts";
import { quickOrderRowsMax, shownText, wishOf } from "./quick-order.ts";

/**
 * An order from a table. A row without the first of the numbers' columns has it in the next. The table is read to its
 * end, or to the row that is one too many, and closed.
 *
 * Args    `mark` of quantities; null: what the column shows, and where it shows nothing `1.000` is ambiguous.
 * @throws UnreadableFile where the file cannot be read on.
 */
export async function readQuickOrder(
  table: Table,
  columns: OrderColumns,
  mark: DecimalMark | null = null,
): Promise<QuickOrder> {
  const units = new UnitReader({});
  const shown = table.columns.find(({ name }) => name === columns.quantity)?.decimalMark ?? null;
  const reading = { table, columns, units, mark: mark ?? (shown === "mixed" ? null : shown) };
  const rows: QuickOrderRow[] = [];
  for await (const row of table.rows) {
    if (rows.length >= quickOrderRowsMax) return { rows, complete: false };
    const text = shownText(row.cells.flatMap((cell) => cell?.trim() || []).join("\t"));
    rows.push({ row: row.number, text, ...readRow(row, reading) });
  }
  return { rows, complete: true };
}

type Reading = {
  readonly table: Pick<Table, "format" | "headerRow" | "separator">;
  readonly columns: OrderColumns;
  readonly units: UnitReader;
  readonly mark: DecimalMark | null;
};

function readRow(row: TableRow, reading: Reading): QuickOrderWish | QuickOrderProblem {
  const { table, columns, units, mark } = reading;
  if (row.faults !== undefined || isSplit(row, reading))
    return {
      code: "row_malformed",
      hint: "Put cells in quotes that have the separator in them, and close every quote.",
    };
  const cell = (name: string | null): string =>
    name === null ? "" : (row.cells[row.columns.indexOf(name)] ?? "").trim();
  const partNumber = columns.partNumbers.map(cell).find((text) => text !== "") ?? "";
  const quantity = cell(columns.quantity);
  const unreadable = [partNumber, quantity].map(textFault).find((fault) => fault !== null);
  if (unreadable !== undefined && unreadable !== null) return { code: "row_malformed", hint: unreadable.hint };
  if (partNumber === "") return { code: "part_number_missing", hint: "Write the part number." };
  if (quantity === "") return { code: "quantity_missing", hint: "Write how many." };
  const isNumber = row.numbers?.has(row.columns.indexOf(columns.quantity)) ?? false;
  if (isNumber && table.format === "ndjson")
    return { code: "quantity_not_text", hint: `Write it in quotes: "${quantity}".` };
  // A workbook's own number is written with a point, whatever the texts beside it are.
  const wish = wishOf(partNumber, quantity, isNumber ? "." : mark);
  const unit = cell(columns.unit);
  if ("code" in wish || unit === "") return wish;
  const code = units.codeOf(unit);
  return code === null
    ? { code: "unit_unknown", hint: "Write a code such as H87 (piece), or leave the cell empty." }
    : { ...wish, unit: code };
}

/** Without column names nobody can tell that `A-1,2,5` has a cell too many: digits behind a quantity are no note. */
function isSplit({ columns, cells }: TableRow, { table, columns: { quantity } }: Reading): boolean {
  return (
    table.headerRow === null && table.separator === "," && /^\d+$/.test(cells[columns.indexOf(quantity) + 1] ?? "")
  );
}
