import { and, eq } from "drizzle-orm";
import { peopleOf } from "../buying/approvals/company-people.ts";
import { blockedBy, placeOrders } from "../buying/carts/checkout.ts";
import type { LineToPrice, PricedCartLine } from "../buying/carts/priced-lines.ts";
import { priceLines } from "../buying/carts/priced-lines.ts";
import { seenPriceOf, seenRowOf } from "../buying/carts/seen-price.ts";
import { millionthsIn } from "../buying/number-texts.ts";
import { divisionsAbove } from "../buying/orders/own-company.ts";
import { vendorDrafts } from "../buying/orders/vendor-draft.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import { derivedId } from "../clearing/derived-id.ts";
import type { Database } from "../connect.ts";
import type { AskedPriceRow } from "../schema/catalog-standing.ts";
import { marketplaces, participations } from "../schema/marketplaces.ts";
import type { DateRow, LockedPlan, PlanLineRow, PlanRow } from "./plan-rows.ts";
import { linesOfPlan } from "./plan-rows.ts";

export type Carrying = {
  readonly date: DateRow;
  /** In whose name. */
  readonly by: string;
  /** Prices that somebody has consented to. */
  readonly consented: readonly AskedPriceRow[];
};

/** Either it was ordered, or these prices need consent first and nothing was done. */
export type CarriedOut =
  | { readonly kind: "ordered"; readonly checkoutId: string }
  | { readonly kind: "asked"; readonly asked: readonly AskedPriceRow[] };

/**
 * Orders what the plan has for the date as a checkout would: prices are found again, budgets and stock kept, approval
 * asked. What is refused leaves the transaction to be undone.
 */
export async function carryOut(locked: LockedPlan, carrying: Carrying): Promise<Answered<CarriedOut>> {
  const { tx, engine, plan, at } = locked;
  const { date, by } = carrying;
  const allowed = await mayBuy(tx, plan, by);
  if (!allowed.ok) return allowed;
  const { marketplaceId, companyId, divisionId } = plan;
  const key = { marketplaceId, companyId, userId: by, divisionId, at };
  const above = await divisionsAbove(tx, key);
  if (!above.ok) return above;
  const agreed = await linesOfPlan(tx, plan.id);
  const lines = agreed.map((line) => wantedLine(line, date));
  const priced = await priceLines(tx, engine, { party: key, lines });
  if (priced === undefined) return refused("not_found");
  // What may be paid without asking is agreed to as it is now.
  const seen = priced.lines.map((line) =>
    line.resolution.outcome === "priced" ? { ...line, seen: line.resolution } : line,
  );
  const drafts = await vendorDrafts(tx, engine, { ...priced, lines: seen });
  const blocked = blockedBy(seen, priced.missing, drafts);
  if (blocked !== undefined) return blocked;
  const asked = pricesToAsk(locked, { agreed, priced: priced.lines, consented: carrying.consented });
  if (asked.length > 0) return answered({ kind: "asked", asked });
  const checkoutId = derivedId("standing-order", plan.id, date.date);
  const input = { checkoutId, buyerNumber: plan.buyerNumber, note: plan.note, consents: [] };
  const placed = await placeOrders(tx, engine, { key, input, drafts });
  return placed.ok ? answered({ kind: "ordered", checkoutId }) : placed;
}

/** Whoever it is ordered for still buys for the company, and the company still buys here. */
async function mayBuy(tx: Database, { marketplaceId, companyId }: PlanRow, userId: string): Promise<Answered<null>> {
  const person = (await peopleOf(tx, companyId)).get(userId);
  if (person === undefined) return refused("member_unknown", { userId });
  if (!person.roles.includes("buyer")) return refused("forbidden", { userId });
  const [part] = await tx
    .select({ status: participations.status, market: marketplaces.status })
    .from(participations)
    .innerJoin(marketplaces, eq(marketplaces.id, participations.marketplaceId))
    .where(and(eq(participations.marketplaceId, marketplaceId), eq(participations.companyId, companyId)));
  return part?.status === "approved" && part.market === "active" ? answered(null) : refused("forbidden", { companyId });
}

function wantedLine({ lineNo, offerId, quantity, unit, costCenterId }: PlanLineRow, { changes }: DateRow): LineToPrice {
  const changed = changes?.find((one) => one.lineNo === lineNo);
  const wanted = changed === undefined ? quantity : (millionthsIn(changed.quantity) ?? quantity);
  return { id: String(lineNo), offerId, quantity: wanted, unit, deliverOn: null, costCenterId, seen: null };
}

type Comparing = {
  readonly agreed: readonly PlanLineRow[];
  readonly priced: readonly PricedCartLine[];
  readonly consented: readonly AskedPriceRow[];
};

/** A price that was consented to is kept to exactly; the tolerance is for what was agreed before. */
function pricesToAsk({ engine, plan }: LockedPlan, { agreed, priced, consented }: Comparing): readonly AskedPriceRow[] {
  return agreed.flatMap(({ lineNo, agreed: before }) => {
    const now = priced.find(({ id }) => id === String(lineNo))?.resolution;
    if (now === undefined || now.outcome === "on_request") return [];
    const consent = consented.find((one) => one.lineNo === lineNo);
    const needsConsent =
      engine.needsPriceConsent(seenPriceOf(before), now, plan.tolerance) &&
      (consent === undefined || engine.needsPriceConsent(seenPriceOf(consent.after), now, 0n));
    return needsConsent ? [{ lineNo, before, after: seenRowOf(now) }] : [];
  });
}
