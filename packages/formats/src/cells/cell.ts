import type { CellFault, RowProblemCode } from "../rows/row-problem.ts";

/** What a cell means, or what is wrong with it. */
export type CellReading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: CellFault };

export function read<Value>(value: Value): CellReading<Value> {
  return { ok: true, value };
}

export function wrong(code: RowProblemCode, hint: string): { readonly ok: false; readonly fault: CellFault } {
  return { ok: false, fault: { code, hint } };
}

/** Errors that spreadsheets show instead of values; our own reader writes the last one for formulas without a value. */
const formulaError =
  /^#(N\/A|NV|REF!|BEZUG!|DIV\/0!|NAME\?|NULL!|NUM!|ZAHL!|VALUE!|WERT!|SPILL!|CALC!|GETTING_DATA|UNCALCULATED!)$/;

/** What is wrong with a cell's text whatever it stands for, or null. */
export function textFault(text: string): CellFault | null {
  if (text.includes("\ufffd")) {
    return { code: "text_undecodable", hint: "Save the file as UTF-8, or tell which encoding it has." };
  }
  if (text.charCodeAt(0) === 35 && formulaError.test(text.trim())) {
    return { code: "formula_error", hint: "Correct the formula in the spreadsheet, or write the value." };
  }
  return null;
}
