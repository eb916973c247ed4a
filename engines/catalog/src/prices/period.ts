import type { Micros } from "@kontor/kernel";
import { dayOfDate, instantOfLocal } from "@kontor/kernel";

/** From an instant on, up to but without another; null where it has no such end. */
export type Period = { readonly from: Micros | null; readonly to: Micros | null };

export const always: Period = { from: null, to: null };

export function contains({ from, to }: Period, at: Micros): boolean {
  return (from === null || from <= at) && (to === null || at < to);
}

/** The later of two starts; null is earlier than any. */
export function laterStart(a: Micros | null, b: Micros | null): Micros | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

export type LocalPeriod = {
  /** IANA name of the price list's zone. */
  readonly timeZone: string;
  /** `2026-12-24`, or null. */
  readonly fromDate: string | null;
  /** The first day that does not belong to it any more. */
  readonly toDate: string | null;
};

/**
 * The instants of a period that was entered as local dates: each begins when the zone's clocks show midnight.
 * Null when a date is none, or the period would not end after it began. @throws RangeError when there is no such zone.
 */
export function periodOfLocalDates({ timeZone, fromDate, toDate }: LocalPeriod): Period | null {
  const midnight = (date: string | null): Micros | null | undefined => {
    if (date === null) return null;
    const day = dayOfDate(date);
    return day === null ? undefined : instantOfLocal(timeZone, day, 0);
  };
  const [from, to] = [midnight(fromDate), midnight(toDate)];
  if (from === undefined || to === undefined) return null;
  return from !== null && to !== null && to <= from ? null : { from, to };
}
