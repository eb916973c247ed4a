import type { FieldTarget, MappedRow, Mapping, Table } from "../../src/index.ts";
import { compileMapping, readTable } from "../../src/index.ts";
import { collected, piecesOf } from "../bytes.ts";

const emptyMapping: Mapping = {
  columns: [],
  constants: [],
  decimalMark: null,
  dateFormat: null,
  unitAliases: {},
};

/** A mapping by the columns' names, with EUR for all prices unless a column has the currency. */
export function mappingOf(columns: Readonly<Record<string, FieldTarget>>, more: Partial<Mapping> = {}): Mapping {
  const mapped = Object.entries(columns).map(([column, target]) => ({ ...target, column }));
  const priced = mapped.some(({ field }) => field === "price") && !mapped.some(({ field }) => field === "currency");
  const constants = priced ? [{ field: "currency", constant: "EUR" } as const] : [];
  return { ...emptyMapping, columns: mapped, constants, ...more };
}

/** Reads a text's rows by a mapping, which must fit. */
export async function mapped(
  text: string | Uint8Array,
  mapping: Mapping | ((table: Table) => Mapping),
): Promise<readonly MappedRow[]> {
  const table = await readTable(piecesOf(text, 4_096));
  const compiled = compileMapping(typeof mapping === "function" ? mapping(table) : mapping, table);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return (await collected(table.rows)).map(compiled.mapRow);
}

/** What is wrong, as `row column code`. */
export function codesOf(rows: readonly MappedRow[]): readonly string[] {
  return rows.flatMap((row) =>
    row.ok ? [] : row.problems.map(({ row: number, column, code }) => `${number} ${column ?? "-"} ${code}`),
  );
}
