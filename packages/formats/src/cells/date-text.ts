import { dayOfDate, instantOfMicros, microsOfInstant } from "@kontor/kernel";

export const dateFormats = ["ymd", "dmy", "mdy"] as const;
/** Order of day, month and year where dates are written with digits and marks alone. */
export type DateFormat = (typeof dateFormats)[number];

export type DateReading =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly code: "date_malformed" | "date_ambiguous"; readonly hint: string };

const marked = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})\.?(?:[T ]00:00(?::00(?:\.0+)?)?)?$/;
const offset = /^(.*T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)([+-])(\d\d):?(\d\d)$/;

/**
 * A date, or an instant where a time with a zone is written.
 *
 * Shape   `YYYY-MM-DD`, or an instant in UTC with six fraction digits. Midnight without a zone is a date.
 * Args    `format` for dates that can be read in two ways, such as 03/04/2026; with points the day comes first.
 */
export function readDate(text: string, format: DateFormat | null): DateReading {
  const written = text.trim();
  const instant = instantOf(written);
  if (instant !== null) return { ok: true, value: instant };
  const compact = /^(\d{4})(\d\d)(\d\d)$/.exec(written);
  const parts = compact === null ? marked.exec(written) : [written, compact[1], "-", compact[2], compact[3]];
  const [, a = "", mark = "", b = "", c = ""] = parts ?? [];
  if (a.length === 4 && c.length <= 2) return dated(a, b, c);
  if (c.length !== 4 || a.length > 2) return malformed();
  if (mark === "." || format === "dmy") return dated(c, b, a);
  if (format === "mdy") return dated(c, a, b);
  if (Number(a) > 12 || a === b) return dated(c, b, a);
  if (Number(b) > 12) return dated(c, a, b);
  const hint = `Write ${c}-${two(b)}-${two(a)} or ${c}-${two(a)}-${two(b)}, or tell the order of day and month.`;
  return { ok: false, code: "date_ambiguous", hint };
}

function instantOf(written: string): string | null {
  const zoned = offset.exec(written);
  const withSeconds = /T\d\d:\d\dZ$/.test(written) ? `${written.slice(0, -1)}:00Z` : written;
  if (zoned === null) {
    const at = microsOfInstant(withSeconds);
    return at === null ? null : instantOfMicros(at);
  }
  const [, local = "", sign, hours, minutes] = zoned;
  const at = microsOfInstant(`${/T\d\d:\d\d$/.test(local) ? `${local}:00` : local}Z`);
  if (at === null || Number(hours) > 14 || Number(minutes) > 59) return null;
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000_000;
  return instantOfMicros(sign === "+" ? at - ahead : at + ahead);
}

function dated(year: string, month: string, day: string): DateReading {
  const value = `${year}-${two(month)}-${two(day)}`;
  const known = dayOfDate(value) !== null && Number(year) >= 1970 && Number(year) < 2200;
  return known ? { ok: true, value } : malformed();
}

function two(digits: string): string {
  return digits.padStart(2, "0");
}

function malformed(): DateReading {
  return { ok: false, code: "date_malformed", hint: "Write the date as 2026-12-31, or as 31.12.2026." };
}
