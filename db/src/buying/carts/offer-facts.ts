import { sql } from "drizzle-orm";
import { anyOfUuids } from "../../catalog/sql-values.ts";
import type { Database } from "../../connect.ts";
import { runPrepared } from "../../prepared.ts";

/** What a line tells of its offer beside the price. */
export type OfferFacts = {
  readonly offerId: string;
  readonly variantId: string;
  readonly vendorId: string;
  readonly vendorPartNo: string;
  /** The buyer's own number for it. */
  readonly buyerPartNo: string | null;
  readonly name: string;
  /** Base units that can be promised; null where the vendor keeps no stock of it. */
  readonly available: bigint | null;
};

type Row = Omit<OfferFacts, "available"> & { readonly available: string | null };

export async function offerFactsOf(
  db: Database,
  { companyId, offerIds }: { readonly companyId: string; readonly offerIds: readonly string[] },
): Promise<ReadonlyMap<string, OfferFacts>> {
  if (offerIds.length === 0) return new Map();
  const rows = await runPrepared<Row>(
    db,
    sql`
    select o.id as "offerId", o.variant_id as "variantId", o.vendor_id as "vendorId", o.vendor_part_no as "vendorPartNo",
      (select b.part_no from buyer_part_numbers b where b.variant_id = o.variant_id and b.company_id = ${companyId}
        and b.marketplace_id = o.marketplace_id order by b.part_no_key limit 1) as "buyerPartNo",
      coalesce((select t.name from product_texts t where t.product_id = v.product_id
        order by t.language <> 'en', t.language limit 1), o.vendor_part_no) as name,
      (select sum(s.on_hand + s.backorder_max - s.reserved)::text from stock_levels s where s.offer_id = o.id) as available
    from offers o join variants v on v.id = o.variant_id where o.id = ${anyOfUuids(offerIds)}`,
  );
  return new Map(
    rows.map((row) => [row.offerId, { ...row, available: row.available === null ? null : BigInt(row.available) }]),
  );
}
