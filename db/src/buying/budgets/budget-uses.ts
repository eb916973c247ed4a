import type { AmountLimit, ExchangeRate } from "@kontor/catalog";
import type { Micros } from "@kontor/kernel";
import { and, asc, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { budgets } from "../../schema/catalog-buying.ts";
import { budgetUses } from "../../schema/catalog-orders.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import { moneyText } from "../number-texts.ts";

export type Budget = typeof budgets.$inferSelect;

/** A line with its part of everything that is paid: its own amount and its share of freight and fees. */
export type Burden = { readonly lineNo: number; readonly costCenterId: string | null; readonly amount: bigint };

/** The budgets that orders of the person count for at the instant. */
export async function budgetsFor(
  db: Database,
  who: {
    readonly marketplaceId: string;
    readonly companyId: string;
    readonly userId: string;
    readonly at: Micros;
  },
): Promise<readonly Budget[]> {
  const { marketplaceId, companyId, userId, at } = who;
  return await db
    .select()
    .from(budgets)
    .where(
      and(
        eq(budgets.companyId, companyId),
        eq(budgets.marketplaceId, marketplaceId),
        or(isNull(budgets.memberId), eq(budgets.memberId, userId)),
        lte(budgets.validFrom, at),
        gt(budgets.validUntil, at),
      ),
    )
    .orderBy(asc(budgets.id));
}

/** Freight and fees shared out over the lines by what they cost. */
export function burdensOf(
  engine: Pick<BuyingEngine, "splitByWeight">,
  lines: readonly { readonly lineNo: number; readonly costCenterId: string | null; readonly gross: bigint }[],
  extras: bigint,
): readonly Burden[] {
  if (lines.length === 0) return [];
  const shares = engine.splitByWeight(
    extras,
    lines.map(({ gross }) => gross),
  );
  return lines.map(({ lineNo, costCenterId, gross }, index) => {
    return { lineNo, costCenterId, amount: gross + (shares[index] ?? 0n) };
  });
}

/** What an order takes of one budget, in the budget's currency. */
export type BudgetNeed = { readonly budget: Budget; readonly lineNos: readonly number[]; readonly amount: bigint };

export type Measures = {
  readonly rates: readonly ExchangeRate[];
  readonly money: Pick<AmountLimit, "currency" | "exponent">;
};

export function budgetNeeds(
  engine: Pick<BuyingEngine, "convertAmount" | "exponentOf">,
  { all, burdens }: { readonly all: readonly Budget[]; readonly burdens: readonly Burden[] },
  { rates, money }: Measures,
): Answered<readonly BudgetNeed[]> {
  const needs: BudgetNeed[] = [];
  for (const budget of all) {
    const own = burdens.filter(
      ({ costCenterId }) => budget.costCenterId === null || budget.costCenterId === costCenterId,
    );
    const sum = own.reduce((total, { amount }) => total + amount, 0n);
    if (sum === 0n) continue;
    const to = { currency: budget.currency, exponent: engine.exponentOf(budget.currency) };
    const amount = engine.convertAmount({ ...money, amount: sum }, to, rates);
    if (amount === null) {
      const { name, ownerId } = budget;
      return refused("exchange_rate_missing", { from: money.currency, to: to.currency, budget: { name, ownerId } });
    }
    needs.push({ budget, lineNos: own.map(({ lineNo }) => lineNo), amount });
  }
  return answered(needs);
}

/** Sums by budget, in the order in which their rows are locked. */
function sumsByBudget(needs: readonly BudgetNeed[]): readonly BudgetNeed[] {
  const sums = new Map<string, BudgetNeed>();
  for (const need of needs) {
    const amount = (sums.get(need.budget.id)?.amount ?? 0n) + need.amount;
    sums.set(need.budget.id, { ...need, amount });
  }
  return [...sums.values()].sort((a, b) => (a.budget.id < b.budget.id ? -1 : 1));
}

/**
 * Holds the amounts, all or none of them: one conditional update each, so that of two orders for the same rest exactly
 * one passes. Answers with the budgets that are exceeded and do not block.
 */
export async function holdBudgets(
  tx: Database,
  engine: Pick<BuyingEngine, "exponentOf">,
  needs: readonly BudgetNeed[],
): Promise<Answered<readonly Budget[]>> {
  const exceeded: Budget[] = [];
  for (const { budget, amount } of sumsByBudget(needs)) {
    const more = sql`${String(amount)}::bigint`;
    const [held] = await tx
      .update(budgets)
      .set({ held: sql`${budgets.held} + ${more}` })
      .where(
        and(
          eq(budgets.id, budget.id),
          or(sql`${budgets.mode} <> 'block'`, sql`${budgets.held} + ${budgets.spent} + ${more} <= ${budgets.amount}`),
        ),
      )
      .returning();
    if (held === undefined) return refused("budget_exceeded", await shortOf(tx, engine, { budget, amount }));
    if (held.held + held.spent > held.amount) exceeded.push(held);
  }
  return answered(exceeded);
}

/** What a blocked buyer is told: the budget, whom to ask, and how much is missing. */
export function budgetFigures(engine: Pick<BuyingEngine, "exponentOf">, budget: Budget) {
  const { id, name, ownerId, currency, amount, held, spent } = budget;
  const left = moneyText(amount - held - spent, engine.exponentOf(currency));
  return { budgetId: id, name, ownerId, currency, left };
}

async function shortOf(
  tx: Database,
  engine: Pick<BuyingEngine, "exponentOf">,
  { budget, amount }: { readonly budget: Budget; readonly amount: bigint },
) {
  const [now = budget] = await tx.select().from(budgets).where(eq(budgets.id, budget.id));
  return { ...budgetFigures(engine, now), required: moneyText(amount, engine.exponentOf(now.currency)) };
}

const usesOf = (tx: Database, orderId: string) =>
  tx.select().from(budgetUses).where(eq(budgetUses.orderId, orderId)).orderBy(asc(budgetUses.budgetId));

/** Locks the budgets of which the order holds or has spent something, in the order in which all do. */
export async function lockBudgetsOf(tx: Database, orderId: string): Promise<void> {
  await tx.execute(sql`select 1 from budgets b where b.id in (
    select u.budget_id from budget_uses u where u.order_id = ${orderId}::uuid) order by b.id for update`);
}

/** Nothing is held for the order any more. */
export async function releaseBudgets(tx: Database, orderId: string): Promise<void> {
  for (const { budgetId, held } of await usesOf(tx, orderId)) {
    await tx
      .update(budgets)
      .set({ held: sql`${budgets.held} - ${String(held)}::bigint` })
      .where(eq(budgets.id, budgetId));
  }
  await tx.update(budgetUses).set({ held: 0n }).where(eq(budgetUses.orderId, orderId));
}

/** What was held is spent. */
export async function spendBudgets(tx: Database, orderId: string): Promise<void> {
  for (const { budgetId, held } of await usesOf(tx, orderId)) {
    const moved = sql`${String(held)}::bigint`;
    await tx
      .update(budgets)
      .set({ held: sql`${budgets.held} - ${moved}`, spent: sql`${budgets.spent} + ${moved}` })
      .where(eq(budgets.id, budgetId));
  }
  await tx
    .update(budgetUses)
    .set({ spent: sql`${budgetUses.spent} + ${budgetUses.held}`, held: 0n })
    .where(eq(budgetUses.orderId, orderId));
}

/** What the lines of an order cost before and after a change. */
export type BurdenChange = {
  readonly orderId: string;
  readonly was: readonly Burden[];
  readonly is: readonly Burden[];
};

const sumOf = (burdens: readonly Burden[], lineNos: readonly number[]): bigint =>
  burdens.reduce((sum, { lineNo, amount }) => (lineNos.includes(lineNo) ? sum + amount : sum), 0n);

/**
 * Gives back what the order holds beyond its lines as they are now: each budget keeps the same part of its amount as the
 * lines keep of theirs, so that the rate is the one of the day on which it was held.
 */
export async function shrinkBudgets(
  tx: Database,
  { budgetKept }: Pick<BuyingEngine, "budgetKept">,
  { orderId, was, is }: BurdenChange,
): Promise<void> {
  for (const { budgetId, lineNos, held } of await usesOf(tx, orderId)) {
    const keeps = budgetKept(held, { was: sumOf(was, lineNos), is: sumOf(is, lineNos) });
    if (keeps >= held) continue;
    const back = sql`${String(held - keeps)}::bigint`;
    await tx
      .update(budgets)
      .set({ held: sql`${budgets.held} - ${back}` })
      .where(eq(budgets.id, budgetId));
    await tx
      .update(budgetUses)
      .set({ held: keeps })
      .where(and(eq(budgetUses.budgetId, budgetId), eq(budgetUses.orderId, orderId)));
  }
}

/** Of what was spent when the order was confirmed each budget keeps the part that the order costs now. */
export async function giveBackBudgets(
  tx: Database,
  { budgetKept }: Pick<BuyingEngine, "budgetKept">,
  { orderId, was, is }: BurdenChange,
): Promise<void> {
  for (const { budgetId, lineNos, spent, givenBack } of await usesOf(tx, orderId)) {
    const keeps = budgetKept(spent + givenBack, { was: sumOf(was, lineNos), is: sumOf(is, lineNos) });
    const back = spent - keeps;
    if (back <= 0n) continue;
    await tx
      .update(budgets)
      .set({ spent: sql`${budgets.spent} - ${String(back)}::bigint` })
      .where(eq(budgets.id, budgetId));
    await tx
      .update(budgetUses)
      .set({ spent: keeps, givenBack: givenBack + back })
      .where(and(eq(budgetUses.budgetId, budgetId), eq(budgetUses.orderId, orderId)));
  }
}

export async function recordUses(tx: Database, orderId: string, needs: readonly BudgetNeed[]): Promise<void> {
  if (needs.length === 0) return;
  await tx.insert(budgetUses).values(
    needs.map(({ budget, lineNos, amount }) => {
      return { budgetId: budget.id, orderId, lineNos: [...lineNos], held: amount };
    }),
  );
}
