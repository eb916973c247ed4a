import { daysOf, monthLength } from "./instants.ts";
import type { Micros } from "./time.ts";

/*
 * Local time of IANA zones, by the rules that this machine's Intl knows: the one place that asks for them. Days are
 * numbered from 1970-01-01, which is 0.
 */

const daySeconds = 86_400;
const microsPerSecond = 1_000_000;

/** Building one takes as long as some hundred uses of it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timeZone, format);
  return format;
}

/** Whether there is a zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** Seconds that local clocks are ahead of UTC. @throws RangeError when there is no such zone. */
function offsetAt(timeZone: string, second: number): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(second * 1_000)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const days = daysOf(read("year"), read("month"), read("day"));
  return days * daySeconds + read("hour") * 3_600 + read("minute") * 60 + read("second") - second;
}

/** The local day of an instant. @throws RangeError when there is no such zone. */
export function localDayOf(timeZone: string, at: Micros): number {
  const second = Math.floor(at / microsPerSecond);
  return Math.floor((second + offsetAt(timeZone, second)) / daySeconds);
}

/**
 * The instant at which local clocks show a second of a day. One that they skip is where they jump to, of one that they
 * show twice the first is meant; so later times of a day never come before earlier ones.
 *
 * @throws RangeError when there is no such zone.
 */
export function instantOfLocal(timeZone: string, day: number, secondOfDay: number): Micros {
  const local = day * daySeconds + secondOfDay;
  const [before, after] = [local - daySeconds, local + daySeconds];
  const offset = offsetAt(timeZone, before);
  const later = offsetAt(timeZone, after);
  for (const candidate of [offset, later]) {
    if (offsetAt(timeZone, local - candidate) === candidate) return (local - candidate) * microsPerSecond;
  }
  return jumpBetween(timeZone, before, after) * microsPerSecond;
}

/** The first second at which the zone's offset is no longer what it was. */
function jumpBetween(timeZone: string, from: number, until: number): number {
  const offset = offsetAt(timeZone, from);
  let [low, high] = [from, until];
  while (low + 1 < high) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}

/** The day of a date, `2026-12-24`; null when the calendar has none such. */
export function dayOfDate(date: string): number | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  return month < 1 || month > 12 || day < 1 || day > monthLength(year, month) ? null : daysOf(year, month, day);
}

/** Monday is 1. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
