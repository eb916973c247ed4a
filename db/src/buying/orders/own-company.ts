import type { Actor } from "@kontor/kernel";
import { isUuid } from "@kontor/kernel";
import type { Column, SQL } from "drizzle-orm";
import { and, eq, sql } from "drizzle-orm";
import type { Answered, Refused } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import type { Order } from "../../repositories/keyset.ts";
import { isInstant } from "../../repositories/keyset.ts";
import { divisions } from "../../schema/catalog-prices.ts";

/** Somebody who acts for a company in a marketplace. */
export type OwnCompany = { readonly marketplaceId: string; readonly companyId: string; readonly userId: string };

/** Undefined for staff, and for whoever acts for none. */
export function ownCompanyOf({ kind, marketplaceId, companyId, userId }: Actor): OwnCompany | undefined {
  if (kind !== "member" || marketplaceId === null || companyId === null) return undefined;
  return { marketplaceId, companyId, userId };
}

type Owned = { readonly marketplaceId: Column; readonly companyId: Column };

/** Rows of the actor's company in his marketplace; none for everybody else. */
export function isOwned(actor: Actor, { marketplaceId, companyId }: Owned): SQL {
  const own = ownCompanyOf(actor);
  if (own === undefined) return sql`false`;
  return and(eq(marketplaceId, own.marketplaceId), eq(companyId, own.companyId)) ?? sql`false`;
}

export const staleVersion = (actualVersion: number): Refused => refused("precondition_failed", { actualVersion });

/** Oldest first. */
export const byCreation = (name: string, columns: { readonly createdAt: Column; readonly id: Column }): Order => ({
  name,
  by: columns.createdAt,
  id: columns.id,
  direction: "asc",
  accepts: isInstant,
  acceptsId: isUuid,
});

export const newestFirst = (name: string, columns: { readonly at: Column; readonly id: Column }): Order => ({
  name,
  by: columns.at,
  id: columns.id,
  direction: "desc",
  accepts: isInstant,
  acceptsId: isUuid,
});

/** The division and those above it, nearest first; empty for the company itself. */
export async function divisionsAbove(
  db: Database,
  { companyId, divisionId }: { readonly companyId: string; readonly divisionId: string | null },
): Promise<Answered<readonly string[]>> {
  if (divisionId === null) return answered([]);
  const rows = await db.execute<{ id: string }>(sql`
    with recursive up as (
      select id, parent_id, 0 as far from ${divisions} where id = ${divisionId}::uuid and company_id = ${companyId}
      union all select d.id, d.parent_id, up.far + 1 from divisions d join up on d.id = up.parent_id where up.far < 50)
    select id from up order by far`);
  return rows.length === 0 ? refused("division_unknown", { divisionId }) : answered(rows.map(({ id }) => id));
}
