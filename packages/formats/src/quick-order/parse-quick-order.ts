import type { DecimalMark } from "../table/table.ts";
import type { QuickOrder, QuickOrderProblem, QuickOrderRow, QuickOrderWish } from "./quick-order.ts";
import { quickOrderRowsMax, shownText, wishOf } from "./quick-order.ts";

/**
 * An order as people paste it: a part number and a quantity on each line, with a tab, semicolon, comma or blanks between
 * them. Lines that begin with # or // are comments, and so is what follows a # behind a blank. A part number alone is a
 * problem: nobody's quantity is guessed.
 *
 * Args    `mark` the decimal mark of quantities; without it `1.000` and `1,000` are told to be ambiguous.
 */
export function parseQuickOrder(text: string, mark: DecimalMark | null = null): QuickOrder {
  const rows: QuickOrderRow[] = [];
  for (const [index, written] of text.split(/\r\n|[\n\r]/).entries()) {
    const content = withoutComment(written);
    if (content === "") continue;
    if (rows.length >= quickOrderRowsMax) return { rows, complete: false };
    rows.push({ row: index + 1, text: shownText(written), ...readLine(content, mark) });
  }
  return { rows, complete: true };
}

function withoutComment(line: string): string {
  return line
    .replace(/^\ufeff/, "")
    .replace(/^\s*(#|\/\/).*$|\s#.*$/, "")
    .trim();
}

function readLine(content: string, mark: DecimalMark | null): QuickOrderWish | QuickOrderProblem {
  const parts = partsOf(content);
  if (parts === null)
    return { code: "quantity_missing", hint: `Write ${content.slice(0, 40)}, a tab or semicolon, and how many.` };
  const [partNumber, quantity] = parts;
  return wishOf(partNumber, quantity, mark);
}

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
