import type { Actor } from "@kontor/kernel";
import type { Column, SQL } from "drizzle-orm";
import { eq, or, sql } from "drizzle-orm";
import { tenderSuppliers, tenders } from "../schema/read-models-tenders.ts";

/*
 * Who may see which rows. Every read of tenant data is made of these conditions, so that the rules stand in one place.
 */

const everything = sql`true`;
const nothing = sql`false`;

/** Staff sees its whole marketplace; the system sees all of them. */
export function seesAll({ kind }: Actor): boolean {
  return kind !== "member";
}

/** All rows for staff and the system, none for members. */
export function forStaff(actor: Actor): SQL {
  return seesAll(actor) ? everything : nothing;
}

/** Rows of the actor's marketplace. Without one there are none, but for the system. */
export function inMarketplace({ kind, marketplaceId }: Actor, column: Column): SQL {
  if (kind === "system") return everything;
  return marketplaceId === null ? nothing : eq(column, marketplaceId);
}

/** Rows of the member's own company; staff acts for none. */
export function ofOwnCompany({ kind, companyId }: Actor, column: Column): SQL {
  return kind !== "member" || companyId === null ? nothing : eq(column, companyId);
}

/** The marketplace's staff, or the company in `column`. */
export function ofCompanyOrStaff(actor: Actor, column: Column): SQL {
  return seesAll(actor) ? everything : ofOwnCompany(actor, column);
}

/**
 * Published tenders of the marketplace, those by invitation for the companies that were invited or asked, and one's
 * own drafts. Needs `tenders` in the query.
 */
export function seesTender(actor: Actor): SQL {
  const suppliesIt = sql`exists (
    select 1 from ${tenderSuppliers} supplier
    where supplier.tender_id = ${tenders.id} and supplier.company_id = ${actor.companyId})`;
  const published = sql`${tenders.publishedAt} is not null`;
  return allOf(
    inMarketplace(actor, tenders.marketplaceId),
    anyOf(runsTender(actor), allOf(published, anyOf(eq(tenders.admission, "open"), suppliesIt))),
  );
}

/** The company that runs the tender, and staff. Needs `tenders` in the query. */
export function runsTender(actor: Actor): SQL {
  return ofCompanyOrStaff(actor, tenders.ownerCompanyId);
}

export function isOwnCompany({ kind, companyId }: Actor, other: string | null): boolean {
  return kind === "member" && companyId !== null && companyId === other;
}

export function allOf(...conditions: readonly (SQL | undefined)[]): SQL {
  const present = conditions.filter((condition) => condition !== undefined);
  return present.length === 0 ? everything : sql`(${sql.join(present, sql` and `)})`;
}

export function anyOf(...conditions: readonly SQL[]): SQL {
  return or(...conditions) ?? nothing;
}
