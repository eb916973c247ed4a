import type { Actor, Micros } from "@kontor/kernel";
import type { SQL } from "drizzle-orm";
import { and, asc, eq, sql } from "drizzle-orm";
import type { BuyingEngine } from "../buying/buying-engine.ts";
import { isOwned, staleVersion } from "../buying/orders/own-company.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { allOf } from "../repositories/scope.ts";
import { standingOrderDates, standingOrderLines, standingOrders } from "../schema/catalog-standing.ts";

export type PlanRow = typeof standingOrders.$inferSelect;
export type PlanLineRow = typeof standingOrderLines.$inferSelect;
export type DateRow = typeof standingOrderDates.$inferSelect;

export type StandingParts = { readonly db: Database; readonly engine: BuyingEngine };

/** A standing order that is being changed, alone until the transaction ends. */
export type LockedPlan = {
  readonly tx: Database;
  readonly engine: BuyingEngine;
  readonly plan: PlanRow;
  readonly at: Micros;
};

export const ownPlan = (actor: Actor, standingOrderId: string): SQL =>
  allOf(isOwned(actor, standingOrders), eq(standingOrders.id, standingOrderId));

export type PlanKey = { readonly standingOrderId: string; readonly version: number };

/** The actor's company's, in the version that he has read. */
export async function holdPlan(tx: Database, actor: Actor, key: PlanKey): Promise<Answered<PlanRow>> {
  const [plan] = await tx.select().from(standingOrders).where(ownPlan(actor, key.standingOrderId)).for("update");
  if (plan === undefined) return refused("standing_order_unknown");
  return plan.version === key.version ? answered(plan) : staleVersion(plan.version);
}

export async function setPlan(tx: Database, planId: string, values: Partial<PlanRow>): Promise<void> {
  await tx
    .update(standingOrders)
    .set({ ...values, updatedAt: sql`now()` })
    .where(eq(standingOrders.id, planId));
}

/** Once for all that a person did to the plan and its dates, which are one document. */
export async function nextVersion(tx: Database, planId: string): Promise<PlanRow | undefined> {
  const [plan] = await tx
    .update(standingOrders)
    .set({ version: sql`${standingOrders.version} + 1`, updatedAt: sql`now()` })
    .where(eq(standingOrders.id, planId))
    .returning();
  return plan;
}

export const linesOfPlan = (db: Database, planId: string): Promise<PlanLineRow[]> =>
  db
    .select()
    .from(standingOrderLines)
    .where(eq(standingOrderLines.standingOrderId, planId))
    .orderBy(asc(standingOrderLines.lineNo));

const isDate = (planId: string, date: string) =>
  and(eq(standingOrderDates.standingOrderId, planId), eq(standingOrderDates.date, date));

export async function findDate(db: Database, planId: string, date: string): Promise<DateRow | undefined> {
  const [row] = await db.select().from(standingOrderDates).where(isDate(planId, date));
  return row;
}

export async function setDate(
  tx: Database,
  { standingOrderId, date }: DateRow,
  values: Partial<DateRow>,
): Promise<void> {
  await tx.update(standingOrderDates).set(values).where(isDate(standingOrderId, date));
}
