import type { Micros } from "@kontor/kernel";
import type { SQL } from "drizzle-orm";
import { and, asc, eq, isNotNull, lte } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, wholly } from "../clearing/answered.ts";
import { standingOrderDates, standingOrders } from "../schema/catalog-standing.ts";
import { carryOut } from "./carry-out.ts";
import { dateAsked, dateFailed, dateLapsed, dateOrdered, dateReminded, dateSkipped } from "./date-outcomes.ts";
import type { DateRow, LockedPlan, StandingParts } from "./plan-rows.ts";

type Due = { readonly at: Micros; readonly limit: number };
type DateWork = (locked: LockedPlan, date: DateRow) => Promise<Answered<null>>;
const done = answered(null);

/**
 * Reminds of dates, orders what is due, and ends questions that nobody has answered. Several workers may do it, and one
 * may die in between: each date is done once, together with what came of it. Answers with how many dates it did.
 *
 * @throws the first error that kept a date from being done, after all others were tried
 */
export async function runStandingOrders(parts: StandingParts, { at, limit }: Due): Promise<number> {
  const planned = eq(standingOrderDates.state, "planned");
  const reminders = and(planned, isNotNull(standingOrderDates.remindAt), lte(standingOrderDates.remindAt, at));
  const due = and(planned, lte(standingOrderDates.dueAt, at));
  const late = and(eq(standingOrderDates.state, "asked"), lte(standingOrderDates.expiresAt, at));
  const jobs: readonly (readonly [SQL | undefined, DateWork])[] = [
    [reminders, remind],
    [due, order],
    [late, lapse],
  ];
  const errors: unknown[] = [];
  let count = 0;
  for (const [isDue, work] of jobs) {
    const dates = await parts.db
      .select({ planId: standingOrderDates.standingOrderId, date: standingOrderDates.date })
      .from(standingOrderDates)
      .where(isDue)
      .orderBy(asc(standingOrderDates.dueAt))
      .limit(limit);
    for (const key of dates) {
      const one = { ...key, isDue, work, at };
      await doDate(parts, one).then(
        (did) => {
          if (did) count += 1;
        },
        (error: unknown) => errors.push(error),
      );
    }
  }
  if (errors.length > 0) throw errors[0];
  return count;
}

type OneDate = {
  readonly planId: string;
  readonly date: string;
  readonly isDue: SQL | undefined;
  readonly work: DateWork;
  readonly at: Micros;
};

/** False where another worker has it, or it is not due any more. What was refused is the outcome of the date. */
async function doDate(parts: StandingParts, one: OneDate): Promise<boolean> {
  const tried = await onDate(parts, one, one.work);
  if (tried.ok) return tried.value;
  const told = await onDate(parts, one, async (locked, date) => {
    await dateFailed(locked, date, tried);
    return done;
  });
  return told.ok && told.value;
}

function onDate({ db, engine }: StandingParts, one: OneDate, work: DateWork): Promise<Answered<boolean>> {
  return wholly(db, async (tx) => {
    const [plan] = await tx
      .select()
      .from(standingOrders)
      .where(eq(standingOrders.id, one.planId))
      .for("update", { skipLocked: true });
    if (plan === undefined) return answered(false);
    const [date] = await tx
      .select()
      .from(standingOrderDates)
      .where(and(eq(standingOrderDates.standingOrderId, one.planId), eq(standingOrderDates.date, one.date), one.isDue))
      .for("update");
    if (date === undefined) return answered(false);
    const worked = await work({ tx, engine, plan, at: one.at }, date);
    return worked.ok ? answered(true) : worked;
  });
}

async function remind(locked: LockedPlan, date: DateRow): Promise<Answered<null>> {
  await dateReminded(locked, date);
  return done;
}

async function lapse(locked: LockedPlan, date: DateRow): Promise<Answered<null>> {
  await dateLapsed(locked, date);
  return done;
}

async function order(locked: LockedPlan, date: DateRow): Promise<Answered<null>> {
  const { plan } = locked;
  if (plan.state !== "active") {
    await dateSkipped(locked, date);
    return done;
  }
  const by = date.requestedBy ?? plan.requestedBy;
  const carried = await carryOut(locked, { date, by, consented: [] });
  if (!carried.ok) return carried;
  if (carried.value.kind === "asked") await dateAsked(locked, date, carried.value.asked);
  else await dateOrdered(locked, date, { checkoutId: carried.value.checkoutId, by, consented: false });
  return done;
}
