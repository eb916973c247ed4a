import type { SQL } from "drizzle-orm";
import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { runPrepared } from "../prepared.ts";
import type { OrderMinimumFacts, PriceAssignment, PriceOffer, QuantityRuleFacts } from "./price-shapes.ts";
import { anyOfTexts, anyOfUuids, wholeIn } from "./sql-values.ts";

type EntitlementQuery = {
  readonly marketplaceId: string;
  readonly targets: readonly Pick<PriceAssignment, "target" | "targetId">[];
  readonly offers: readonly PriceOffer[];
};

/** True where there is an assortment of the buyer's or everybody's at all; without one he may buy everything. */
export function isLimited(targets: EntitlementQuery["targets"]): SQL {
  return sql`(exists (select 1 from jsonb_to_recordset(${JSON.stringify(targets)}::jsonb) as t(target text, "targetId" text)
    join assortments a on a.target = t.target and a.target_id = t."targetId"))`;
}

/**
 * The offers that may be sold to the buyer: those in every assortment that is for everybody and, where there are some of
 * his agreements and groups for the offer's vendor, in one of these. A vendor's assortment is about his offers alone.
 */
export async function entitledOffers(
  db: Database,
  { marketplaceId, targets, offers }: EntitlementQuery,
): Promise<ReadonlySet<string>> {
  const asked = offers.map(({ id, vendorId, brandId, classIds }) => ({
    id,
    vendorId,
    items: [`offer ${id}`, `vendor ${vendorId}`, `brand ${brandId ?? ""}`, ...classIds.map((one) => `class ${one}`)],
  }));
  const rows = await runPrepared<{ readonly id: string }>(
    db,
    sql`
    with given as (
      select a.id, a.vendor_id, a.target = 'marketplace' as for_all
      from jsonb_to_recordset(${JSON.stringify(targets)}::jsonb) as t(target text, "targetId" text)
        join assortments a on a.target = t.target and a.target_id = t."targetId"
      where a.marketplace_id = ${marketplaceId})
    select o.id from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as o(id text, "vendorId" text, items jsonb)
    left join lateral (
      select g.for_all,
        (exists (select 1 from assortment_items i where i.assortment_id = g.id and i.mode = 'include'
            and o.items ? (i.kind || ' ' || i.item_id))
          or not exists (select 1 from assortment_items i where i.assortment_id = g.id and i.mode = 'include'))
        and not exists (select 1 from assortment_items i where i.assortment_id = g.id and i.mode = 'exclude'
            and o.items ? (i.kind || ' ' || i.item_id)) as holds
      from given g where g.vendor_id is null or g.vendor_id = o."vendorId") a on true
    group by o.id
    having coalesce(bool_and(a.holds) filter (where a.for_all), true)
      and coalesce(bool_or(a.holds) filter (where not a.for_all), true)`,
  );
  return new Set(rows.map(({ id }) => id));
}

export type QuantityRuleRow = {
  readonly agreementId: string;
  readonly offerId: string | null;
  readonly minimum: string | null;
  readonly multiple: string | null;
  readonly maximum: string | null;
};

type RuleQuery = { readonly agreementIds: readonly string[]; readonly offerIds: readonly string[] };

/** What the agreements say of quantities of the offers, or of all. */
export function quantityRulesStatement({ agreementIds, offerIds }: RuleQuery): SQL {
  return sql`
    select agreement_id as "agreementId", offer_id as "offerId", min_quantity::text as minimum,
      multiple::text as multiple, max_quantity::text as maximum
    from quantity_rules where agreement_id = ${anyOfUuids(agreementIds)}
      and (offer_id is null or offer_id = ${anyOfUuids(offerIds)})`;
}

export function quantityRulesIn(rows: readonly QuantityRuleRow[]): readonly QuantityRuleFacts[] {
  return rows.map((row) => ({
    agreementId: row.agreementId,
    offerId: row.offerId,
    minimum: wholeIn(row.minimum),
    multiple: wholeIn(row.multiple),
    maximum: wholeIn(row.maximum),
  }));
}

export type OrderMinimumRow = {
  readonly vendorId: string;
  readonly agreementId: string | null;
  readonly currency: string;
  readonly amount: string;
  readonly mode: "block" | "fee";
  readonly fee: string;
};

type MinimumQuery = {
  readonly marketplaceId: string;
  readonly vendorIds: readonly string[];
  readonly agreementIds: readonly string[];
};

/** The vendors' own order minimums and those of the agreements. */
export function orderMinimumsStatement({ marketplaceId, vendorIds, agreementIds }: MinimumQuery): SQL {
  return sql`
    select vendor_id as "vendorId", agreement_id as "agreementId", currency, amount::text as amount, mode,
      fee::text as fee
    from order_minimums where marketplace_id = ${marketplaceId} and vendor_id in ${anyOfTexts(vendorIds)}
      and (agreement_id is null or agreement_id = ${anyOfUuids(agreementIds)})`;
}

export async function orderMinimumsFor(db: Database, query: MinimumQuery): Promise<readonly OrderMinimumFacts[]> {
  return orderMinimumsIn(await runPrepared<OrderMinimumRow>(db, orderMinimumsStatement(query)));
}

export function orderMinimumsIn(rows: readonly OrderMinimumRow[]): readonly OrderMinimumFacts[] {
  return rows.map(({ vendorId, agreementId, currency, amount, mode, fee }) => ({
    vendorId,
    agreementId,
    currency,
    amount: BigInt(amount),
    mode: mode === "fee" ? { kind: mode, fee: BigInt(fee) } : { kind: mode },
  }));
}
