import type { FailedRows } from "@kontor/db";
import type { FailedRow, RowProblem } from "@kontor/formats";
import { writeFailedRows } from "@kontor/formats";

/** Failed rows as CSV; no cell of it is taken for a formula when somebody opens it. */
export function failedRowsTable({ columns, rows }: FailedRows): AsyncGenerator<string> {
  const names = columns.map(harmless);
  async function* written(): AsyncGenerator<FailedRow> {
    for await (const { rowNo, cells, ...wrong } of rows) {
      const row = { number: rowNo, columns: names, cells: cells.map(harmless) };
      yield { row, problems: problemsOf(rowNo, wrong) };
    }
  }
  return writeFailedRows(names, written());
}

type Wrong = {
  readonly problemColumns: readonly string[];
  readonly problemCodes: readonly string[];
  readonly hints: readonly string[];
};

/** The columns, codes and hints of a row belong together by their places. */
function problemsOf(row: number, { problemColumns, problemCodes, hints }: Wrong): RowProblem[] {
  return problemCodes.map((code, place) => {
    const column = problemColumns[place] ?? "";
    const hint = hints[place] ?? "";
    // What the import itself found wrong has codes of its own beside those of the formats.
    return { row, column: column === "" ? null : harmless(column), value: "", message: "", hint, code } as RowProblem;
  });
}

const number = /^[+-]?[\d.,' ]*\d%?$/;

/** Cells that a spreadsheet would run get the mark that says they are text; a number is one with its sign. */
function harmless(cell: string): string {
  return /^[=+\-@\t\r\n]/.test(cell) && !number.test(cell) ? `'${cell}` : cell;
}
