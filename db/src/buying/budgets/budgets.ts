import type { Actor } from "@kontor/kernel";
import { microsOfInstant } from "@kontor/kernel";
import type { BudgetInput, BudgetQuery, BudgetRecord } from "@kontor/protocol";
import { eq, sql } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { oneOf } from "../../repositories/filters.ts";
import { pageFrom } from "../../repositories/keyset.ts";
import type { Listing, Query } from "../../repositories/listing.ts";
import { instantOf, present } from "../../repositories/record-members.ts";
import { allOf } from "../../repositories/scope.ts";
import { budgets } from "../../schema/catalog-buying.ts";
import { requirePeople } from "../approvals/company-people.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import { moneyIn, moneyText } from "../number-texts.ts";
import type { OwnCompany } from "../orders/own-company.ts";
import { byCreation, isOwned, ownCompanyOf, staleVersion } from "../orders/own-company.ts";
import { requireCostCenters } from "./cost-centers.ts";

/** What a company may spend in a period. What is held and spent changes with its orders alone. */
export type BudgetRepository = {
  readonly list: (actor: Actor, query: Query<BudgetQuery>) => Promise<Listing<BudgetRecord>>;
  readonly find: (actor: Actor, budgetId: string) => Promise<BudgetRecord | undefined>;
  readonly create: (actor: Actor, input: BudgetInput) => Promise<Answered<BudgetRecord>>;
  /** Currency, cost centre and member stay what they are; a blocking budget takes no less than is used. */
  readonly change: (
    actor: Actor,
    budgetId: string,
    change: { readonly input: BudgetInput; readonly version: number },
  ) => Promise<Answered<BudgetRecord>>;
};

type Row = typeof budgets.$inferSelect;
const oldest = byCreation("budgets", budgets);

export function createBudgetRepository(db: Database, engine: Pick<BuyingEngine, "exponentOf">): BudgetRepository {
  const recordOf = (row: Row): BudgetRecord => budgetRecordOf(row, engine.exponentOf(row.currency));
  return {
    list: (actor, { costCenterId, ...page }) =>
      pageFrom(page, {
        order: oldest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(budgets)
            .where(allOf(isOwned(actor, budgets), oneOf(budgets.costCenterId, costCenterId), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ createdAt, id }) => [createdAt, id],
        entryOf: recordOf,
      }),

    async find(actor, budgetId) {
      const [row] = await db
        .select()
        .from(budgets)
        .where(allOf(isOwned(actor, budgets), eq(budgets.id, budgetId)));
      return row && recordOf(row);
    },

    async create(actor, input) {
      const own = ownCompanyOf(actor);
      if (own === undefined) return refused("not_found");
      const values = await valuesOf({ db, engine }, own, input);
      if (!values.ok) return values;
      const { marketplaceId, companyId } = own;
      const [made] = await db
        .insert(budgets)
        .values({ marketplaceId, companyId, ...values.value })
        .returning();
      return made === undefined ? refused("internal") : answered(recordOf(made));
    },

    async change(actor, budgetId, { input, version }) {
      const own = ownCompanyOf(actor);
      const here = allOf(isOwned(actor, budgets), eq(budgets.id, budgetId));
      const [known] = await db.select().from(budgets).where(here);
      if (own === undefined || known === undefined) return refused("budget_unknown");
      const values = await valuesOf({ db, engine }, own, input);
      if (!values.ok) return values;
      const { name, ownerId, validFrom, validUntil, amount, mode } = values.value;
      const fits = sql`(${mode} <> 'block' or ${budgets.held} + ${budgets.spent} <= ${String(amount)}::bigint)`;
      const [changed] = await db
        .update(budgets)
        .set({
          ...{ name, ownerId, validFrom, validUntil, amount, mode },
          version: sql`${budgets.version} + 1`,
          updatedAt: sql`now()`,
        })
        .where(allOf(here, eq(budgets.version, version), fits))
        .returning();
      if (changed !== undefined) return answered(recordOf(changed));
      if (known.version !== version) return staleVersion(known.version);
      const least = moneyText(known.held + known.spent, engine.exponentOf(known.currency));
      return refused("budget_in_use", { least, currency: known.currency, pointer: "/amount" });
    },
  };
}

type Parts = { readonly db: Database; readonly engine: Pick<BuyingEngine, "exponentOf"> };

async function valuesOf({ db, engine }: Parts, own: OwnCompany, input: BudgetInput) {
  const { name, costCenterId = null, memberId = null, currency, mode } = input;
  const amount = moneyIn(input.amount, engine.exponentOf(currency));
  if (amount === null) return refused("amount_scale_exceeded", { pointer: "/amount" });
  const [validFrom, validUntil] = [microsOfInstant(input.validFrom), microsOfInstant(input.validUntil)];
  if (validFrom === null || validUntil === null || validUntil <= validFrom)
    return refused("budget_period_empty", { pointer: "/validUntil" });
  const centers = await requireCostCenters(db, own, [costCenterId]);
  if (!centers.ok) return centers;
  const people = await requirePeople(db, own.companyId, memberId === null ? [] : [memberId]);
  if (!people.ok) return people;
  return answered({
    ...{ name, ownerId: own.userId, costCenterId, memberId, validFrom, validUntil, currency, amount, mode },
  });
}

function budgetRecordOf(row: Row, exponent: number): BudgetRecord {
  const { id, name, ownerId, costCenterId, memberId, validFrom, validUntil, currency, mode, version } = row;
  const { amount, held, spent } = row;
  const text = (value: bigint): string => moneyText(value, exponent);
  return {
    budgetId: id,
    name,
    ownerId,
    ...present({ costCenterId, memberId }),
    validFrom: instantOf(validFrom),
    validUntil: instantOf(validUntil),
    currency,
    amount: text(amount),
    held: text(held),
    spent: text(spent),
    left: text(amount - held - spent),
    mode,
    version,
  };
}
