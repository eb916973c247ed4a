import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import type { SupplyRow } from "../schema/catalog-search.ts";
import { anyOfTexts } from "./sql-values.ts";

/** A supplier as an index reads it: of every company that has a profile, whether it supplies here now or not. */
export type FeedSupplier = {
  readonly companyId: string;
  readonly name: string;
  /** The company may sell here now. */
  readonly isActive: boolean;
  readonly texts: readonly { readonly language: string; readonly text: string }[];
  readonly regions: readonly string[];
  readonly supplies: readonly SupplyRow[];
  /** `validUntil` is the last day, as in "2031-12-31". */
  readonly certificates: readonly {
    readonly standard: string;
    readonly validUntil: string;
    readonly verified: boolean;
  }[];
};

/** All of a marketplace, or those of the named companies; who is missing has no profile any more. */
export async function readFeedSuppliers(
  db: Database,
  { marketplaceId, companyIds }: { readonly marketplaceId: string; readonly companyIds: readonly string[] | null },
): Promise<readonly FeedSupplier[]> {
  if (companyIds?.length === 0) return [];
  return await db.execute<FeedSupplier & Record<string, unknown>>(sql`
    select s.company_id as "companyId", coalesce(f.legal_name, s.company_id) as name, s.texts, s.regions, s.supplies,
      exists (select 1 from participations a where a.marketplace_id = s.marketplace_id and a.company_id = s.company_id
        and a.status = 'approved' and a.side <> 'buyer') as "isActive",
      (select coalesce(json_agg(json_build_object('standard', c.standard, 'validUntil', c.valid_until::text,
          'verified', c.verified_at is not null)), '[]')
        from supplier_certificates c where c.marketplace_id = s.marketplace_id and c.company_id = s.company_id)
        as certificates
    from supplier_profiles s left join company_profiles f on f.company_id = s.company_id
    where s.marketplace_id = ${marketplaceId}
      and ${companyIds === null ? sql`true` : sql`s.company_id in ${anyOfTexts(companyIds)}`}`);
}

/** Marketplaces with something to find, those with the most products first. */
export async function busiestMarketplaces(db: Database, max: number): Promise<readonly string[]> {
  const rows = await db.execute<{ readonly id: string }>(sql`
    select marketplace_id as id from products where status = 'active'
    group by marketplace_id order by count(*) desc, marketplace_id limit ${max}`);
  return rows.map(({ id }) => id);
}
