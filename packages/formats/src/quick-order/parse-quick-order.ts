import { formatDecimal, parseDecimal } from "@kontor/kernel";
import { checkAmount } from "../cells/amount.ts";
import { readNumber } from "../cells/number-text.ts";
import type { DecimalMark } from "../table/table.ts";

/** What is wrong with a line. Codes are permanent. */
export const quickOrderProblemCodes = [
  "quantity_missing",
  "quantity_malformed",
  "quantity_ambiguous",
  "quantity_not_positive",
  "quantity_scale_exceeded",
  "quantity_too_large",
  "part_number_too_long",
  "lines_too_many",
] as const;

export type QuickOrderProblem = {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly code: (typeof quickOrderProblemCodes)[number];
  readonly hint: string;
};

/** `quantity` is a canonical decimal; `lines` the numbers of the lines that it was added up from. */
export type QuickOrderLine = {
  readonly partNumber: string;
  readonly quantity: string;
  readonly lines: readonly number[];
};

export type QuickOrder = { readonly lines: readonly QuickOrderLine[]; readonly problems: readonly QuickOrderProblem[] };

const linesMax = 5_000;
const partNumberMax = 100;
const scale = 6;

/**
 * An order as people paste it: a part number and a quantity on each line, with a tab, semicolon, comma or blanks between
 * them. Lines that begin with # or // are comments, and so is what follows a # behind a blank. The same number on several
 * lines is added up. A part number alone is a problem: nobody's quantity is guessed.
 *
 * Args    `mark` the decimal mark of quantities; without it `1.000` and `1,000` are told to be ambiguous.
 */
export function parseQuickOrder(text: string, mark: DecimalMark | null = null): QuickOrder {
  const found = new Map<string, { partNumber: string; quantity: bigint; lines: number[] }>();
  const problems: QuickOrderProblem[] = [];
  for (const [index, written] of text.split(/\r\n|[\n\r]/).entries()) {
    const line = index + 1;
    const content = withoutComment(written);
    if (content === "") continue;
    const report = (code: QuickOrderProblem["code"], hint: string): void => {
      problems.push({ line, text: written.slice(0, 200), code, hint });
    };
    if (found.size + problems.length >= linesMax) {
      report("lines_too_many", `Send at most ${linesMax} lines at once, or import a file.`);
      break;
    }
    const read = readLine(content, mark);
    if ("code" in read) {
      report(read.code, read.hint);
      continue;
    }
    const known = found.get(read.partNumber);
    if (known === undefined) found.set(read.partNumber, { ...read, lines: [line] });
    else {
      known.quantity += read.quantity;
      known.lines.push(line);
    }
  }
  const lines = [...found.values()].map(({ quantity, ...line }) => ({ ...line, quantity: decimalOf(quantity) }));
  return { lines, problems };
}

function withoutComment(line: string): string {
  return line
    .replace(/^\ufeff/, "")
    .replace(/^\s*(#|\/\/).*$|\s#.*$/, "")
    .trim();
}

type LineReading =
  | { readonly partNumber: string; readonly quantity: bigint }
  | Pick<QuickOrderProblem, "code" | "hint">;

function readLine(content: string, mark: DecimalMark | null): LineReading {
  const parts = partsOf(content);
  if (parts === null)
    return { code: "quantity_missing", hint: `Write ${content.slice(0, 40)}, a tab or semicolon, and how many.` };
  const [partNumber, quantity] = parts;
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
  const scaled = parseDecimal(checked.value, scale);
  if (typeof scaled !== "bigint") return { code: "quantity_malformed", hint: "Write a quantity such as 12." };
  return { partNumber, quantity: scaled };
}

const quantityCodes: Readonly<Record<string, QuickOrderProblem["code"]>> = {
  number_negative: "quantity_not_positive",
  number_not_positive: "quantity_not_positive",
  number_scale_exceeded: "quantity_scale_exceeded",
  number_too_large: "quantity_too_large",
};

/**
 * Part number and quantity. The strongest separator on the line parts them: a tab, then a semicolon, then a comma or bar
 * with the quantity behind it, then blanks, behind which a quantity must stand.
 */
function partsOf(content: string): readonly [partNumber: string, quantity: string] | null {
  for (const separator of ["\t", ";", "|"]) {
    if (!content.includes(separator)) continue;
    const [first = "", ...rest] = content.split(separator).map((cell) => unquoted(cell.trim()));
    const quantity = rest.find((cell) => cell !== "");
    return first === "" || quantity === undefined ? null : [first, quantity];
  }
  const behindComma = /^(.*\S)\s*,\s*(\d[\d.]*)$/.exec(content);
  const behindBlank = /^(.*\S)\s+([-+]?\d[\d.,']*\s*(?:x|×|stk\.?|stück|pcs\.?|pc)?)$/i.exec(content);
  const [, partNumber, quantity] = behindBlank ?? behindComma ?? [];
  if (partNumber === undefined || quantity === undefined) return null;
  return [unquoted(partNumber.replace(/,$/, "").trim()), quantity.trim()];
}

function unquoted(cell: string): string {
  return /^".*"$/s.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}

function decimalOf(scaled: bigint): string {
  return formatDecimal(scaled, scale).replace(/\.?0+$/, "");
}
