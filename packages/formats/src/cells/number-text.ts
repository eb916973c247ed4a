import type { DecimalMark } from "../table/table.ts";
import { shownDecimalMark } from "./decimal-marks.ts";

export type NumberReading =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly code: "number_malformed" | "number_ambiguous"; readonly hint: string };

const plain = /^\d{1,18}$/;
const grouping = /^\d{1,3}(?:([.,'\u2019 \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*$/;

/**
 * A decimal as the kernel reads it, from a number as people write it: `1.234,50`, `1 234.5`, `1'234`, `12`.
 *
 * Args    `mark` what separates the fraction in this column; null where that is not known, and then only numbers that
 *         can be read in one way are.
 * Shape   no plus, no leading zeros beyond one, no trailing zeros behind the point.
 * Errors  `number_malformed`, or `number_ambiguous` for `1.234` without a known mark.
 */
export function readNumber(text: string, mark: DecimalMark | null): NumberReading {
  const written = text.trim();
  if (plain.test(written)) return { ok: true, value: withoutLeadingZeros(written) };
  if (mark === null && /^[-+]?\d{1,3}[.,]\d{3}$/.test(written) && shownDecimalMark(written) === null)
    return ambiguous(written);
  const value = decimalOf(written, mark);
  return value === null ? malformed(written, mark) : { ok: true, value };
}

/** The canonical decimal, or null. */
function decimalOf(written: string, mark: DecimalMark | null): string | null {
  const digits = /^[-+]/.test(written) ? written.slice(1) : written;
  const used = mark ?? shownDecimalMark(digits);
  const at = used === null ? -1 : digits.lastIndexOf(used);
  const whole = wholeOf(at < 0 ? digits : digits.slice(0, at), used);
  const fraction = at < 0 ? "" : digits.slice(at + 1);
  if (whole === null || (at >= 0 && !plain.test(fraction)) || whole.length > 18) return null;
  const kept = fraction.replace(/0+$/, "");
  const value = `${withoutLeadingZeros(whole)}${kept === "" ? "" : `.${kept}`}`;
  return written.startsWith("-") && value !== "0" ? `-${value}` : value;
}

/** Digits before the decimal mark without what parts thousands; null where something else stands there. */
function wholeOf(text: string, mark: DecimalMark | null): string | null {
  if (/^\d+$/.test(text)) return text;
  const groups = grouping.exec(text);
  if (groups === null || groups[1] === mark) return null;
  return text.replace(/\D/g, "");
}

function withoutLeadingZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, "");
}

function ambiguous(written: string): NumberReading {
  const digits = written.replace(/\D/g, "");
  const fraction = written.replace(",", ".");
  const hint = `Write ${digits} or ${fraction.slice(0, -3)}${written.slice(-3)}0, or tell the decimal mark of the column.`;
  return { ok: false, code: "number_ambiguous", hint };
}

function malformed(written: string, mark: DecimalMark | null): NumberReading {
  return { ok: false, code: "number_malformed", hint: malformedHint(written, mark) };
}

function malformedHint(written: string, mark: DecimalMark | null): string {
  if (/^[-+]?\d+(?:[.,]\d+)?[eE][-+]?\d+$/.test(written)) return "Write all its digits, without an exponent.";
  const other = mark === null ? null : decimalOf(written, mark === "." ? "," : ".");
  if (other !== null && mark !== null)
    return `Write ${other.replace(".", mark)}: the decimal mark of this column is "${mark}".`;
  // Words and signs of currencies or units around it.
  const alone = /^[^\d-]*(-?\d[\d.,'\s]*?)[^\d.,]*$/.exec(written)?.[1];
  if (alone !== undefined && alone !== written && decimalOf(alone, mark) !== null)
    return `Write ${alone} alone, without signs or words.`;
  return `Write digits, such as 1250${mark ?? "."}5.`;
}
