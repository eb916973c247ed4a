import { instantOfMicros } from "@kontor/kernel";
import type { NumberKind } from "./number-formats.ts";

const secondsPerDay = 86_400;
/** 1970-01-01 in days since 1899-12-30, from which spreadsheets count, and from 1904-01-01. */
const epochDay = 25_569;
const epochDayFrom1904 = 24_107;
/** Excel thinks that 1900 was a leap year; days before its first of March are never in catalogues. */
const firstSoundDay = 61;

/**
 * The text of a number's cell: digits as they stand in the file, without an exponent. A spreadsheet knows 15 digits; what
 * it writes beyond them is the binary form's noise (1.1000000000000001 was entered as 1.1) and is taken away.
 */
export function numberCellText(digits: string): string {
  const written = digits.trim();
  if (/^-?\d{1,15}$/.test(written)) return written;
  const parts = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/.exec(written);
  if (parts === null) return written;
  const [, , whole = "", fraction = "", exponent] = parts;
  const significant = (whole + fraction).replace(/^0+/, "");
  const noisy = significant.length > 15 && (fraction !== "" || exponent !== undefined);
  if (!noisy) return exponent === undefined ? written : withoutExponent(written);
  const shortest = String(Number(written));
  const count = shortest.replace(/e.*$/, "").replace(/\D/g, "").replace(/^0+/, "").length;
  return withoutExponent(count > 15 ? Number(written).toPrecision(15) : shortest);
}

function withoutExponent(written: string): string {
  const parts = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/.exec(written);
  if (parts === null) return written;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  const shift = Number(exponent);
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = point <= 0 ? "0".repeat(1 - point) + digits : digits.padEnd(point, "0");
  const at = Math.max(point, 1);
  const head = padded.slice(0, at).replace(/^0+(?=\d)/, "");
  const tail = padded.slice(at).replace(/0+$/, "");
  return `${sign}${head}${tail === "" ? "" : `.${tail}`}`;
}

/** A day number as ISO: the date, with the time where there is one; or the time of day alone. Text of digits where it is none. */
export function dateCellText(digits: string, kind: NumberKind, from1904: boolean): string {
  const days = Number(digits);
  if (kind === "number" || !Number.isFinite(days) || days < 0) return numberCellText(digits);
  const seconds = Math.round(days * secondsPerDay);
  const clock = clockOf(seconds % secondsPerDay);
  if (kind === "time" && days < 1) return clock;
  const day = Math.floor(seconds / secondsPerDay);
  if (!from1904 && day < firstSoundDay) return numberCellText(digits);
  const micros = (day - (from1904 ? epochDayFrom1904 : epochDay)) * secondsPerDay * 1_000_000;
  const date = instantOfMicros(micros).slice(0, 10);
  return clock === "00:00:00" ? date : `${date}T${clock}`;
}

function clockOf(second: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(second / 3_600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
}

/** Characters that XML cannot hold are written `_x000D_` in workbooks. */
export function unescapedText(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
