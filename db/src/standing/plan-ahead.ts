import type { StandingDate, StandingSchedule } from "@kontor/catalog";
import type { Micros } from "@kontor/kernel";
import { localDayOf } from "@kontor/kernel";
import { and, count, desc, eq, inArray } from "drizzle-orm";
import { termsIn } from "../buying/buying-terms.ts";
import { boundIn } from "../catalog/periods.ts";
import { daysLater } from "../clearing/business-days.ts";
import type { Database } from "../connect.ts";
import { standingOrderDates } from "../schema/catalog-standing.ts";
import type { LockedPlan, PlanRow } from "./plan-rows.ts";
import { setPlan } from "./plan-rows.ts";

/** So many dates are there before they are due, so that each of them can be skipped, moved or changed. */
const datesAhead = 12;
const epoch = "1970-01-01";

/** The days of a marketplace: when they begin, and which are no business days. */
export type MarketCalendar = { readonly timeZone: string; readonly holidays: readonly string[] };

export function todayIn({ timeZone }: MarketCalendar, at: Micros): string {
  return daysLater(epoch, localDayOf(timeZone, at));
}

/** First instant of the day. @throws RangeError where the text is no day */
export function beginOf({ timeZone }: MarketCalendar, day: string): Micros {
  const at = boundIn(timeZone, day);
  if (at === null) throw new RangeError(`not a day: ${day}`);
  return at;
}

type Reminding = { readonly orderOn: string; readonly remindDays: number | null; readonly at: Micros };

/** Null where nobody is to be reminded, or it is too late for that. */
export function remindAtOf(calendar: MarketCalendar, { orderOn, remindDays, at }: Reminding): Micros | null {
  if (remindDays === null) return null;
  const remindAt = beginOf(calendar, daysLater(orderOn, -remindDays));
  return remindAt > at ? remindAt : null;
}

export function scheduleOf(
  { rule, startOn, endOn, count: dates }: PlanRow,
  calendar: MarketCalendar,
): StandingSchedule {
  return { rule, startOn, endOn, count: dates, holidays: new Set(calendar.holidays) };
}

/** Dates of which nobody knows yet what becomes of them. */
async function openDates(tx: Database, planId: string): Promise<number> {
  const [row] = await tx
    .select({ dates: count() })
    .from(standingOrderDates)
    .where(
      and(eq(standingOrderDates.standingOrderId, planId), inArray(standingOrderDates.state, ["planned", "asked"])),
    );
  return row?.dates ?? 0;
}

/** Fills up the dates to come. Where none is left, the standing order has ended. Answers with how many there are. */
export async function planAhead({ tx, engine, plan, at }: LockedPlan): Promise<number> {
  if (plan.state === "ended") return 0;
  const calendar = await termsIn(tx, plan.marketplaceId);
  const { id: standingOrderId, remindDays } = plan;
  const [last] = await tx
    .select()
    .from(standingOrderDates)
    .where(eq(standingOrderDates.standingOrderId, standingOrderId))
    .orderBy(desc(standingOrderDates.no))
    .limit(1);
  const missing = datesAhead - (await openDates(tx, standingOrderId));
  const rows = upcoming({ tx, engine, plan, at }, { calendar, after: last ?? null, missing }).map((date) => {
    const remindAt = remindAtOf(calendar, { orderOn: date.orderOn, remindDays, at });
    return { standingOrderId, ...date, dueAt: beginOf(calendar, date.orderOn), remindAt };
  });
  if (rows.length > 0) await tx.insert(standingOrderDates).values(rows);
  const open = await openDates(tx, standingOrderId);
  if (open === 0) await setPlan(tx, standingOrderId, { state: "ended" });
  return open;
}

type Upcoming = {
  readonly calendar: MarketCalendar;
  readonly after: Pick<StandingDate, "step" | "no"> | null;
  readonly missing: number;
};

/** Days that were over when it was written count, and are not made up for. */
function upcoming({ engine, plan, at }: LockedPlan, { calendar, after, missing }: Upcoming): readonly StandingDate[] {
  const today = todayIn(calendar, at);
  const schedule = scheduleOf(plan, calendar);
  const found: StandingDate[] = [];
  for (let place = after; found.length < missing; ) {
    const next = engine.standingDates(schedule, place, datesAhead);
    found.push(...next.filter(({ orderOn }) => orderOn >= today));
    if (next.length < datesAhead) break;
    place = next.at(-1) ?? null;
  }
  return found.slice(0, Math.max(0, missing));
}
