import type { DecimalMark } from "../table/table.ts";
import type { CellReading } from "./cell.ts";
import { read, wrong } from "./cell.ts";
import { readNumber } from "./number-text.ts";

const scale = 6;
/** What the database's columns of prices and quantities hold before the point. */
const wholeDigitsMax = 12;

export type AmountRule = "positive" | "zero_or_more";

/** A price or quantity: a canonical decimal of at most six places. */
export function readAmount(text: string, mark: DecimalMark | null, rule: AmountRule): CellReading<string> {
  const number = readNumber(text, mark);
  if (!number.ok) return wrong(number.code, number.hint);
  return checkAmount(number.value, rule);
}

/** The same of a number that is a canonical decimal already. */
export function checkAmount(value: string, rule: AmountRule): CellReading<string> {
  const point = value.indexOf(".");
  if (value.startsWith("-")) return wrong("number_negative", `Write ${value.slice(1)}, or leave the cell empty.`);
  if (rule === "positive" && value === "0")
    return wrong("number_not_positive", "Write a number above 0, or leave the cell empty.");
  if (point >= 0 && value.length - point - 1 > scale) {
    return wrong(
      "number_scale_exceeded",
      `Write at most six decimal places, such as ${value.slice(0, point + 1 + scale)}; or tell the price for 100 or 1000.`,
    );
  }
  if ((point < 0 ? value.length : point) > wholeDigitsMax)
    return wrong("number_too_large", "Write at most twelve digits before the point.");
  return read(value);
}

/** Whole days and the like, from 0 to `max`. */
export function readWhole(text: string, max: number): CellReading<number> {
  const written = text.trim();
  const weeks = /^(\d{1,3})\s*(?:wochen?|weeks?|wk)\.?$/i.exec(written)?.[1];
  if (weeks !== undefined) return wrong("number_malformed", `Write the days alone: ${Number(weeks) * 7}.`);
  const number = readNumber(written.replace(/\s*(?:tage?|days?)\.?$/i, ""), null);
  if (!number.ok) return wrong("number_malformed", "Write a whole number, such as 3.");
  if (number.value.startsWith("-")) return wrong("number_negative", "Write 0 or a whole number above it.");
  if (number.value.includes("."))
    return wrong("number_not_whole", `Write ${Number(number.value.split(".")[0]) + 1}, or another whole number.`);
  return number.value.length > 9 || Number(number.value) > max
    ? wrong("number_too_large", `Write at most ${max}.`)
    : read(Number(number.value));
}
