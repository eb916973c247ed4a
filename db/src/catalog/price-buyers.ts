import type { Micros } from "@kontor/kernel";
import type { SQL } from "drizzle-orm";
import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { runPrepared } from "../prepared.ts";
import type { BuyerGroup, PriceBuyerFacts, PriceQuery } from "./price-records.ts";
import { microsIn, periodOf } from "./sql-values.ts";

export type BuyerRow = {
  readonly currency: string;
  readonly rounding: PriceBuyerFacts["rounding"];
  readonly country: string | null;
  readonly lineage: readonly { readonly id: string; readonly parentId: string | null }[];
  readonly groups: readonly BuyerGroup[];
  readonly agreements: readonly {
    readonly id: string;
    readonly version: number;
    readonly vendorId: string;
    readonly divisionId: string | null;
    readonly validFrom: Micros;
    readonly validUntil: Micros | null;
    readonly currency: string;
  }[];
};

/** The buyer with all vendors of the marketplace. */
export async function marketBuyerOf(db: Database, query: BuyerQuery): Promise<PriceBuyerFacts | undefined> {
  const { marketplaceId } = query;
  const vendors = sql`(select company_id from participations where marketplace_id = ${marketplaceId})`;
  const [row] = await runPrepared<BuyerRow>(db, buyerStatement(query, vendors));
  return row === undefined ? undefined : buyerOf(row, query);
}

type BuyerQuery = Pick<PriceQuery, "marketplaceId" | "buyer" | "channelId">;

/**
 * One row, or none where there is no such marketplace. Agreements and groups count as far as the vendors, a subquery of
 * company ids, have to do with them. An ended agreement was in force once.
 */
export function buyerStatement({ marketplaceId, buyer }: BuyerQuery, vendors: SQL): SQL {
  const { companyId, divisionId } = buyer ?? noCompany;
  return sql`
    with recursive up as (
      select d.id, d.parent_id from divisions d where d.id = ${divisionId}::uuid and d.company_id = ${companyId}
      union select d.id, d.parent_id from divisions d join up on d.id = up.parent_id)
    select m.currency, m.rounding, f.country,
      (select coalesce(json_agg(json_build_object('id', id, 'parentId', parent_id)), '[]') from up) as lineage,
      (select coalesce(json_agg(json_build_object('id', g.id, 'vendorId', g.vendor_id, 'loyaltyLevel', g.loyalty_level)), '[]')
        from customer_group_members c join customer_groups g on g.id = c.group_id
        where c.company_id = ${companyId} and g.marketplace_id = m.id
          and (g.vendor_id is null or g.vendor_id in ${vendors})) as groups,
      (select coalesce(json_agg(json_build_object('id', a.id, 'version', a.terms_version, 'vendorId', a.vendor_id,
          'divisionId', a.division_id, 'validFrom', ${microsIn(sql`a.valid_from`)},
          'validUntil', ${microsIn(sql`a.valid_until`)}, 'currency', a.currency)), '[]')
        from agreements a where a.buyer_id = ${companyId} and a.marketplace_id = m.id
          and a.status in ('active', 'ended') and a.vendor_id in ${vendors}
          and (a.division_id is null or a.division_id in (select id from up))) as agreements
    from marketplaces m left join company_profiles f on f.company_id = ${companyId} where m.id = ${marketplaceId}`;
}

const noCompany = { companyId: "", divisionId: null };

export function buyerOf(row: BuyerRow, { marketplaceId, buyer, channelId }: BuyerQuery): PriceBuyerFacts {
  const { companyId, divisionId } = buyer ?? noCompany;
  const agreements = row.agreements.map(({ divisionId: division, validFrom, validUntil, ...agreement }) => ({
    ...agreement,
    nodeId: division ?? companyId,
    period: periodOf(validFrom, validUntil),
    active: true,
  }));
  return {
    marketplaceId,
    currency: row.currency,
    rounding: row.rounding,
    nodeId: buyer === null ? null : (divisionId ?? companyId),
    parents: new Map(row.lineage.map(({ id, parentId }) => [id, parentId ?? companyId])),
    agreements,
    groups: row.groups,
    country: row.country,
    channelId,
  };
}
