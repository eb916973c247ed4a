import type { Micros } from "@kontor/kernel";
import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import type { SynonymRow } from "../schema/catalog-search.ts";
import type { ListRow } from "./price-list-records.ts";
import { listColumns, listOf } from "./price-list-records.ts";
import { promotionsAhead } from "./price-promotions.ts";
import type { PriceAssignment, PriceListFacts, PromotionFacts, QuantityRuleFacts } from "./price-shapes.ts";
import { anyOfUuids, wholeIn } from "./sql-values.ts";

/** Of a marketplace whose operator named none. */
export const unwrittenLanguages: readonly string[] = ["en"];

/** What a search index keeps of a marketplace besides its products: who has which lists, and who may order what. */
export type MarketShelf = {
  readonly currency: string;
  readonly lists: readonly PriceListFacts[];
  readonly assignments: readonly PriceAssignment[];
  readonly promotions: readonly PromotionFacts[];
  readonly assortments: readonly ShelfAssortment[];
  readonly taxRates: readonly { readonly country: string; readonly category: string; readonly percent: bigint }[];
  /** The units in which decimal attributes are compared. */
  readonly attributeUnits: ReadonlyMap<string, string>;
  /** Offers whose quantities some agreement rules, and vendors all of whose offers one does. */
  readonly ruled: { readonly offerIds: readonly string[]; readonly vendorIds: readonly string[] };
  /** The first is searched in and shown where nobody asks for another. */
  readonly languages: readonly string[];
  readonly synonyms: readonly SynonymRow[];
};

export type ShelfAssortment = {
  readonly id: string;
  readonly vendorId: string | null;
  readonly target: "agreement" | "customer_group" | "marketplace";
  readonly targetId: string;
  readonly items: readonly {
    readonly mode: "include" | "exclude";
    readonly kind: "class" | "brand" | "vendor" | "offer";
    readonly itemId: string;
  }[];
};

type MarketRow = Record<string, unknown> & {
  readonly currency: string;
  readonly taxRates: readonly { readonly country: string; readonly category: string; readonly percent: string }[];
  readonly units: readonly { readonly attribute: string; readonly unit: string }[];
  /** Null where the operator wrote nothing. */
  readonly languages: readonly string[] | null;
  readonly synonyms: readonly SynonymRow[] | null;
};

/** Undefined where there is no such marketplace. */
export async function readMarketShelf(
  db: Database,
  { marketplaceId, at }: { readonly marketplaceId: string; readonly at: Micros },
): Promise<MarketShelf | undefined> {
  const [market] = await db.execute<MarketRow>(sql`
    select m.currency,
      (select coalesce(json_agg(json_build_object('country', t.country, 'category', t.category,
        'percent', t.percent::text)), '[]') from tax_rates t where t.marketplace_id = m.id) as "taxRates",
      (select coalesce(json_agg(distinct jsonb_build_object('attribute', a.attribute, 'unit', coalesce(a.unit, ''))), '[]')
        from class_attributes a where a.marketplace_id = m.id and a.kind = 'decimal') as units,
      s.languages, s.synonyms
    from marketplaces m left join search_settings s on s.marketplace_id = m.id where m.id = ${marketplaceId}`);
  if (market === undefined) return undefined;
  const [lists, assignments, assortments, promotions, ruled] = await Promise.all([
    db.execute<ListRow & Record<string, unknown>>(
      sql`select ${listColumns} from price_lists l where l.marketplace_id = ${marketplaceId}`,
    ),
    db.execute<PriceAssignment & Record<string, unknown>>(sql`
      select a.list_id as "listId", a.target, a.target_id as "targetId", a.priority
      from price_list_assignments a join price_lists l on l.id = a.list_id where l.marketplace_id = ${marketplaceId}`),
    db.execute<ShelfAssortment & Record<string, unknown>>(sql`
      select a.id, a.vendor_id as "vendorId", a.target, a.target_id as "targetId",
        (select coalesce(json_agg(json_build_object('mode', i.mode, 'kind', i.kind, 'itemId', i.item_id)
          order by i.mode, i.kind, i.item_id), '[]')
          from assortment_items i where i.assortment_id = a.id) as items
      from assortments a where a.marketplace_id = ${marketplaceId}`),
    promotionsAhead(db, { marketplaceId, at }),
    db.execute<{ readonly offerId: string | null; readonly vendorId: string }>(sql`
      select distinct q.offer_id as "offerId", a.vendor_id as "vendorId"
      from quantity_rules q join agreements a on a.id = q.agreement_id where a.marketplace_id = ${marketplaceId}`),
  ]);
  return {
    currency: market.currency,
    lists: lists.map(listOf),
    assignments,
    promotions,
    assortments,
    taxRates: market.taxRates.map(({ percent, ...rate }) => ({ ...rate, percent: BigInt(percent) })),
    ruled: {
      offerIds: ruled.flatMap(({ offerId }) => offerId ?? []),
      vendorIds: ruled.flatMap(({ offerId, vendorId }) => (offerId === null ? vendorId : [])),
    },
    attributeUnits: new Map(market.units.map(({ attribute, unit }) => [attribute, unit])),
    languages: market.languages ?? unwrittenLanguages,
    synonyms: market.synonyms ?? [],
  };
}

type RuleRow = Record<"agreementId" | "offerId" | "minimum" | "multiple" | "maximum", string | null>;

/** All that agreements say of quantities. */
export async function quantityRulesOf(
  db: Database,
  agreementIds: readonly string[],
): Promise<readonly QuantityRuleFacts[]> {
  if (agreementIds.length === 0) return [];
  const rows = await db.execute<RuleRow>(sql`
    select agreement_id as "agreementId", offer_id as "offerId", min_quantity::text as minimum,
      multiple::text as multiple, max_quantity::text as maximum
    from quantity_rules where agreement_id = ${anyOfUuids(agreementIds)}`);
  return rows.map(({ agreementId, offerId, minimum, multiple, maximum }) => ({
    agreementId: agreementId ?? "",
    offerId,
    minimum: wholeIn(minimum),
    multiple: wholeIn(multiple),
    maximum: wholeIn(maximum),
  }));
}

/** Products of the named offers. */
export async function productsOfOffers(db: Database, offerIds: readonly string[]): Promise<readonly string[]> {
  if (offerIds.length === 0) return [];
  const rows = await db.execute<{ readonly id: string }>(sql`
    select distinct v.product_id as id from offers o join variants v on v.id = o.variant_id
    where o.id = ${anyOfUuids(offerIds)}`);
  return rows.map(({ id }) => id);
}

/** Products whose prices a list takes part in: those with rows in it, or in one that it is derived from. */
export async function productsOfList(db: Database, listId: string): Promise<readonly string[]> {
  const rows = await db.execute<{ readonly id: string }>(sql`
    select distinct v.product_id as id from prices r join offers o on o.id = r.offer_id
      join variants v on v.id = o.variant_id where r.list_id = ${listId}::uuid
    union select v.product_id from price_lists l join offers o on o.vendor_id = coalesce(l.vendor_id, o.vendor_id)
        and o.marketplace_id = l.marketplace_id join variants v on v.id = o.variant_id
      where l.id = ${listId}::uuid and l.is_derived`);
  return rows.map(({ id }) => id);
}
