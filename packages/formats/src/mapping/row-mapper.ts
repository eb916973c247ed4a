import { textFault } from "../cells/cell.ts";
import type { CatalogueRow } from "../rows/catalogue-row.ts";
import type { CellFault, RowProblem } from "../rows/row-problem.ts";
import { problemAt } from "../rows/row-problem.ts";
import type { RowFault, TableFormat, TableRow } from "../table/table.ts";
import type { CellRules, CellSetter } from "./cell-setters.ts";
import { isMoneyOrQuantity } from "./cell-setters.ts";
import { finishRow } from "./finish-row.ts";
import type { FieldTarget } from "./mapping.ts";
import { RowDraft } from "./row-draft.ts";

/** What a row says, or everything that is wrong with it. */
export type MappedRow =
  | { readonly ok: true; readonly row: CatalogueRow }
  | { readonly ok: false; readonly problems: readonly RowProblem[] };

export type RowMapper = (row: TableRow) => MappedRow;

/** A column or constant with everything its cells are read by. */
export type CellPlan = {
  readonly target: FieldTarget;
  readonly column: string | null;
  /** Place in the row's cells; -1 for a constant. */
  readonly place: number;
  readonly constant: string | null;
  readonly set: CellSetter;
  readonly rules: CellRules;
};

const rowFaultHints: Readonly<Record<RowFault, string>> = {
  quote_unclosed: 'Close the quote, and write quotes inside a cell twice: "3"" pipe".',
  quote_misplaced: 'Put the whole cell in quotes, and write quotes inside it twice: "3"" pipe".',
  cells_extra: "Put cells in quotes that have the separator in them.",
  json_malformed: "Write one JSON object on the line.",
  json_not_object: 'Write one JSON object on the line, such as {"part_number": "A1"}.',
};

/** Reads rows by plans. Every cell is looked at, also behind a wrong one, so that all is told at once. */
export function rowMapperOf(plans: readonly CellPlan[], format: TableFormat): RowMapper {
  return (row) => {
    const problems: RowProblem[] = (row.faults ?? []).map((code) =>
      problemAt({ row: row.number, column: null }, row.cells.join(" ").trim(), { code, hint: rowFaultHints[code] }),
    );
    const isJson = row.faults?.some((code) => code === "json_malformed" || code === "json_not_object") ?? false;
    if (isJson) return { ok: false, problems };
    const draft = new RowDraft();
    for (const plan of plans) {
      const cell = plan.constant ?? row.cells[plan.place];
      if (cell === undefined || cell === null) continue;
      const fault = setCell(plan, { cell, draft, isNumber: row.numbers?.has(plan.place) ?? false, format });
      if (fault !== null) problems.push(problemAt({ row: row.number, column: plan.column }, cell, fault));
    }
    // A cell that is not there at all was given to nobody to read.
    if (!draft.places.has("part_number")) {
      const column = plans.find(({ target }) => target.field === "part_number")?.column ?? null;
      problems.push(
        problemAt({ row: row.number, column }, "", { code: "value_missing", hint: "Write the part number." }),
      );
    }
    const { row: finished, faults } = finishRow(draft);
    for (const { at, ...fault } of faults)
      problems.push(problemAt({ row: row.number, column: at.column }, at.value, fault));
    return problems.length === 0 ? { ok: true, row: finished } : { ok: false, problems };
  };
}

type CellHere = {
  readonly cell: string;
  readonly draft: RowDraft;
  readonly isNumber: boolean;
  readonly format: TableFormat;
};

function setCell(plan: CellPlan, { cell, draft, isNumber, format }: CellHere): CellFault | null {
  const { target, column, rules } = plan;
  const text = cell.trim();
  const fault = textFault(text);
  if (fault !== null) return fault;
  if (isNumber && format === "ndjson" && isMoneyOrQuantity(target)) {
    return { code: "number_not_text", hint: `Write it in quotes: "${text}".` };
  }
  const at = { column, value: cell };
  if (target.field === "price") draft.tier(target.tier).amountAt = at;
  else if (target.field === "tier_quantity") draft.tier(target.tier).quantityAt = at;
  else draft.places.set(target.field, at);
  // A workbook's own number is written with a point, whatever the texts beside it are.
  const ownRules = isNumber && format === "xlsx" ? { ...rules, mark: "." as const } : rules;
  return plan.set(text, draft, ownRules);
}
