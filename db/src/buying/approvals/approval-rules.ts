import type { ApprovalRule } from "@kontor/catalog";
import type { Actor } from "@kontor/kernel";
import type { ApprovalRuleInput, ApprovalRuleQuery, ApprovalRuleRecord } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { pageFrom } from "../../repositories/keyset.ts";
import type { Listing, Query } from "../../repositories/listing.ts";
import { present } from "../../repositories/record-members.ts";
import { allOf } from "../../repositories/scope.ts";
import { approvalRules } from "../../schema/catalog-buying.ts";
import { requireCostCenters } from "../budgets/cost-centers.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import { moneyIn } from "../number-texts.ts";
import type { OwnCompany } from "../orders/own-company.ts";
import { byCreation, divisionsAbove, isOwned, ownCompanyOf, staleVersion } from "../orders/own-company.ts";
import { requirePeople } from "./company-people.ts";

/** Which orders of a company have to be approved, and by whom. Orders on their way keep the rules that they met. */
export type ApprovalRuleRepository = {
  readonly list: (actor: Actor, query: Query<ApprovalRuleQuery>) => Promise<Listing<ApprovalRuleRecord>>;
  readonly create: (actor: Actor, input: ApprovalRuleInput) => Promise<Answered<ApprovalRuleRecord>>;
  readonly change: (
    actor: Actor,
    ruleId: string,
    change: { readonly input: ApprovalRuleInput; readonly version: number },
  ) => Promise<Answered<ApprovalRuleRecord>>;
};

type Row = typeof approvalRules.$inferSelect;
type Exponents = Pick<BuyingEngine, "exponentOf">;
const oldest = byCreation("approval_rules", approvalRules);

export function createApprovalRuleRepository(db: Database, engine: Exponents): ApprovalRuleRepository {
  return {
    list: (actor, page) =>
      pageFrom(page, {
        order: oldest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(approvalRules)
            .where(allOf(isOwned(actor, approvalRules), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ createdAt, id }) => [createdAt, id],
        entryOf: recordOf,
      }),

    async create(actor, input) {
      const own = ownCompanyOf(actor);
      if (own === undefined) return refused("not_found");
      const checked = await checkRule({ db, engine }, own, input);
      if (!checked.ok) return checked;
      const { marketplaceId, companyId } = own;
      const [made] = await db
        .insert(approvalRules)
        .values({ marketplaceId, companyId, ...checked.value })
        .returning();
      return made === undefined ? refused("internal") : answered(recordOf(made));
    },

    async change(actor, ruleId, { input, version }) {
      const own = ownCompanyOf(actor);
      const here = allOf(isOwned(actor, approvalRules), eq(approvalRules.id, ruleId));
      const [known] = await db.select().from(approvalRules).where(here);
      if (own === undefined || known === undefined) return refused("approval_rule_unknown");
      const checked = await checkRule({ db, engine }, own, input);
      if (!checked.ok) return checked;
      const [changed] = await db
        .update(approvalRules)
        .set({ ...checked.value, version: sql`${approvalRules.version} + 1`, updatedAt: sql`now()` })
        .where(allOf(here, eq(approvalRules.version, version)))
        .returning();
      return changed === undefined ? staleVersion(known.version) : answered(recordOf(changed));
    },
  };
}

type Parts = { readonly db: Database; readonly engine: Exponents };

async function checkRule({ db, engine }: Parts, own: OwnCompany, input: ApprovalRuleInput) {
  const { name, divisionId = null, position, condition, tiers, active } = input;
  const { amountFrom, ...others } = condition;
  if (amountFrom !== undefined && moneyIn(amountFrom.amount, engine.exponentOf(amountFrom.currency)) === null)
    return refused("amount_scale_exceeded", { pointer: "/condition/amountFrom/amount" });
  const division = await divisionsAbove(db, { companyId: own.companyId, divisionId });
  if (!division.ok) return division;
  const centers = await requireCostCenters(db, own, condition.costCenterIds ?? []);
  if (!centers.ok) return centers;
  const named = tiers.flatMap(({ deciders }) => deciders);
  const userIds = named.flatMap((decider) => (decider.kind === "person" ? [decider.userId] : []));
  const people = await requirePeople(db, own.companyId, userIds);
  if (!people.ok) return people;
  const kept = { ...present({ amountFrom }), ...present(others) };
  return answered({ name, ownerId: own.userId, divisionId, position, condition: kept, tiers, active });
}

/** The company's rules as the engine takes them. */
export async function activeRules(
  db: Database,
  engine: Exponents,
  { marketplaceId, companyId }: { readonly marketplaceId: string; readonly companyId: string },
): Promise<readonly ApprovalRule[]> {
  const rows = await db
    .select()
    .from(approvalRules)
    .where(
      and(
        eq(approvalRules.companyId, companyId),
        eq(approvalRules.marketplaceId, marketplaceId),
        eq(approvalRules.active, true),
      ),
    );
  return rows.map(({ id, name, ownerId, divisionId, position, condition, tiers }) => {
    const { amountFrom, classIds = null, vendorIds = null, costCenterIds = null, requesterRoles = null } = condition;
    const exponent = amountFrom === undefined ? 0 : engine.exponentOf(amountFrom.currency);
    const limit =
      amountFrom === undefined
        ? null
        : { currency: amountFrom.currency, exponent, amount: moneyIn(amountFrom.amount, exponent) ?? 0n };
    const terms = { amountFrom: limit, classIds, vendorIds, costCenterIds, requesterRoles };
    return { id, name, ownerId, divisionId, position, condition: terms, tiers };
  });
}

function recordOf({ id, name, ownerId, divisionId, position, condition, tiers, active, version }: Row) {
  const record = { ruleId: id, name, ownerId, ...present({ divisionId }), position, condition, tiers, active, version };
  return record as unknown as ApprovalRuleRecord;
}
