import { unitOf } from "@kontor/standards";
import { UnitReader } from "../cells/unit-cell.ts";
import type { Column, DecimalMark, Table } from "../table/table.ts";
import type { CellRules } from "./cell-setters.ts";
import { setterOf } from "./cell-setters.ts";
import type { ColumnMapping, ConstantMapping, FieldTarget, Mapping, MappingProblem } from "./mapping.ts";
import { targetKey } from "./mapping.ts";
import { RowDraft } from "./row-draft.ts";
import type { CellPlan, RowMapper } from "./row-mapper.ts";
import { rowMapperOf } from "./row-mapper.ts";

export type CompiledMapping =
  | { readonly ok: true; readonly mapRow: RowMapper }
  | { readonly ok: false; readonly problems: readonly MappingProblem[] };

/** Makes a mapping ready for a table: every row of it can then be read, or everything that is wrong is told. */
export function compileMapping(mapping: Mapping, table: Pick<Table, "format" | "columns">): CompiledMapping {
  const problems = [...problemsOf(mapping, table.columns)];
  const units = new UnitReader(mapping.unitAliases);
  const common = mapping.decimalMark ?? soleMark(table.columns);
  const columnPlans = mapping.columns.map((column): CellPlan => {
    const place = table.columns.findIndex(({ name }) => name === column.column);
    const rules: CellRules = {
      mark: markOf(column, mapping.decimalMark, { shown: table.columns[place]?.decimalMark ?? null, common }),
      dateFormat: column.dateFormat ?? mapping.dateFormat,
      units,
    };
    return { target: column, column: column.column, place, constant: null, set: setterOf(column), rules };
  });
  const rules: CellRules = { mark: ".", dateFormat: "ymd", units };
  const constantPlans = mapping.constants.map((constant): CellPlan => {
    return { target: constant, column: null, place: -1, constant: constant.constant, set: setterOf(constant), rules };
  });
  problems.push(...constantPlans.flatMap(constantProblem));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, mapRow: rowMapperOf([...columnPlans, ...constantPlans], table.format) };
}

/** The mark that all columns agree on which show one; null where none does, or they do not agree. */
function soleMark(columns: readonly Column[]): DecimalMark | null {
  const shown = new Set(columns.flatMap(({ decimalMark }) => (decimalMark === null ? [] : [decimalMark])));
  const [only] = shown;
  return shown.size === 1 && only !== undefined && only !== "mixed" ? only : null;
}

type ShownMarks = { readonly shown: Column["decimalMark"]; readonly common: DecimalMark | null };

function markOf(column: ColumnMapping, told: DecimalMark | null, { shown, common }: ShownMarks): DecimalMark | null {
  const own = column.decimalMark ?? told;
  if (own !== null) return own;
  if (shown === "mixed") return null;
  return shown ?? common;
}

function* problemsOf(mapping: Mapping, columns: readonly Column[]): Generator<MappingProblem> {
  const targets: readonly (ColumnMapping | ConstantMapping)[] = [...mapping.columns, ...mapping.constants];
  for (const { column } of mapping.columns) {
    if (columns.some(({ name }) => name === column)) continue;
    const hint = `The file has: ${columns
      .map(({ name }) => name)
      .join(", ")
      .slice(0, 500)}.`;
    yield { code: "column_missing", subject: column, message: `The file has no column ${column}.`, hint };
  }
  for (const [key, same] of Map.groupBy(targets, targetKey)) {
    if (same.length < 2 || key === "file") continue;
    yield {
      code: "target_repeated",
      subject: key,
      message: "Two columns tell the same.",
      hint: "Leave one of them out.",
    };
  }
  const told = (field: FieldTarget["field"]): boolean => targets.some((target) => target.field === field);
  if (!told("part_number")) {
    const hint = "Say which column has the vendor's own number of the article.";
    yield { code: "part_number_unmapped", subject: "part_number", message: "No column tells the part number.", hint };
  }
  if (told("price") && !told("currency")) {
    const hint = "Say which column has the currency, or write it once for all rows.";
    yield { code: "currency_unmapped", subject: "currency", message: "Prices have no currency.", hint };
  }
  for (const target of targets) yield* targetProblems(target, targets);
  for (const [alias, code] of Object.entries(mapping.unitAliases)) if (unitOf(code) === null) yield unknownUnit(alias);
}

function* targetProblems(
  target: ColumnMapping | ConstantMapping,
  all: readonly FieldTarget[],
): Generator<MappingProblem> {
  const subject = "column" in target ? target.column : target.field;
  if (target.field === "price" && target.tier > 0) {
    const paired = all.some((each) => each.field === "tier_quantity" && each.tier === target.tier);
    const hint = "Say which column has the quantity from which on the price is paid.";
    if (!paired) yield { code: "tier_quantity_unmapped", subject, message: "A price tier has no quantity.", hint };
  }
  if ("language" in target && !/^[a-z]{2,3}(-[A-Z]{2})?$/.test(target.language)) {
    yield {
      code: "language_malformed",
      subject,
      message: "This is no language.",
      hint: "Write a tag such as de or en-GB.",
    };
  }
  if ("unit" in target && target.unit !== null && unitOf(target.unit) === null) yield unknownUnit(subject);
}

function unknownUnit(subject: string): MappingProblem {
  const hint = "Write a code of UN/CEFACT Recommendation 20, such as H87, KGM or XBX.";
  return { code: "unit_unknown", subject, message: "The unit is no code.", hint };
}

/** A constant is read once to see whether it can be. */
function constantProblem({ target, constant, set, rules }: CellPlan): MappingProblem[] {
  const fault = set((constant ?? "").trim(), new RowDraft(), rules);
  if (fault === null) return [];
  return [
    { code: "constant_wrong", subject: target.field, message: "The value for all rows is wrong.", hint: fault.hint },
  ];
}
