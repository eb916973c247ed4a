import type { Micros } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";
import type { InstrumentTerms } from "@kontor/protocol";

/* Days are texts such as 2026-12-24, which sort as they follow each other. */

const msPerDay = 86_400_000;

export function dayOf(at: Micros): string {
  return instantOfMicros(at).slice(0, 10);
}

/** First instant of the day. @throws RangeError where the text is no day */
export function startOfDay(day: string): Micros {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms)) throw new RangeError(`not a day: ${day}`);
  return ms * 1_000;
}

/** True of 2026-02-28, false of 2026-02-30. */
export function isDay(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

export function daysLater(day: string, days: number): string {
  return dayOf(startOfDay(day) + days * msPerDay * 1_000);
}

/** Neither a Saturday nor a Sunday nor a holiday. */
export function isBusinessDay(day: string, holidays: ReadonlySet<string>): boolean {
  const weekday = new Date(startOfDay(day) / 1_000).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(day);
}

/** So many business days after the day; with none, the day itself or the next business day. */
export function businessDaysLater(day: string, days: number, holidays: ReadonlySet<string>): string {
  let left = days;
  let found = day;
  while (!isBusinessDay(found, holidays)) found = daysLater(found, 1);
  while (left > 0) {
    found = daysLater(found, 1);
    if (isBusinessDay(found, holidays)) left -= 1;
  }
  return found;
}

export function holidaysOf({ timetable }: Pick<InstrumentTerms, "timetable">): ReadonlySet<string> {
  return new Set(timetable?.holidays);
}

/** When what trades on the day is delivered and paid. */
export function deliveryDay(day: string, terms: Pick<InstrumentTerms, "settlementDays" | "timetable">): string {
  return businessDaysLater(day, terms.settlementDays, holidaysOf(terms));
}
