import type { Micros } from "@kontor/kernel";
import type { SQL } from "drizzle-orm";
import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import type { AttributeValue, Labels } from "../schema/catalog-products.ts";
import { anyOfUuids, microsIn } from "./sql-values.ts";

/*
 * The catalogue as a search index reads it: all tenants' at once. What of it a caller may find is the index's to say, by
 * assortment, status and price; nothing of this leaves the process by another way.
 */

export type FeedProduct = {
  readonly id: string;
  readonly createdAt: Micros;
  readonly brandId: string | null;
  readonly brand: string | null;
  readonly taxCategory: string;
  /** Of the product and its variants. */
  readonly partNos: readonly string[];
  readonly texts: readonly {
    readonly language: string;
    readonly name: string;
    readonly description: string;
    readonly keywords: readonly string[];
  }[];
  readonly attributes: readonly AttributeValue[];
  readonly classes: readonly { readonly scheme: string; readonly code: string }[];
  readonly offers: readonly FeedOffer[];
  readonly buyerNumbers: readonly { readonly companyId: string; readonly numbers: readonly string[] }[];
};

export type FeedOffer = {
  readonly id: string;
  readonly vendorId: string;
  /** The vendor may sell here now. */
  readonly vendorActive: boolean;
  readonly isActive: boolean;
  readonly validFrom: Micros;
  readonly validUntil: Micros | null;
  readonly vendorPartNo: string;
  readonly gtins: readonly string[];
  readonly condition: string;
  readonly region: string | null;
  readonly leadTimeDays: number | null;
  readonly orderUnit: string;
  /** Whole millionths as text, as all quantities and prices here. */
  readonly minQuantity: string;
  readonly multiple: string | null;
  readonly maxQuantity: string | null;
  readonly mixGroup: string | null;
  readonly baseUnit: string;
  readonly units: readonly {
    readonly unit: string;
    readonly num: string;
    readonly den: string;
    readonly decimals: number;
    readonly sold: boolean;
  }[];
  readonly baseListId: string | null;
  readonly prices: readonly FeedPrice[];
};

export type FeedPrice = {
  readonly id: string;
  readonly listId: string;
  readonly unit: string;
  readonly priceBaseQuantity: string;
  readonly minQuantity: string;
  readonly price: string;
  readonly validFrom: Micros;
  readonly validUntil: Micros | null;
};

export type FeedClass = {
  readonly scheme: string;
  readonly code: string;
  readonly parent: string | null;
  readonly labels: Labels;
};

const offersOf = sql`
  select coalesce(json_agg(json_build_object(
    'id', o.id, 'vendorId', o.vendor_id, 'isActive', o.status = 'active' and v.status = 'active',
    'vendorActive', exists (
      select 1 from participations a where a.marketplace_id = o.marketplace_id and a.company_id = o.vendor_id
        and a.status = 'approved' and a.side <> 'buyer'),
    'validFrom', ${microsIn(sql`o.valid_from`)}, 'validUntil', ${microsIn(sql`o.valid_until`)},
    'vendorPartNo', o.vendor_part_no, 'condition', o.condition, 'region', o.region, 'leadTimeDays', o.lead_time_days,
    'gtins', (select coalesce(json_agg(g.gtin), '[]') from variant_gtins g where g.variant_id = v.id),
    'orderUnit', o.order_unit, 'minQuantity', o.min_quantity::text, 'multiple', o.multiple::text,
    'maxQuantity', o.max_quantity::text,
    'mixGroup', o.mix_group, 'baseUnit', v.base_unit,
    'units', (select coalesce(json_agg(json_build_object('unit', u.unit, 'num', u.num::text, 'den', u.den::text,
        'decimals', u.decimals, 'sold', u.is_sold)), '[]')
      from variant_units u where u.variant_id = v.id),
    'baseListId', o.base_list_id,
    'prices', (select coalesce(json_agg(json_build_object(
        'id', r.id, 'listId', r.list_id, 'unit', r.unit, 'priceBaseQuantity', r.price_base_quantity::text,
        'minQuantity', r.min_quantity::text, 'price', r.price::text,
        'validFrom', ${microsIn(sql`r.valid_from`)}, 'validUntil', ${microsIn(sql`r.valid_until`)})), '[]')
      from prices r where r.offer_id = o.id)
  )), '[]')
  from variants v join offers o on o.variant_id = v.id where v.product_id = p.id`;

