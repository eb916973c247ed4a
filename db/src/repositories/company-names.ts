import type { Column, SQL } from "drizzle-orm";
import { sql } from "drizzle-orm";
import { companies } from "../schema/auth.ts";
import { companyProfiles } from "../schema/marketplaces.ts";

/**
 * The name under which a company trades: that of its profile, or else of its account. Null when there is neither.
 * The outer column is written with its table: alone in a selection it would name a column of the inner tables.
 */
export function nameOfCompany(companyId: Column): SQL<string | null> {
  const outer = sql`${companyId.table}.${sql.identifier(companyId.name)}`;
  return sql<string | null>`coalesce(
    (select profile.legal_name from ${companyProfiles} profile where profile.company_id = ${outer}),
    (select company.name from ${companies} company where company.id = ${outer}))`;
}
