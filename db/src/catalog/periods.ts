import type { Micros } from "@kontor/kernel";
import { dayOfDate, instantOfLocal, isTimeZone, microsOfInstant } from "@kontor/kernel";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import { instantOf } from "../repositories/record-members.ts";
import { never } from "../schema/read-models-columns.ts";
import { beginning } from "./sql-values.ts";

/** Instants, or days of a time zone. */
export type Bounds = { readonly from?: string | undefined; readonly until?: string | undefined };
/** As it is stored: what has no start began with the calendar. */
export type StoredPeriod = { readonly validFrom: Micros; readonly validUntil: Micros | null };

/** A day counts from its local midnight on; one without a midnight, from where clocks jump to. */
export function periodIn(timeZone: string, { from, until }: Bounds, pointer = ""): Answered<StoredPeriod> {
  if (!isTimeZone(timeZone)) return refused("time_zone_unknown", { timeZone, pointer: `${pointer}/timeZone` });
  const validFrom = from === undefined ? beginning : boundIn(timeZone, from);
  const validUntil = until === undefined ? null : boundIn(timeZone, until);
  if (validFrom === null) return refused("period_invalid", { pointer: `${pointer}/from`, from });
  if (until !== undefined && (validUntil === null || validUntil <= validFrom)) {
    return refused("period_invalid", { pointer: `${pointer}/until`, until });
  }
  return answered({ validFrom, validUntil });
}

export function boundIn(timeZone: string, bound: string): Micros | null {
  if (bound.includes("T")) return microsOfInstant(bound);
  const day = dayOfDate(bound);
  return day === null ? null : instantOfLocal(timeZone, day, 0);
}

/** Members of a record: absent where there is no such end. */
export function boundsOf({ validFrom, validUntil }: StoredPeriod): { from?: string; until?: string } {
  return {
    ...(validFrom === beginning ? {} : { from: instantOf(validFrom) }),
    ...(validUntil === null || validUntil === never ? {} : { until: instantOf(validUntil) }),
  };
}
