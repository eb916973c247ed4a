import type { FrozenLine, RouteTier } from "@kontor/catalog";
import type { Actor, Micros } from "@kontor/kernel";
import { microsPerMs } from "@kontor/kernel";
import type { CheckoutInput, CheckoutRecord, Problem } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import { eq, sql } from "drizzle-orm";
import { millionthsText } from "../../catalog/millionths.ts";
import type { Answered, Refused } from "../../clearing/answered.ts";
import { answered, refused, wholly } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { carts } from "../../schema/catalog-buying.ts";
import { purchaseOrders } from "../../schema/catalog-orders.ts";
import { activeRules } from "../approvals/approval-rules.ts";
import { peopleOf } from "../approvals/company-people.ts";
import type { Budget, BudgetNeed } from "../budgets/budget-uses.ts";
import { budgetFigures, budgetNeeds, budgetsFor, burdensOf, holdBudgets } from "../budgets/budget-uses.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import { termsIn } from "../buying-terms.ts";
import { ratesAt } from "../money/exchange-rates.ts";
import { trimmed } from "../number-texts.ts";
import { readOrders } from "../orders/order-reads.ts";
import { writeOrders } from "../orders/order-writes.ts";
import { divisionsAbove, ownCompanyOf, staleVersion } from "../orders/own-company.ts";
import type { VendorDraft } from "../orders/vendor-draft.ts";
import { vendorDrafts } from "../orders/vendor-draft.ts";
import { lineFaults, wantedOf } from "./cart-records.ts";
import type { CartKey, OpenCart } from "./open-cart.ts";
import { linesOf, lockCart } from "./open-cart.ts";
import type { PricedCartLine } from "./priced-lines.ts";
import { priceLines } from "./priced-lines.ts";

export type CheckoutOrder = {
  readonly input: CheckoutInput;
  /** Of the cart, as it was read. */
  readonly version: number;
  readonly at: Micros;
};

/** A purchase order as it is to be written. */
export type OrderPlan = VendorDraft & {
  readonly frozen: readonly (PricedCartLine & { readonly line: FrozenLine; readonly lineNo: number })[];
  readonly needs: readonly BudgetNeed[];
  /** Nobody has to be asked where there are none. */
  readonly tiers: readonly RouteTier[];
};

const dayMicros = 86_400_000 * microsPerMs;

/**
 * Makes one purchase order per vendor of the cart, all or none, in one transaction: prices are found again and frozen,
 * budgets and stock are kept, in this order, and the orders written last. Asked again under the same id it answers with
 * the orders that it made.
 */
export async function checkOut(
  db: Database,
  engine: BuyingEngine,
  { actor, order }: { readonly actor: Actor; readonly order: CheckoutOrder },
): Promise<Answered<CheckoutRecord>> {
  const own = ownCompanyOf(actor);
  if (own === undefined) return refused("not_found");
  const { input, version, at } = order;
  const key: CartKey = { ...own, divisionId: input.divisionId ?? null, at };
  return await wholly(db, async (tx) => {
    const above = await divisionsAbove(tx, key);
    if (!above.ok) return above;
    const cart = await lockCart(tx, key);
    if (cart === undefined) return refused("not_found");
    const again = await repeated(tx, engine, { actor, input });
    if (again !== undefined) return again;
    if (cart.version !== version) return staleVersion(cart.version);
    const drafts = await draftsOf(tx, engine, { key, cart, input });
    if (!drafts.ok) return drafts;
    const exceeded = await placeOrders(tx, engine, { key, input, drafts: drafts.value });
    if (!exceeded.ok) return exceeded;
    await tx
      .update(carts)
      .set({ state: "ordered", version: sql`${carts.version} + 1`, updatedAt: sql`now()` })
      .where(eq(carts.id, cart.id));
    const orders = await readOrders({ db: tx, engine }, actor, eq(purchaseOrders.checkoutId, input.checkoutId));
    const warnings = exceeded.value.map((budget) => problemOf("budget_exceeded", budgetFigures(engine, budget)));
    return answered({ checkoutId: input.checkoutId, orders: [...orders], warnings });
  });
}

type Placing = {
  readonly key: CartKey;
  readonly input: CheckoutInput;
  readonly drafts: readonly VendorDraft[];
};

/** Keeps budgets and stock for the orders and writes them. Answers with the budgets that they go beyond. */
export async function placeOrders(
  tx: Database,
  engine: BuyingEngine,
  { key, input, drafts }: Placing,
): Promise<Answered<readonly Budget[]>> {
  const plans = await plansOf(tx, engine, { key, drafts });
  if (!plans.ok) return plans;
  const exceeded = await holdBudgets(
    tx,
    engine,
    plans.value.flatMap(({ needs }) => needs),
  );
  if (!exceeded.ok) return exceeded;
  const routed = plans.value.map((plan) => withBudgetTier(plan, exceeded.value));
  const { approvalDays } = await termsIn(tx, key.marketplaceId);
  const expiresAt = key.at + approvalDays * dayMicros;
  const written = await writeOrders(tx, engine, { key, input, plans: routed, expiresAt });
  return written.ok ? exceeded : written;
}

type Repeating = { readonly actor: Actor; readonly input: CheckoutInput };

/** The orders of a checkout that was done already. */
async function repeated(
  tx: Database,
  engine: BuyingEngine,
  { actor, input: { checkoutId } }: Repeating,
): Promise<Answered<CheckoutRecord> | undefined> {
  const [known] = await tx.select().from(purchaseOrders).where(eq(purchaseOrders.checkoutId, checkoutId)).limit(1);
  if (known === undefined) return undefined;
  const isOwn =
    known.companyId === actor.companyId &&
    known.marketplaceId === actor.marketplaceId &&
    known.requestedBy === actor.userId;
  if (!isOwn) return refused("checkout_reused", { checkoutId });
  const orders = await readOrders({ db: tx, engine }, actor, eq(purchaseOrders.checkoutId, checkoutId));
  return answered({ checkoutId, orders: [...orders], warnings: [] });
}

