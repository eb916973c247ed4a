import type { Actor } from "@kontor/kernel";
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
  readonly vendorId: string;
  readonly baseUnit: string;
};

export type FoundProductRepository = {
  /** By product; `offerIds` are those that the search named. */
  readonly show: (
    actor: Actor,
    found: { readonly offerIds: readonly string[]; readonly language: string },
  ) => Promise<ReadonlyMap<string, FoundProduct>>;
  /** Names of classes and companies for the values of facets, by value. */
  readonly labelsOf: (actor: Actor, facet: FacetToLabel) => Promise<ReadonlyMap<string, string>>;
  /** Whether the division is one of the acting company. */
  readonly ownsDivision: (actor: Actor, divisionId: string) => Promise<boolean>;
};

export type FacetToLabel = {
  readonly facet: string;
  readonly values: readonly string[];
  readonly language: string;
};

export function createFoundProductRepository(db: Database): FoundProductRepository {
  return {
    async show(actor, { offerIds, language }) {
      const rows = await db.execute<FoundProduct & Record<string, unknown>>(sql`
        select ${products.id} as "productId", b.name as brand, ${products.partNo} as "partNo",
          coalesce((select t.name from product_texts t where t.product_id = ${products.id}
            order by t.language = ${language} desc, split_part(t.language, '-', 1) = split_part(${language}, '-', 1) desc,
              t.language = 'en' desc, t.language limit 1), ${products.partNo}, o.vendor_part_no) as name,
          f.id as "pictureId", f.url as "pictureUrl", o.vendor_id as "vendorId", v.base_unit as "baseUnit"
        from offers o join variants v on v.id = o.variant_id join products on ${products.id} = v.product_id
          left join brands b on b.id = ${products.brandId}
          left join lateral (select id, url from product_files where product_id = ${products.id} and kind = 'picture'
            order by position, id limit 1) f on true
        where o.id = ${anyOfUuids(offerIds)} and ${inMarketplace(actor, products.marketplaceId)}`);
      return new Map(rows.map((row) => [row.productId, row]));
    },

    async labelsOf({ marketplaceId }, { facet, values, language }) {
      if (values.length === 0) return new Map();
      const wanted = JSON.stringify(values);
      const rows = await db.execute<{ readonly value: string; readonly label: string }>(
        facet === "vendor"
          ? sql`select c.company_id as value, c.legal_name as label from company_profiles c
              join jsonb_array_elements_text(${wanted}::jsonb) w on w = c.company_id`
          : sql`select n.code as value, coalesce(n.labels ->> ${language}, n.labels ->> 'en',
                (select l.value from jsonb_each_text(n.labels) l order by l.key limit 1)) as label
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
