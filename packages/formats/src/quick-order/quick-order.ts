import { checkAmount } from "../cells/amount.ts";
import { readNumber } from "../cells/number-text.ts";
import type { DecimalMark } from "../table/table.ts";

/** What is wrong with a line. Codes are permanent. */
export const quickOrderProblemCodes = [
  "part_number_missing",
  "part_number_too_long",
  "quantity_missing",
  "quantity_malformed",
  "quantity_ambiguous",
  "quantity_not_text",
  "quantity_not_positive",
  "quantity_scale_exceeded",
  "quantity_too_large",
  "unit_unknown",
  "row_malformed",
] as const;

export type QuickOrderProblem = {
  readonly code: (typeof quickOrderProblemCodes)[number];
  /** What to write instead. */
  readonly hint: string;
};

/** `quantity` is a canonical decimal; `unit` a code, absent where the line tells none. */
export type QuickOrderWish = { readonly partNumber: string; readonly quantity: string; readonly unit?: string };

/** A line as it stands in the text or the file: `row` counts from 1, with empty lines and the row of column names. */
export type QuickOrderRow = { readonly row: number; readonly text: string } & (QuickOrderWish | QuickOrderProblem);

export type QuickOrder = {
  readonly rows: readonly QuickOrderRow[];
  /** False where there are more rows than one order takes; they were not read. */
  readonly complete: boolean;
};

/** Rows that one order takes. */
export const quickOrderRowsMax = 2_000;

const partNumberMax = 100;
const textMax = 200;

/** What is shown of a line beside what became of it. */
export function shownText(text: string): string {
  return text.slice(0, textMax).toWellFormed();
}

/** A part number and how many of it, from their texts. `mark` null: `1.000` and `1,000` are told to be ambiguous. */
export function wishOf(
  partNumber: string,
  quantity: string,
  mark: DecimalMark | null,
): QuickOrderWish | QuickOrderProblem {
  if (partNumber.length > partNumberMax)
    return { code: "part_number_too_long", hint: `Write at most ${partNumberMax} characters.` };
  const number = readNumber(quantity.replace(/\s*(?:x|×|stk\.?|stück|pcs\.?|pc)$/i, ""), mark);
  if (!number.ok)
    return {
      code: number.code === "number_ambiguous" ? "quantity_ambiguous" : "quantity_malformed",
      hint: number.hint,
    };
  const checked = checkAmount(number.value, "positive");
  if (!checked.ok) return { code: quantityCodes[checked.fault.code] ?? "quantity_malformed", hint: checked.fault.hint };
  return { partNumber, quantity: checked.value };
}

const quantityCodes: Readonly<Record<string, QuickOrderProblem["code"]>> = {
  number_negative: "quantity_not_positive",
  number_not_positive: "quantity_not_positive",
  number_scale_exceeded: "quantity_scale_exceeded",
  number_too_large: "quantity_too_large",
};
