import type { Micros } from "@kontor/kernel";
import { dayOfDate, instantOfLocal, isTimeZone, lastInstant, localDayOf, weekdayOf } from "@kontor/kernel";
import type { MarketStep, Timetable } from "@kontor/protocol";
import type { PlannedStep } from "./plan.ts";
import { timed } from "./plan.ts";

type TimetableStep = Timetable["steps"][number];

/** A step of the timetable on one of its days. */
type Moment = { readonly step: TimetableStep; readonly at: Micros };

/** Further than 400 holidays can be apart, one weekday a week. */
const daysMax = 3_000;

function secondOf(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  return hours * 3_600 + minutes * 60 + seconds;
}

/** Whether a local day is a trading day; none is in a zone that this machine has never heard of. */
function tradingDays({ timeZone, weekdays, holidays }: Timetable): (day: number) => boolean {
  if (!isTimeZone(timeZone)) return () => false;
  const free = new Set(holidays.map(dayOfDate));
  const days = new Set(weekdays);
  return (day) => days.has(weekdayOf(day)) && !free.has(day);
}

function todayOf({ timeZone }: Timetable, at: Micros): number {
  return isTimeZone(timeZone) ? localDayOf(timeZone, at) : 0;
}

function momentsOf({ timeZone, steps }: Timetable, day: number): Moment[] {
  return steps.map((step) => ({ step, at: instantOfLocal(timeZone, day, secondOf(step.at)) }));
}

/** The first step after an instant, delays aside; of steps that clocks jump over to one instant the last. */
function momentAfter(timetable: Timetable, after: Micros): Moment | null {
  const isTradingDay = tradingDays(timetable);
  const today = todayOf(timetable, after);
  for (let day = today - 1; day < today + daysMax; day++) {
    const moments = isTradingDay(day) ? momentsOf(timetable, day) : [];
    const first = moments.find(({ at }) => at > after);
    if (first === undefined) continue;
    return first.at > lastInstant ? null : (moments.findLast(({ at }) => at === first.at) ?? first);
  }
  return null;
}

/** The last step that has come by an instant, delays aside; null when none was in the last years. */
export function momentBy(
  timetable: Timetable,
  at: Micros,
  fits: (step: TimetableStep) => boolean = () => true,
): Moment | null {
  const isTradingDay = tradingDays(timetable);
  const today = todayOf(timetable, at);
  for (let day = today + 1; day > today - daysMax && day >= 0; day--) {
    const moments = isTradingDay(day) ? momentsOf(timetable, day) : [];
    const last = moments.findLast((moment) => moment.at <= at && fits(moment.step));
    if (last !== undefined) return last;
  }
  return null;
}

/** Where a step leads. */
export function stepOf({ phase, purpose }: TimetableStep): MarketStep {
  return { phase, ...(phase === "auction" && { purpose: purpose ?? "intraday" }) };
}

/** The first step after an instant with its drawn delay, which ends before the step after it begins. */
export function plannedAfter(timetable: Timetable, after: Micros, secret: string): PlannedStep | null {
  const moment = momentAfter(timetable, after);
  return moment === null ? null : planned(timetable, moment, secret);
}

export function planned(timetable: Timetable, { step, at }: Moment, secret: string): PlannedStep {
  const following = step.randomMs === 0 ? null : momentAfter(timetable, at);
  const draw = { secret, what: "step", randomMs: step.randomMs };
  return { ...stepOf(step), ...timed(at, draw, following?.at) };
}

type TimetableFault = { readonly pointer: string; readonly rule: string };

/** Everything that is wrong with a timetable. */
export function timetableFaults({ timeZone, holidays, steps }: Timetable): TimetableFault[] {
  const faults: TimetableFault[] = [];
  const fault = (pointer: string, rule: string) => faults.push({ pointer: `/timetable${pointer}`, rule });
  if (!isTimeZone(timeZone)) fault("/timeZone", "known_time_zone");
  for (const [index, holiday] of holidays.entries()) {
    if (dayOfDate(holiday) === null) fault(`/holidays/${index}`, "calendar_day");
  }
  for (const [index, { at, phase, purpose }] of steps.entries()) {
    const before = steps[index - 1];
    if (before !== undefined && secondOf(before.at) >= secondOf(at))
      fault(`/steps/${index}/at`, "after_the_one_before");
    if (purpose !== undefined && phase !== "auction") fault(`/steps/${index}/purpose`, "only_of_an_auction");
  }
  return faults;
}
