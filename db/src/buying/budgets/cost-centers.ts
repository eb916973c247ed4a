import type { Actor } from "@kontor/kernel";
import type { CostCenterInput, CostCenterQuery, CostCenterRecord } from "@kontor/protocol";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { pageFrom } from "../../repositories/keyset.ts";
import type { Listing, Query } from "../../repositories/listing.ts";
import { allOf } from "../../repositories/scope.ts";
import { costCenters } from "../../schema/catalog-buying.ts";
import { byCreation, isOwned, ownCompanyOf, staleVersion } from "../orders/own-company.ts";

/** What a company books its purchases on. */
export type CostCenterRepository = {
  readonly list: (actor: Actor, query: Query<CostCenterQuery>) => Promise<Listing<CostCenterRecord>>;
  readonly create: (actor: Actor, input: CostCenterInput) => Promise<Answered<CostCenterRecord>>;
  readonly change: (
    actor: Actor,
    costCenterId: string,
    change: { readonly input: CostCenterInput; readonly version: number },
  ) => Promise<Answered<CostCenterRecord>>;
};

const oldest = byCreation("cost_centers", costCenters);

export function createCostCenterRepository(db: Database): CostCenterRepository {
  return {
    list: (actor, page) =>
      pageFrom(page, {
        order: oldest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(costCenters)
            .where(allOf(isOwned(actor, costCenters), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ createdAt, id }) => [createdAt, id],
        entryOf: recordOf,
      }),

    async create(actor, input) {
      const own = ownCompanyOf(actor);
      if (own === undefined) return refused("not_found");
      const { marketplaceId, companyId } = own;
      const values = { marketplaceId, companyId, ...input };
      const [made] = await db.insert(costCenters).values(values).onConflictDoNothing().returning();
      return made === undefined ? refused("cost_center_exists", { pointer: "/code" }) : answered(recordOf(made));
    },

    async change(actor, costCenterId, { input, version }) {
      const here = allOf(isOwned(actor, costCenters), eq(costCenters.id, costCenterId));
      const [known] = await db.select().from(costCenters).where(here);
      if (known === undefined) return refused("cost_center_unknown");
      const taken = sql`exists (select 1 from cost_centers o where o.company_id = ${known.companyId}
        and o.marketplace_id = ${known.marketplaceId} and o.code = ${input.code} and o.id <> ${costCenterId}::uuid)`;
      const [changed] = await db
        .update(costCenters)
        .set({ ...input, version: sql`${costCenters.version} + 1` })
        .where(allOf(here, eq(costCenters.version, version), sql`not ${taken}`))
        .returning();
      if (changed !== undefined) return answered(recordOf(changed));
      return known.version === version
        ? refused("cost_center_exists", { pointer: "/code" })
        : staleVersion(known.version);
    },
  };
}

/** Refused where one of them is not the company's, or no longer in use. */
export async function requireCostCenters(
  db: Database,
  owner: { readonly marketplaceId: string; readonly companyId: string },
  ids: readonly (string | null | undefined)[],
): Promise<Answered<null>> {
  const wanted = [...new Set(ids.filter((id) => id !== null && id !== undefined))];
  if (wanted.length === 0) return answered(null);
  const { marketplaceId, companyId } = owner;
  const found = await db
    .select({ id: costCenters.id })
    .from(costCenters)
    .where(
      and(
        inArray(costCenters.id, wanted),
        eq(costCenters.companyId, companyId),
        eq(costCenters.marketplaceId, marketplaceId),
        eq(costCenters.active, true),
      ),
    );
  const missing = wanted.find((id) => !found.some((one) => one.id === id));
  return missing === undefined ? answered(null) : refused("cost_center_unknown", { costCenterId: missing });
}

function recordOf({ id, code, name, active, version }: typeof costCenters.$inferSelect): CostCenterRecord {
  return { costCenterId: id, code, name, active, version };
}
