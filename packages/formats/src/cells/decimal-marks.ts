import type { Column, DecimalMark } from "../table/table.ts";

const blanks = "[ \\u00a0\\u2009\\u202f]";
/** Digits with marks between them, as numbers of every country are. */
const numberLike = new RegExp(`^[-+]?\\d[\\d.,'\\u2019]*(?:${blanks}\\d{3})*(?:[.,]\\d+)?$`);

/**
 * The decimal mark that one number shows, or null: of two marks the last one is it; a single mark is it unless exactly
 * three digits follow and at most three, not beginning with zero, stand before, for then it may part thousands.
 */
export function shownDecimalMark(text: string): DecimalMark | null {
  const [dot, comma] = [text.lastIndexOf("."), text.lastIndexOf(",")];
  if (dot < 0 && comma < 0) return null;
  const at = Math.max(dot, comma);
  const mark = dot > comma ? "." : ",";
  const other = dot > comma ? "," : ".";
  if (dot >= 0 && comma >= 0) return text.indexOf(mark) === at ? mark : null;
  // Several of one kind part thousands; then the other kind would be the decimal mark.
  if (text.indexOf(mark) !== at) return other;
  const [before, after] = [text.slice(0, at).replace(/^[-+]/, ""), text.slice(at + 1)];
  if (after.length === 0) return null;
  const mayPartThousands = after.length === 3 && before.length <= 3 && !before.startsWith("0");
  return mayPartThousands ? null : mark;
}

/** What the numbers of a column show; texts among them are passed over. A column that is mostly text shows nothing. */
export function decimalMarkOf(cells: readonly string[]): Column["decimalMark"] {
  let [dots, commas, numbers, filled] = [0, 0, 0, 0];
  for (const cell of cells) {
    const text = cell.trim();
    if (text === "") continue;
    filled++;
    if (!numberLike.test(text)) continue;
    numbers++;
    const mark = shownDecimalMark(text);
    if (mark === ".") dots++;
    else if (mark === ",") commas++;
  }
  if (numbers * 2 < filled) return null;
  if (dots > 0 && commas > 0) return "mixed";
  if (dots > 0) return ".";
  return commas > 0 ? "," : null;
}
