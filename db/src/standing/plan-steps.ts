import type { Actor, Micros } from "@kontor/kernel";
import { dayOfDate } from "@kontor/kernel";
import type { StandingOrderChange, StandingOrderInput } from "@kontor/protocol";
import { and, eq, gt, inArray, lte } from "drizzle-orm";
import type { BuyingEngine } from "../buying/buying-engine.ts";
import { termsIn } from "../buying/buying-terms.ts";
import { percentIn } from "../buying/number-texts.ts";
import { ownCompanyOf } from "../buying/orders/own-company.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import type { StandingRuleRow } from "../schema/catalog-standing.ts";
import { standingOrderDates, standingOrderLines, standingOrders } from "../schema/catalog-standing.ts";
import { planAhead, remindAtOf } from "./plan-ahead.ts";
import { agreedLines } from "./plan-lines.ts";
import type { LockedPlan, PlanRow } from "./plan-rows.ts";
import { linesOfPlan, setDate, setPlan } from "./plan-rows.ts";

/** Paused, nothing is ordered on the dates that come; ended, there are none any more. */
export type PlanMove = "pause" | "resume" | "end";

type Creating = { readonly actor: Actor; readonly input: StandingOrderInput; readonly at: Micros };

/** Answers with its id. */
export async function createPlan(
  tx: Database,
  engine: BuyingEngine,
  { actor, input, at }: Creating,
): Promise<Answered<string>> {
  const own = ownCompanyOf(actor);
  if (own === undefined) return refused("not_found");
  const { startOn, rule } = input;
  if (dayOfDate(startOn) === null) return refused("period_invalid", { pointer: "/startOn" });
  const terms = termsOf(input);
  if (!terms.ok) return terms;
  if (terms.value.endOn !== null && terms.value.endOn < startOn)
    return refused("period_invalid", { pointer: "/endOn" });
  const lines = await agreedLines(tx, engine, { own, input, before: [], at });
  if (!lines.ok) return lines;
  const { marketplaceId, companyId, userId: requestedBy } = own;
  const [plan] = await tx
    .insert(standingOrders)
    .values({ marketplaceId, companyId, requestedBy, ...terms.value, rule: ruleRowOf(rule), startOn, createdAt: at })
    .returning();
  if (plan === undefined) return refused("internal");
  await tx.insert(standingOrderLines).values(lines.value.map((line) => ({ standingOrderId: plan.id, ...line })));
  const dates = await planAhead({ tx, engine, plan, at });
  return dates === 0 ? refused("standing_order_without_dates") : answered(plan.id);
}

function ruleRowOf(rule: StandingOrderInput["rule"]): StandingRuleRow {
  const { unit, every, shift } = rule;
  return { unit, every, on: rule.unit === "day" ? null : (rule.on ?? null), shift };
}

function termsOf(input: StandingOrderChange) {
  const { name, divisionId = null, buyerNumber, note, endOn = null, count = null, remindDays = null } = input;
  if (endOn !== null && dayOfDate(endOn) === null) return refused("period_invalid", { pointer: "/endOn" });
  const tolerance = percentIn(input.tolerance) ?? 0n;
  const { consentDays } = input;
  return answered({ name, divisionId, buyerNumber, note, endOn, count, remindDays, tolerance, consentDays });
}

type Changing = { readonly actor: Actor; readonly input: StandingOrderChange };

/** From then on it is ordered in the name of who changed it. Quantities that he gave single dates stay while the lines do. */
export async function changePlan(locked: LockedPlan, { actor, input }: Changing): Promise<Answered<null>> {
  const { tx, engine, plan, at } = locked;
  const own = ownCompanyOf(actor);
  if (own === undefined) return refused("standing_order_unknown");
  if (plan.state === "ended") return refused("standing_order_state_wrong", { state: plan.state });
  const terms = termsOf(input);
  if (!terms.ok) return terms;
  const { endOn } = terms.value;
  if (endOn !== null && endOn < plan.startOn) return refused("period_invalid", { pointer: "/endOn" });
  const before = await linesOfPlan(tx, plan.id);
  const lines = await agreedLines(tx, engine, { own, input, before, at });
  if (!lines.ok) return lines;
  await tx.delete(standingOrderLines).where(eq(standingOrderLines.standingOrderId, plan.id));
  await tx.insert(standingOrderLines).values(lines.value.map((line) => ({ standingOrderId: plan.id, ...line })));
  const changed = { ...plan, ...terms.value, requestedBy: own.userId };
  await setPlan(tx, plan.id, { ...terms.value, requestedBy: own.userId });
  const stays = (["offerId", "unit", "quantity"] as const).every(
    (member) =>
      before.length === lines.value.length &&
      before.every((line, index) => line[member] === lines.value[index]?.[member]),
  );
  await replanDates({ ...locked, plan: changed }, { stays });
  const dates = await planAhead({ ...locked, plan: changed });
  return dates === 0 ? refused("standing_order_without_dates") : answered(null);
}

/** Dates beyond the new end fall away; those before it are reminded of as it is now. */
async function replanDates({ tx, plan, at }: LockedPlan, { stays }: { readonly stays: boolean }): Promise<void> {
  const planned = and(eq(standingOrderDates.standingOrderId, plan.id), eq(standingOrderDates.state, "planned"));
  if (plan.endOn !== null)
    await tx.delete(standingOrderDates).where(and(planned, gt(standingOrderDates.orderOn, plan.endOn)));
  if (plan.count !== null)
    await tx.delete(standingOrderDates).where(and(planned, gt(standingOrderDates.no, plan.count)));
  const calendar = await termsIn(tx, plan.marketplaceId);
  const dates = await tx.select().from(standingOrderDates).where(planned);
  for (const date of dates) {
    const remindAt = remindAtOf(calendar, { orderOn: date.orderOn, remindDays: plan.remindDays, at });
    // Otherwise somebody could approve the quantities that he gave a date in a colleague's name.
    const isHis = date.requestedBy === null || date.requestedBy === plan.requestedBy;
    const changes = stays && isHis ? date.changes : null;
    const requestedBy = changes === null ? null : date.requestedBy;
    await setDate(tx, date, { requestedBy, remindAt, changes });
  }
}

const from: Readonly<Record<PlanMove, readonly PlanRow["state"][]>> = {
  pause: ["active"],
  resume: ["paused"],
  end: ["active", "paused"],
};
const to = { pause: "paused", resume: "active", end: "ended" } as const;

/** What came due while it was paused is not made up for. */
export async function movePlan(locked: LockedPlan, move: PlanMove): Promise<Answered<null>> {
  const { tx, plan, at } = locked;
  const { state } = plan;
  if (!from[move].includes(state)) return refused("standing_order_state_wrong", { state, states: from[move] });
  await setPlan(tx, plan.id, { state: to[move] });
  const ofPlan = eq(standingOrderDates.standingOrderId, plan.id);
  const skipped = { state: "skipped", expiresAt: null, remindAt: null, doneAt: at } as const;
  if (move === "end") {
    const open = inArray(standingOrderDates.state, ["planned", "asked"]);
    await tx.update(standingOrderDates).set(skipped).where(and(ofPlan, open));
  }
  if (move === "resume") {
    const due = and(eq(standingOrderDates.state, "planned"), lte(standingOrderDates.dueAt, at));
    await tx.update(standingOrderDates).set(skipped).where(and(ofPlan, due));
    await planAhead({ ...locked, plan: { ...plan, state: "active" } });
  }
  return answered(null);
}