type Drafting = { readonly key: CartKey; readonly cart: OpenCart; readonly input: CheckoutInput };

async function draftsOf(
  tx: Database,
  engine: BuyingEngine,
  { key, cart, input }: Drafting,
): Promise<Answered<readonly VendorDraft[]>> {
  const lines = await linesOf(tx, cart.id);
  if (lines.length === 0) return refused("cart_empty");
  const above = await divisionsAbove(tx, key);
  if (!above.ok) return above;
  const priced = await priceLines(tx, engine, { party: key, lines });
  if (priced === undefined) return refused("not_found");
  const consented = priced.lines.map((line) => withConsent(line, input));
  const drafts = await vendorDrafts(tx, engine, { ...priced, lines: consented });
  const blocked = blockedBy(consented, priced.missing, drafts);
  return blocked ?? answered(drafts);
}

async function plansOf(
  tx: Database,
  engine: BuyingEngine,
  { key, drafts }: Omit<Placing, "input">,
): Promise<Answered<readonly OrderPlan[]>> {
  const divisions = await divisionsAbove(tx, key);
  if (!divisions.ok) return divisions;
  const rates = await ratesAt(tx, key.marketplaceId, key.at);
  const [budgets, rules, people] = [
    await budgetsFor(tx, key),
    await activeRules(tx, engine, key),
    await peopleOf(tx, key.companyId),
  ];
  const requesterRoles = people.get(key.userId)?.roles ?? [];
  const plans: OrderPlan[] = [];
  for (const draft of drafts) {
    const frozen = freeze(engine, draft);
    if (!frozen.ok) return frozen;
    const { money } = draft;
    const grosses = frozen.value.map(({ lineNo, costCenterId, line }) => ({
      lineNo,
      costCenterId,
      gross: line.amounts.gross,
    }));
    const burdens = burdensOf(engine, grosses, draft.freight + draft.smallOrderFee + draft.chargesTax);
    const needs = budgetNeeds(engine, { all: budgets, burdens }, { rates, money });
    if (!needs.ok) return needs;
    const about = {
      requesterId: key.userId,
      requesterRoles,
      divisions: divisions.value,
      vendorId: draft.vendorId,
      total: { currency: money.currency, exponent: money.exponent, amount: draft.total },
      lines: frozen.value.map(({ lineNo, classIds, costCenterId }) => ({ id: String(lineNo), classIds, costCenterId })),
    };
    const route = engine.approvalRoute(about, rules, rates);
    if (route.kind === "rate_missing")
      return refused("exchange_rate_missing", { from: route.from, to: route.to, rule: route.rule });
    plans.push({ ...draft, frozen: frozen.value, needs: needs.value, tiers: route.tiers });
  }
  return answered(plans);
}

/** A price that the buyer has agreed to counts as seen. */
function withConsent(line: PricedCartLine, { consents }: CheckoutInput): PricedCartLine {
  const consent = consents.find(({ lineId }) => lineId === line.id);
  const { resolution } = line;
  if (consent === undefined || resolution.outcome === "on_request") return line;
  const agreed = trimmed(consent.unitPrice) === millionthsText(resolution.unitPrice);
  return agreed ? { ...line, seen: resolution } : line;
}

/** Everything that keeps the lines from being ordered, told at once. */
export function blockedBy(
  lines: readonly PricedCartLine[],
  missing: readonly string[],
  drafts: readonly VendorDraft[],
): Refused | undefined {
  const wanted = wantedOf(lines);
  const faults: (Problem & { readonly lineId?: string; readonly vendorId?: string })[] = [
    ...missing.map((lineId) => ({ ...problemOf("offer_not_available"), lineId })),
    ...lines.flatMap((line) =>
      lineFaults(line, wanted.get(line.offerId) ?? 0n).map((problem) => ({ ...problem, lineId: line.id })),
    ),
    ...drafts.flatMap(({ vendorId, faults: ofOrder }) =>
      ofOrder.map((fault) => ({ ...problemOf(fault.code, { ...fault }), vendorId })),
    ),
  ];
  return faults.length === 0 ? undefined : refused("checkout_blocked", { faults });
}

function freeze(engine: BuyingEngine, { lines, vendorId, money }: VendorDraft): Answered<OrderPlan["frozen"]> {
  const frozen: OrderPlan["frozen"][number][] = [];
  for (const [index, line] of lines.entries()) {
    const { offerId, quantity, unit, resolution, seen, tax, agreements } = line;
    const ordered = { offerId, quantity, unit };
    const asked = { ordered, vendorId, resolution, consented: seen, tax, agreement: agreements[0] ?? null };
    const answer = engine.freezeLine(asked, money);
    if (answer.kind === "rejected") return refused(answer.rejection.code, { ...answer.rejection, lineId: line.id });
    frozen.push({ ...line, line: answer.line, lineNo: index + 1 });
  }
  return answered(frozen);
}

/** What goes beyond a budget that asks for approval goes through finance too, after all others. */
function withBudgetTier(plan: OrderPlan, exceeded: readonly Budget[]): OrderPlan {
  const asking = exceeded.filter(
    ({ id, mode }) => mode === "approve" && plan.needs.some(({ budget }) => budget.id === id),
  );
  if (asking.length === 0) return plan;
  const rules = asking.map(({ id, name, ownerId }) => ({ ruleId: id, name, ownerId }));
  const tier = { needs: "any", deciders: [{ kind: "role", role: "finance" }], rules } as const;
  return { ...plan, tiers: [...plan.tiers, tier] };
}
