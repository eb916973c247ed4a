import type { MemberFault } from "@kontor/catalog";
import type { RejectedRow, StagedRow } from "@kontor/db";
import type { Mapping } from "@kontor/formats";
import type { ImportFaultCode, ProblemCode } from "@kontor/protocol";
import { importFaults, problemKinds } from "@kontor/protocol";

type Problem = RejectedRow["problems"][number];

/** What is wrong with a row, as it is found. */
export class RowFaults {
  readonly problems: Problem[] = [];

  add(code: ImportFaultCode, field: string, told: { readonly value?: string; readonly hint: string }): void {
    this.problems.push({
      column: field,
      value: told.value ?? "",
      code,
      message: importFaults[code],
      hint: told.hint,
    });
  }

  /** A fault as the engine, or whoever writes by hand, would tell it. */
  addKnown(code: ProblemCode, field: string, data: Readonly<Record<string, unknown>>): void {
    const { title } = problemKinds[code];
    this.problems.push({ column: field, value: valueIn(data), code, message: title, hint: hintOf(data, title) });
  }

  addFault({ code, data }: MemberFault, field: string): void {
    this.addKnown(code, field, data);
  }
}

function valueIn(data: Readonly<Record<string, unknown>>): string {
  const told = data["unit"] ?? data["gtin"] ?? data["attribute"] ?? data["value"] ?? "";
  return typeof told === "string" ? told.slice(0, 200) : "";
}

/** What would have been right, where that is known. */
function hintOf(data: Readonly<Record<string, unknown>>, title: string): string {
  const { neighbours, limit, expectedDigit, meant } = data;
  const choices = data["choices"] ?? data["allowed"];
  if (isNeighbours(neighbours)) {
    const both = [neighbours.below, neighbours.above].filter((one) => one !== null);
    return `Write ${both.join(" or ")}.`;
  }
  if (Array.isArray(choices) && choices.length > 0) return `Write one of: ${choices.join(", ").slice(0, 400)}.`;
  if (typeof expectedDigit === "string") return `The last digit would be ${expectedDigit}.`;
  if (typeof meant === "string") return `Write ${meant}.`;
  if (typeof limit === "string" || typeof limit === "number") return `The limit is ${limit}.`;
  return title;
}

function isNeighbours(value: unknown): value is { readonly below: string | null; readonly above: string | null } {
  return typeof value === "object" && value !== null && "below" in value && "above" in value;
}

/** The row with its problems, at the columns that the fields came from; where none has it, at the field itself. */
export function rejectedOf(
  { rowNo, cells }: StagedRow,
  problems: readonly Problem[],
  mapping: Mapping | null,
): RejectedRow {
  const columnOf = (field: string | null): string | null =>
    mapping?.columns.find((column) => column.field === field)?.column ?? field;
  return { rowNo, cells, problems: problems.map((problem) => ({ ...problem, column: columnOf(problem.column) })) };
}
