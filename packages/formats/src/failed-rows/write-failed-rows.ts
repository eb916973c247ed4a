import type { RowProblem } from "../rows/row-problem.ts";
import type { TableRow } from "../table/table.ts";

/** A row that was not taken, with everything that is wrong with it. */
export type FailedRow = { readonly row: TableRow; readonly problems: readonly RowProblem[] };

/** Columns that are put behind the file's own. A mapping passes them over, so that the file can be corrected and sent again. */
const problemColumns = ["Problem row", "Problem columns", "Problem codes", "What to write"] as const;

const byteOrderMark = "\ufeff";

/**
 * Failed rows as CSV: the source's own columns with their cells as written, and what is wrong in four more. UTF-8 with a
 * mark, semicolons and CRLF, as spreadsheets open it by themselves.
 *
 * Cells that a spreadsheet would take for a formula are kept as they were: they are the vendor's own data, to be sent again.
 */
export async function* writeFailedRows(
  columns: readonly string[],
  rows: Iterable<FailedRow> | AsyncIterable<FailedRow>,
): AsyncGenerator<string> {
  const own = columns.filter((name) => !isProblemColumn(name));
  yield byteOrderMark + csvLine([...own, ...problemColumns]);
  for await (const { row, problems } of rows) {
    const cells = own.map((name) => row.cells[row.columns.indexOf(name)] ?? "");
    const distinct = (values: readonly string[]): string => [...new Set(values)].join(", ");
    yield csvLine([
      ...cells,
      String(row.number),
      distinct(problems.flatMap(({ column }) => column ?? [])),
      distinct(problems.map(({ code }) => code)),
      problems.map(({ column, hint }) => (column === null ? hint : `${column}: ${hint}`)).join(" "),
    ]);
  }
}

function isProblemColumn(name: string): boolean {
  return problemColumns.some((each) => each === name);
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(";")}\r\n`;
}

function csvCell(cell: string): string {
  return /[";\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