const productColumns = sql`
  p.id, ${microsIn(sql`p.created_at`)} as "createdAt", p.brand_id as "brandId", b.name as brand,
  p.tax_category as "taxCategory",
  array_remove(array_append((select array_agg(v.part_no) from variants v where v.product_id = p.id), p.part_no), null)
    as "partNos",
  (select coalesce(json_agg(json_build_object(
      'language', t.language, 'name', t.name, 'description', t.description, 'keywords', t.keywords)), '[]')
    from product_texts t where t.product_id = p.id) as texts,
  (select coalesce(jsonb_agg(a), '[]') from (
      select jsonb_array_elements(p.attributes) as a
      union select jsonb_array_elements(v.attributes) from variants v where v.product_id = p.id) all_of) as attributes,
  (select coalesce(json_agg(json_build_object('scheme', c.scheme, 'code', c.code)), '[]')
    from product_classes c where c.product_id = p.id) as classes,
  (select coalesce(json_agg(json_build_object('companyId', n.company_id, 'numbers', n.numbers)), '[]') from (
      select m.company_id, json_agg(m.part_no) as numbers from buyer_part_numbers m
        join variants v on v.id = m.variant_id where v.product_id = p.id group by m.company_id) n) as "buyerNumbers",
  (${offersOf}) as offers`;

/**
 * Tables that were just filled have no statistics yet, and the planner then reads the whole of one for each product of a
 * page: twenty times as long.
 */
async function byIndexes<Row>(db: Database, statement: SQL): Promise<readonly Row[]> {
  return await db.transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    return (await tx.execute<Row & Record<string, unknown>>(statement)) as readonly Row[];
  });
}

/** Products that can be found, a page at a time by id, from the beginning or after the last of the page before. */
export async function readFeedPage(
  db: Database,
  {
    marketplaceId,
    after,
    limit,
  }: { readonly marketplaceId: string; readonly after: string | null; readonly limit: number },
): Promise<readonly FeedProduct[]> {
  return await byIndexes<FeedProduct>(
    db,
    sql`
    select ${productColumns} from products p left join brands b on b.id = p.brand_id
    where p.marketplace_id = ${marketplaceId} and p.status = 'active'
      and ${after === null ? sql`true` : sql`p.id > ${after}::uuid`}
    order by p.id limit ${limit}`,
  );
}

/** The named ones as they are; who is missing cannot be found any more. */
export async function readFeedProducts(db: Database, ids: readonly string[]): Promise<readonly FeedProduct[]> {
  if (ids.length === 0) return [];
  return await byIndexes<FeedProduct>(
    db,
    sql`
    select ${productColumns} from products p left join brands b on b.id = p.brand_id
    where p.id = ${anyOfUuids(ids)} and p.status = 'active'`,
  );
}

export async function readFeedClasses(db: Database, marketplaceId: string): Promise<readonly FeedClass[]> {
  return await db.execute<FeedClass & Record<string, unknown>>(sql`
    select scheme, code, parent, labels from class_nodes where marketplace_id = ${marketplaceId}`);
}

/** Products that a vendor lists, when what he may do here has changed. */
export async function productsOfVendor(
  db: Database,
  marketplaceId: string,
  vendorId: string,
): Promise<readonly string[]> {
  const rows = await db.execute<{ readonly id: string }>(sql`
    select distinct v.product_id as id from offers o join variants v on v.id = o.variant_id
    where o.marketplace_id = ${marketplaceId} and o.vendor_id = ${vendorId}`);
  return rows.map(({ id }) => id);
}
