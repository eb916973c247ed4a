import { limits } from "./limits.ts";
import type { Micros } from "./time.ts";
import { microsOfMs } from "./time.ts";

const { instantYearMin, instantYearMax } = limits;

const form = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?Z$/;

/** Days since 1970-01-01 of a proleptic Gregorian date. */
export function daysOf(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function monthLength(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (monthDays[month - 1] ?? 0);
}

const microsPerDay = 86_400 * 1_000_000;
const firstInstant: Micros = daysOf(instantYearMin, 1, 1) * microsPerDay;
/** The end of the last year of `limits`. */
export const lastInstant: Micros = daysOf(instantYearMax + 1, 1, 1) * microsPerDay - 1;

/** The instant itself, or the last one where it would lie beyond that. */
export function withinInstants(at: Micros): Micros {
  return Math.min(at, lastInstant);
}

/** The instant so many milliseconds after another; the last one where that would lie beyond it. */
export function laterBy(at: Micros, ms: number): Micros {
  return withinInstants(at + microsOfMs(ms));
}

/**
 * UTC microseconds of an RFC 3339 instant ending in Z, within the years of `limits`; null when the text is none (31
 * February too).
 */
export function microsOfInstant(text: string): Micros | null {
  const at = microsOfWritten(text);
  return at === null || at < firstInstant || at > lastInstant ? null : at;
}

/** The same in any year of four digits: what a database wrote in a zone of its own may lie just outside. */
export function microsOfWritten(text: string): Micros | null {
  const parts = form.exec(text);
  if (parts === null) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const seconds = daysOf(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
  return seconds * 1_000_000 + Number((parts[7] ?? "").padEnd(6, "0"));
}

/** RFC 3339 instant with exactly six fraction digits. */
export function instantOfMicros(at: Micros): string {
  const seconds = Math.floor(at / 1_000_000);
  const days = Math.floor(seconds / 86_400);
  const ofDay = seconds - days * 86_400;
  const { year, month, day } = dateOf(days);
  const pad = (value: number, width: number): string => String(value).padStart(width, "0");
  const clock = `${pad(Math.floor(ofDay / 3600), 2)}:${pad(Math.floor(ofDay / 60) % 60, 2)}:${pad(ofDay % 60, 2)}`;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${clock}.${pad(at - seconds * 1_000_000, 6)}Z`;
}

function dateOf(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1;
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}
