import type { BuyingNotice, Problem } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import { eq } from "drizzle-orm";
import { termsIn } from "../buying/buying-terms.ts";
import { priceBasisOf } from "../buying/carts/cart-records.ts";
import { seenPriceOf } from "../buying/carts/seen-price.ts";
import type { Refused } from "../clearing/answered.ts";
import { daysLater } from "../clearing/business-days.ts";
import { writeNotices } from "../notices/write-notices.ts";
import { instantOf } from "../repositories/record-members.ts";
import { purchaseOrders } from "../schema/catalog-orders.ts";
import type { AskedPriceRow } from "../schema/catalog-standing.ts";
import { beginOf, planAhead, todayIn } from "./plan-ahead.ts";
import type { DateRow, LockedPlan, PlanRow } from "./plan-rows.ts";
import { setDate } from "./plan-rows.ts";

/* What becomes of a date. Each is told to the company, and makes room for the next date to come. */

type Ordered = { readonly checkoutId: string; readonly by: string; readonly consented: boolean };

export async function dateOrdered(locked: LockedPlan, date: DateRow, { checkoutId, by, consented }: Ordered) {
  const { tx, at } = locked;
  await setDate(tx, date, {
    state: "ordered",
    checkoutId,
    requestedBy: by,
    expiresAt: null,
    remindAt: null,
    doneAt: at,
  });
  const orders = await tx
    .select({ id: purchaseOrders.id })
    .from(purchaseOrders)
    .where(eq(purchaseOrders.checkoutId, checkoutId))
    .orderBy(purchaseOrders.vendorId);
  const data = { ...about(locked.plan, date), orderIds: orders.map(({ id }) => id), consented };
  await tellCompany(locked, { kind: "standing_order_ordered", data });
  await planAhead(locked);
}

/** Somebody may consent until the day begins that is so many days after the date, or after today if it was asked late. */
export async function dateAsked(locked: LockedPlan, date: DateRow, asked: readonly AskedPriceRow[]): Promise<void> {
  const { tx, plan, at } = locked;
  const calendar = await termsIn(tx, plan.marketplaceId);
  const today = todayIn(calendar, at);
  // biome-ignore lint/complexity/useMathMinMax: days are texts.
  const from = date.orderOn > today ? date.orderOn : today;
  const expiresAt = date.expiresAt ?? beginOf(calendar, daysLater(from, plan.consentDays));
  await setDate(tx, date, { state: "asked", asked, expiresAt, remindAt: null });
  const lines = asked.map(({ lineNo, before, after }) => {
    const [was, is] = [priceBasisOf(seenPriceOf(before)), priceBasisOf(seenPriceOf(after))];
    return { lineNo, currency: is.currency, before: was.unitPrice, after: is.unitPrice };
  });
  const data = { ...about(plan, date), expiresAt: instantOf(expiresAt), lines };
  await tellCompany(locked, { kind: "price_consent_asked", data });
}

export async function dateFailed(locked: LockedPlan, date: DateRow, refusal: Refused): Promise<void> {
  const problem: Problem = problemOf(refusal.code, refusal.data);
  await setDate(locked.tx, date, { state: "failed", problem, expiresAt: null, remindAt: null, doneAt: locked.at });
  await tellCompany(locked, { kind: "standing_order_failed", data: { ...about(locked.plan, date), problem } });
  await planAhead(locked);
}

export async function dateLapsed(locked: LockedPlan, date: DateRow): Promise<void> {
  await setDate(locked.tx, date, { state: "lapsed", expiresAt: null, doneAt: locked.at });
  await tellCompany(locked, { kind: "price_consent_lapsed", data: about(locked.plan, date) });
  await planAhead(locked);
}

/** By somebody of the company, or because it was paused: nobody has to be told. */
export async function dateSkipped(locked: LockedPlan, date: DateRow): Promise<void> {
  await setDate(locked.tx, date, { state: "skipped", expiresAt: null, remindAt: null, doneAt: locked.at });
  await planAhead(locked);
}

export async function dateReminded(locked: LockedPlan, date: DateRow): Promise<void> {
  const { tx, plan } = locked;
  await setDate(tx, date, { remindAt: null });
  if (plan.state !== "active" || plan.remindDays === null) return;
  const data = { ...about(plan, date), days: plan.remindDays };
  await tellCompany(locked, { kind: "standing_order_due", data });
}

/** `date` is that by which the date goes. */
const about = ({ id, name }: PlanRow, { date, orderOn }: DateRow) => ({ standingOrderId: id, name, date, orderOn });

async function tellCompany({ tx, plan, at }: LockedPlan, notice: BuyingNotice): Promise<void> {
  const { marketplaceId, companyId } = plan;
  await writeNotices(tx, [{ ...notice, marketplaceId, companyId, at }]);
}
