import { dayOfDate, instantOfMicros, invariant, weekdayOf } from "@kontor/kernel";

/** What becomes of a date that is no business day. `modified_following`: the next one, unless that is in another month. */
export type BusinessDayShift = "none" | "following" | "preceding" | "modified_following";

/**
 * Every so many days, weeks or months. `on` is the weekday from Monday, 1, or the day of the month, of which a shorter
 * month has its last; null is that of the start.
 */
export type CalendarRule = {
  readonly every: number;
  readonly unit: "day" | "week" | "month";
  readonly on: number | null;
  readonly shift: BusinessDayShift;
};

/** Days are texts such as 2026-12-24. `endOn` is the last day on which anything is ordered. */
export type StandingSchedule = {
  readonly rule: CalendarRule;
  readonly startOn: string;
  readonly endOn: string | null;
  readonly count: number | null;
  readonly holidays: ReadonlySet<string>;
};

/** `step` numbers what the rule comes to, from 0; `no` the dates among it, from 1. It is ordered on `orderOn`. */
export type StandingDate = {
  readonly step: number;
  readonly no: number;
  readonly date: string;
  readonly orderOn: string;
};

const microsPerDay = 86_400 * 1_000_000;
const lastDate = "2199-12-31";

/**
 * The next dates after one of before, at most so many. Of several that fall on one business day the first is a date, and
 * what would be ordered before the start is none.
 *
 * @throws Error where a day is none; whoever reads days checks them.
 */
export function standingDates(
  schedule: StandingSchedule,
  after: Pick<StandingDate, "step" | "no"> | null,
  limit: number,
): readonly StandingDate[] {
  const { rule, startOn, endOn, count } = schedule;
  const dateAt = stepsOf(rule, dayIn(startOn));
  const found: StandingDate[] = [];
  let no = after?.no ?? 0;
  let before = after === null ? "" : shifted(dateAt(after.step), schedule);
  for (let step = after === null ? 0 : after.step + 1; found.length < limit && (count === null || no < count); step++) {
    const date = dateAt(step);
    if (date > lastDate) break;
    const orderOn = shifted(date, schedule);
    if (endOn !== null && orderOn > endOn) break;
    if (orderOn === before || orderOn < startOn) continue;
    before = orderOn;
    no += 1;
    found.push({ step, no, date, orderOn });
  }
  return found;
}

function stepsOf({ every, unit, on }: CalendarRule, start: number): (step: number) => string {
  if (unit === "day") return (step) => textOf(start + every * step);
  if (unit === "week") {
    const first = start + (((on ?? weekdayOf(start)) - weekdayOf(start) + 7) % 7);
    return (step) => textOf(first + 7 * every * step);
  }
  const [year = 0, month = 1, day = 1] = textOf(start).split("-").map(Number);
  const dayOfMonth = on ?? day;
  const firstMonth = year * 12 + (month - 1);
  const skipped = inMonth(firstMonth, dayOfMonth) < textOf(start) ? 1 : 0;
  return (step) => inMonth(firstMonth + skipped + every * step, dayOfMonth);
}

/** Months are numbered from January of the year 0. */
function inMonth(month: number, dayOfMonth: number): string {
  const prefix = `${String(Math.trunc(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
  for (let day = dayOfMonth; ; day -= 1) {
    const text = `${prefix}-${String(day).padStart(2, "0")}`;
    if (dayOfDate(text) !== null) return text;
    invariant(day > 28, "every month has 28 days");
  }
}

function shifted(date: string, { rule: { shift }, holidays }: StandingSchedule): string {
  if (shift === "none") return date;
  const day = dayIn(date);
  if (shift === "preceding") return businessDayFrom(day, -1, holidays);
  const following = businessDayFrom(day, 1, holidays);
  const staysInMonth = following.slice(0, 7) === date.slice(0, 7);
  return shift === "following" || staysInMonth ? following : businessDayFrom(day, -1, holidays);
}

/** The day itself, or the nearest business day in the direction. */
function businessDayFrom(day: number, direction: 1 | -1, holidays: ReadonlySet<string>): string {
  for (let found = day; ; found += direction) {
    const text = textOf(found);
    if (weekdayOf(found) <= 5 && !holidays.has(text)) return text;
  }
}

function dayIn(date: string): number {
  const day = dayOfDate(date);
  invariant(day !== null, "a date is a day of the calendar");
  return day;
}

const textOf = (day: number): string => instantOfMicros(day * microsPerDay).slice(0, 10);
