import type { SQL } from "drizzle-orm";
import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { runPrepared } from "../prepared.ts";
import type { PriceQuery } from "./price-records.ts";
import type { PriceOffer, QuantityTermsFacts } from "./price-shapes.ts";
import { anyOfUuids, instantIn, wholeIn } from "./sql-values.ts";

/** How an offer is sold. */
export type OfferSale = {
  readonly offerId: string;
  readonly vendorId: string;
  readonly status: "draft" | "proposed" | "active" | "paused" | "rejected" | "withdrawn";
  /** The offer's own, in its order unit. */
  readonly terms: QuantityTermsFacts;
  readonly taxCategory: "standard" | "reduced" | "zero" | "exempt";
  /** Ten-thousandths of a percent; zero where nobody says, or for anybody. */
  readonly taxPercent: bigint;
};

export type PriceOfferRow = {
  readonly id: string;
  readonly vendorId: string;
  readonly status: OfferSale["status"];
  readonly isActive: boolean;
  readonly vendorActive: boolean;
  readonly baseListId: string | null;
  readonly brandId: string | null;
  readonly mixGroup: string | null;
  readonly baseUnit: string;
  readonly orderUnit: string;
  readonly minQuantity: string;
  readonly multiple: string | null;
  readonly maxQuantity: string | null;
  readonly taxCategory: OfferSale["taxCategory"];
  readonly taxPercent: string | null;
  readonly classes: readonly string[];
  readonly units: readonly {
    readonly unit: string;
    readonly num: string;
    readonly den: string;
    readonly decimals: number;
    readonly isSold: boolean;
  }[];
};

type Offers = { readonly offers: readonly PriceOffer[]; readonly sales: ReadonlyMap<string, OfferSale> };

/** Named subquery `sold`: the offers. */
export function offersSold({ marketplaceId, offerIds }: PriceQuery): SQL {
  return sql`sold as materialized (
    select * from offers where id = ${anyOfUuids(offerIds)} and marketplace_id = ${marketplaceId})`;
}

/** From `sold`; an offer is active while it and its product are and its period lasts. */
export function priceOffersStatement({ buyer, at }: PriceQuery): SQL {
  return sql`
    select o.id, o.vendor_id as "vendorId", o.status, o.base_list_id as "baseListId", p.brand_id as "brandId",
      o.mix_group as "mixGroup", v.base_unit as "baseUnit", o.order_unit as "orderUnit",
      o.min_quantity::text as "minQuantity", o.multiple::text as multiple, o.max_quantity::text as "maxQuantity",
      o.status = 'active' and v.status = 'active' and p.status = 'active'
        and o.valid_from <= greatest(${instantIn(at)}, now()) and coalesce(o.valid_until > ${instantIn(at)}, true)
        as "isActive",
      exists (select 1 from participations a where a.marketplace_id = o.marketplace_id and a.company_id = o.vendor_id
        and a.status = 'approved' and a.side <> 'buyer') as "vendorActive",
      p.tax_category as "taxCategory", t.percent::text as "taxPercent",
      (with recursive up as (
          select c.scheme, c.code from product_classes c where c.product_id = p.id
          union select n.scheme, n.parent from class_nodes n join up on n.scheme = up.scheme and n.code = up.code
            where n.marketplace_id = o.marketplace_id and n.parent is not null)
        select coalesce(json_agg(up.scheme || ':' || up.code), '[]') from up) as classes,
      (select coalesce(json_agg(json_build_object('unit', u.unit, 'num', u.num::text, 'den', u.den::text,
          'decimals', u.decimals, 'isSold', u.is_sold)), '[]') from variant_units u where u.variant_id = v.id) as units
    from sold o join variants v on v.id = o.variant_id join products p on p.id = v.product_id
      left join company_profiles f on f.company_id = ${buyer?.companyId ?? ""}
      left join tax_rates t on t.marketplace_id = o.marketplace_id and t.country = f.country
        and t.category = p.tax_category`;
}

/** The offers with what prices depend on. */
export async function priceOffersOf(db: Database, query: PriceQuery): Promise<Offers> {
  return offersIn(await runPrepared<PriceOfferRow>(db, sql`with ${offersSold(query)} ${priceOffersStatement(query)}`));
}

export function offersIn(rows: readonly PriceOfferRow[]): Offers {
  return { offers: rows.map(offerOf), sales: new Map(rows.map((row) => [row.id, saleOf(row)])) };
}

function offerOf(row: PriceOfferRow): PriceOffer {
  const { id, vendorId, isActive, vendorActive, baseListId, brandId, mixGroup, baseUnit, classes, units } = row;
  const others = new Map(
    units.map(({ unit, num, den, decimals, isSold }) => [
      unit,
      { ratio: { num: BigInt(num), den: BigInt(den) }, decimals, sold: isSold },
    ]),
  );
  return {
    id,
    vendorId,
    active: isActive,
    vendorActive,
    baseListId,
    brandId,
    classIds: classes,
    mixGroup,
    units: { base: baseUnit, others },
  };
}

function saleOf({ id, vendorId, status, orderUnit, taxCategory, ...row }: PriceOfferRow): OfferSale {
  const terms = {
    unit: orderUnit,
    minimum: wholeIn(row.minQuantity),
    multiple: wholeIn(row.multiple),
    maximum: wholeIn(row.maxQuantity),
  };
  return { offerId: id, vendorId, status, terms, taxCategory, taxPercent: wholeIn(row.taxPercent) ?? 0n };
}
