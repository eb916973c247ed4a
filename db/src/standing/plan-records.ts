import type { StandingDateRecord, StandingOrderRecord, StandingOrderSummary } from "@kontor/protocol";
import { and, desc, eq, inArray, notInArray } from "drizzle-orm";
import { priceBasisOf } from "../buying/carts/cart-records.ts";
import { offerFactsOf } from "../buying/carts/offer-facts.ts";
import { seenPriceOf } from "../buying/carts/seen-price.ts";
import { percentText } from "../buying/number-texts.ts";
import { millionthsText } from "../catalog/millionths.ts";
import type { Database } from "../connect.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { purchaseOrders } from "../schema/catalog-orders.ts";
import { standingOrderDates } from "../schema/catalog-standing.ts";
import type { DateRow, PlanLineRow, PlanRow } from "./plan-rows.ts";
import { linesOfPlan } from "./plan-rows.ts";

/** Of the dates that were, a record tells so many. */
const pastDatesShown = 24;
const open: readonly DateRow["state"][] = ["planned", "asked"];

export function planSummaryOf({ id, marketplaceId, name, state, ...plan }: PlanRow): StandingOrderSummary {
  const { requestedBy, createdAt, version } = plan;
  return { standingOrderId: id, marketplaceId, name, state, requestedBy, createdAt: instantOf(createdAt), version };
}

export async function planRecordOf(db: Database, plan: PlanRow): Promise<StandingOrderRecord> {
  const { divisionId, buyerNumber, note, startOn, endOn, count, remindDays, tolerance, consentDays } = plan;
  return {
    ...planSummaryOf(plan),
    ...present({ divisionId }),
    ...{ buyerNumber, note },
    rule: ruleOf(plan),
    startOn,
    ...present({ endOn, count, remindDays }),
    ...{ tolerance: percentText(tolerance), consentDays },
    lines: await lineRecords(db, plan),
    dates: await dateRecords(db, plan),
  };
}

function ruleOf({ rule: { unit, every, on, shift } }: PlanRow): StandingOrderRecord["rule"] {
  return unit === "day" ? { unit, every, shift } : { unit, every, ...present({ on }), shift };
}

async function lineRecords(db: Database, { id, companyId }: PlanRow): Promise<StandingOrderRecord["lines"]> {
  const lines = await linesOfPlan(db, id);
  const offerIds = lines.map(({ offerId }) => offerId);
  const facts = await offerFactsOf(db, { companyId, offerIds });
  return lines.map((line) => {
    const { vendorId = "unknown", vendorPartNo = "", name = "" } = facts.get(line.offerId) ?? {};
    return { ...lineOf(line), vendorId, vendorPartNo, name };
  });
}

function lineOf({ lineNo, offerId, quantity, unit, costCenterId, agreed, agreedAt, agreedBy }: PlanLineRow) {
  return {
    ...{ lineNo, offerId, quantity: millionthsText(quantity), unit },
    ...present({ costCenterId }),
    ...{ agreed: priceBasisOf(seenPriceOf(agreed)), agreedAt: instantOf(agreedAt), agreedBy },
  };
}

async function dateRecords(db: Database, { id }: PlanRow): Promise<StandingDateRecord[]> {
  const ofPlan = eq(standingOrderDates.standingOrderId, id);
  const dates = db.select().from(standingOrderDates);
  const past = await db
    .select()
    .from(standingOrderDates)
    .where(and(ofPlan, notInArray(standingOrderDates.state, [...open])))
    .orderBy(desc(standingOrderDates.no))
    .limit(pastDatesShown);
  const rows = [...past, ...(await dates.where(and(ofPlan, inArray(standingOrderDates.state, [...open]))))];
  const checkouts = rows.flatMap(({ checkoutId }) => checkoutId ?? []);
  const orders =
    checkouts.length === 0
      ? []
      : await db
          .select({ id: purchaseOrders.id, checkoutId: purchaseOrders.checkoutId })
          .from(purchaseOrders)
          .where(inArray(purchaseOrders.checkoutId, checkouts))
          .orderBy(purchaseOrders.vendorId);
  return rows
    .toSorted((a, b) => a.no - b.no)
    .map((row) => {
      const own = orders.filter(({ checkoutId }) => checkoutId === row.checkoutId);
      return {
        ...dateOf(row),
        orderIds: own.map((order) => order.id),
      };
    });
}

function dateOf({ date, no, orderOn, dueAt, state, ...row }: DateRow): Omit<StandingDateRecord, "orderIds"> {
  const { changes, asked, expiresAt, checkoutId, problem, doneAt } = row;
  const told = asked?.map(({ lineNo, before, after }) => {
    return { lineNo, before: priceBasisOf(seenPriceOf(before)), after: priceBasisOf(seenPriceOf(after)) };
  });
  return {
    ...{ date, no, orderOn, dueAt: instantOf(dueAt), state },
    ...present({ changes: changes === null ? null : [...changes], asked: told, checkoutId }),
    ...present({ expiresAt: instantOf(expiresAt), doneAt: instantOf(doneAt) }),
    ...(problem === null ? {} : { problem: problem as StandingDateRecord["problem"] & object }),
  };
}
