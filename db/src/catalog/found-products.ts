import type { Actor } from "@kontor/kernel";
import type { SQL } from "drizzle-orm";
import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { inMarketplace } from "../repositories/scope.ts";
import { products } from "../schema/catalog-products.ts";
import { anyOfUuids } from "./sql-values.ts";

/** What is shown of a product that was found. */
export type FoundProduct = {
  readonly productId: string;
  readonly name: string;
  readonly brand: string | null;
  readonly partNo: string | null;
  readonly pictureId: string | null;
  readonly pictureUrl: string | null;
  /** Of the offer that was named with it. */
  readonly offerId: string;
  readonly vendorId: string;
  readonly baseUnit: string;
  readonly units: readonly FoundUnit[];
  /** How the offer is sold to whoever has no agreement; whole millionths as text. */
  readonly orderUnit: string;
  readonly minimum: string;
  readonly multiple: string | null;
  readonly maximum: string | null;
};

export type FoundUnit = {
  readonly unit: string;
  readonly num: string;
  readonly den: string;
  readonly decimals: number;
  readonly isSold: boolean;
};

export type FoundProductRepository = {
  /** By product; `offerIds` are those that the search named. */
  readonly show: (
    actor: Actor,
    found: { readonly offerIds: readonly string[]; readonly languages: readonly string[] },
  ) => Promise<ReadonlyMap<string, FoundProduct>>;
  /** Names of classes and companies for the values of facets, by value. */
  readonly labelsOf: (actor: Actor, facet: FacetToLabel) => Promise<ReadonlyMap<string, string>>;
  /** Whether the division is one of the acting company. */
  readonly ownsDivision: (actor: Actor, divisionId: string) => Promise<boolean>;
};

export type FacetToLabel = {
  readonly facet: string;
  readonly values: readonly string[];
  /** The best first. */
  readonly languages: readonly string[];
};

export function createFoundProductRepository(db: Database): FoundProductRepository {
  return {
    async show(actor, { offerIds, languages }) {
      const [language = ""] = languages;
      const rows = await db.execute<FoundProduct & Record<string, unknown>>(sql`
        select ${products.id} as "productId", b.name as brand, ${products.partNo} as "partNo",
          coalesce((select t.name from product_texts t where t.product_id = ${products.id}
            order by t.language = ${language} desc, split_part(t.language, '-', 1) = split_part(${language}, '-', 1) desc,
              ${placeIn(sql`t.language`, languages)}, t.language limit 1), ${products.partNo}, o.vendor_part_no) as name,
          f.id as "pictureId", f.url as "pictureUrl", o.id as "offerId", o.vendor_id as "vendorId",
          v.base_unit as "baseUnit", o.order_unit as "orderUnit", o.min_quantity::text as minimum,
          o.multiple::text as multiple, o.max_quantity::text as maximum,
          (select coalesce(json_agg(json_build_object('unit', u.unit, 'num', u.num::text, 'den', u.den::text,
              'decimals', u.decimals, 'isSold', u.is_sold)), '[]') from variant_units u where u.variant_id = v.id) as units
        from offers o join variants v on v.id = o.variant_id join products on ${products.id} = v.product_id
          left join brands b on b.id = ${products.brandId}
          left join lateral (select id, url from product_files where product_id = ${products.id} and kind = 'picture'
            order by position, id limit 1) f on true
        where o.id = ${anyOfUuids(offerIds)} and ${inMarketplace(actor, products.marketplaceId)}`);
      return new Map(rows.map((row) => [row.productId, row]));
    },

    async labelsOf({ marketplaceId }, { facet, values, languages }) {
      if (values.length === 0) return new Map();
      const wanted = JSON.stringify(values);
      const rows = await db.execute<{ readonly value: string; readonly label: string }>(
        facet === "vendor"
          ? sql`select c.company_id as value, c.legal_name as label from company_profiles c
              join jsonb_array_elements_text(${wanted}::jsonb) w on w = c.company_id`
          : sql`select n.code as value, (select l.value from jsonb_each_text(n.labels) l
                order by ${placeIn(sql`l.key`, languages)}, l.key limit 1) as label
              from class_nodes n join jsonb_array_elements_text(${wanted}::jsonb) w on w = n.code
              where n.marketplace_id = ${marketplaceId} and n.scheme = ${facet.slice("class:".length)}`,
      );
      return new Map(rows.map(({ value, label }) => [value, label]));
    },

    async ownsDivision({ companyId }, divisionId) {
      const [row] = await db.execute(sql`
        select 1 from divisions where id = ${divisionId}::uuid and company_id = ${companyId}`);
      return row !== undefined;
    },
  };
}

/** Where a language stands in the order; behind all where it does not. */
function placeIn(language: SQL, languages: readonly string[]): SQL {
  return sql`coalesce((select min(w.place) from jsonb_array_elements_text(${JSON.stringify(languages)}::jsonb)
    with ordinality w(tag, place) where w.tag = ${language}), 1000)`;
}
