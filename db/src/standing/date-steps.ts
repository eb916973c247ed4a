import type { Actor, Micros } from "@kontor/kernel";
import { dayOfDate } from "@kontor/kernel";
import type { PriceConsentInput, StandingDateChange } from "@kontor/protocol";
import { and, desc, eq, gt, lt } from "drizzle-orm";
import { termsIn } from "../buying/buying-terms.ts";
import { priceBasisOf } from "../buying/carts/cart-records.ts";
import { seenPriceOf } from "../buying/carts/seen-price.ts";
import { millionthsIn, trimmed } from "../buying/number-texts.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { AskedPriceRow } from "../schema/catalog-standing.ts";
import { standingOrderDates, standingOrderLines } from "../schema/catalog-standing.ts";
import { carryOut } from "./carry-out.ts";
import { dateAsked, dateOrdered, dateSkipped } from "./date-outcomes.ts";
import { beginOf, remindAtOf, scheduleOf, todayIn } from "./plan-ahead.ts";
import type { DateRow, LockedPlan } from "./plan-rows.ts";
import { linesOfPlan, setDate } from "./plan-rows.ts";

type Step<Input> = {
  readonly date: DateRow;
  readonly actor: Actor;
  readonly input: Input;
};

const wrongState = ({ state }: DateRow) => refused("standing_date_state_wrong", { state });

/** Another day or other quantities for one date, which also takes back that it is skipped. */
export async function changeDate(
  locked: LockedPlan,
  { date, actor, input }: Step<StandingDateChange>,
): Promise<Answered<null>> {
  const { tx, plan, at } = locked;
  if (plan.state === "ended") return refused("standing_order_state_wrong", { state: plan.state });
  if (date.state !== "planned" && date.state !== "skipped") return wrongState(date);
  const orderOn = input.orderOn ?? date.orderOn;
  const calendar = await termsIn(tx, plan.marketplaceId);
  const dueAt = dayOfDate(orderOn) === null ? null : beginOf(calendar, orderOn);
  if (dueAt === null) return refused("period_invalid", { pointer: "/orderOn" });
  const [after, before] = await neighbours(locked, date);
  const tomorrowOn = orderOn > todayIn(calendar, at);
  if (!tomorrowOn || (after !== null && orderOn <= after) || (before !== null && orderOn >= before)) {
    const bounds = { ...(after === null ? {} : { after }), ...(before === null ? {} : { before }) };
    return refused("standing_date_out_of_order", { ...bounds, pointer: "/orderOn" });
  }
  const changes = await checkedChanges(locked, input.changes);
  if (!changes.ok) return changes;
  const remindAt = remindAtOf(calendar, { orderOn, remindDays: plan.remindDays, at });
  const now = { state: "planned", doneAt: null, requestedBy: actor.userId } as const;
  await setDate(tx, date, { ...now, orderOn, dueAt, remindAt, changes: changes.value });
  return answered(null);
}

/** The days on which the dates beside it are ordered, also of one that is not there yet. */
async function neighbours(
  { tx, engine, plan }: LockedPlan,
  { standingOrderId, step, no }: DateRow,
): Promise<readonly [after: string | null, before: string | null]> {
  const ofPlan = eq(standingOrderDates.standingOrderId, standingOrderId);
  const day = { orderOn: standingOrderDates.orderOn };
  const [previous] = await tx
    .select(day)
    .from(standingOrderDates)
    .where(and(ofPlan, lt(standingOrderDates.no, no)))
    .orderBy(desc(standingOrderDates.no))
    .limit(1);
  const [next] = await tx
    .select(day)
    .from(standingOrderDates)
    .where(and(ofPlan, gt(standingOrderDates.no, no)))
    .orderBy(standingOrderDates.no)
    .limit(1);
  const calendar = await termsIn(tx, plan.marketplaceId);
  const [planned] = next === undefined ? engine.standingDates(scheduleOf(plan, calendar), { step, no }, 1) : [next];
  return [previous?.orderOn ?? null, planned?.orderOn ?? null];
}

async function checkedChanges({ tx, plan }: LockedPlan, changes: StandingDateChange["changes"]) {
  const known = new Set((await linesOfPlan(tx, plan.id)).map(({ lineNo }) => lineNo));
  for (const [index, { lineNo, quantity }] of changes.entries()) {
    const pointer = `/changes/${index}`;
    if (!known.has(lineNo)) return refused("standing_line_unknown", { lineNo, pointer: `${pointer}/lineNo` });
    if (millionthsIn(quantity) === null) return refused("quantity_unreadable", { pointer: `${pointer}/quantity` });
  }
  return answered(changes.length === 0 ? null : changes);
}

export async function skipDate(locked: LockedPlan, { date }: { readonly date: DateRow }): Promise<Answered<null>> {
  if (date.state !== "planned" && date.state !== "asked") return wrongState(date);
  await dateSkipped(locked, date);
  return answered(null);
}

/**
 * Orders a date at the prices that were asked for, or not at all. Where they have risen again by now it is asked anew;
 * what else keeps it from being ordered is told, and one may consent again while there is time.
 */
export async function consentToPrices(
  locked: LockedPlan,
  { date, actor, input }: Step<PriceConsentInput>,
): Promise<Answered<null>> {
  const { plan, at } = locked;
  if (date.state !== "asked" || isOver(date, at)) return wrongState(date);
  if (input.answer === "skip") return await skipDate(locked, { date });
  if (plan.state !== "active") return refused("standing_order_state_wrong", { state: plan.state });
  const consented = date.asked ?? [];
  const stale = consented.filter((one) => !isMeant(one, input.prices)).map(({ lineNo }) => lineNo);
  if (stale.length > 0 || input.prices.length !== consented.length) {
    return refused("price_consent_stale", { lines: stale });
  }
  const by = actor.userId;
  const carried = await carryOut(locked, { date, by, consented });
  if (!carried.ok) return carried;
  if (carried.value.kind === "asked") {
    await dateAsked(locked, date, carried.value.asked);
    return answered(null);
  }
  if (input.answer === "from_now_on") await agreeTo(locked, { consented, by });
  await dateOrdered(locked, date, { checkoutId: carried.value.checkoutId, by, consented: true });
  return answered(null);
}

const isOver = ({ expiresAt }: DateRow, at: Micros): boolean => expiresAt !== null && expiresAt <= at;

type Prices = Extract<PriceConsentInput, { readonly prices: unknown }>["prices"];

function isMeant({ lineNo, after }: AskedPriceRow, prices: Prices): boolean {
  const { unitPrice } = priceBasisOf(seenPriceOf(after));
  return prices.some((price) => price.lineNo === lineNo && trimmed(price.unitPrice) === trimmed(unitPrice));
}

type Agreeing = { readonly consented: readonly AskedPriceRow[]; readonly by: string };

async function agreeTo({ tx, plan, at }: LockedPlan, { consented, by }: Agreeing): Promise<void> {
  for (const { lineNo, after } of consented) {
    await tx
      .update(standingOrderLines)
      .set({ agreed: after, agreedAt: at, agreedBy: by })
      .where(and(eq(standingOrderLines.standingOrderId, plan.id), eq(standingOrderLines.lineNo, lineNo)));
  }
}
