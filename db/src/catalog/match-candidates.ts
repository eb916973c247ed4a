import type { MatchProduct } from "@kontor/catalog";
import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import type { ProductRow } from "./product-records.ts";
import { anyOfTexts } from "./sql-values.ts";

/** Of each way to be alike, at most. */
const candidatesMax = 50;
/** Of a brand and the classes, the newest ones: names of all that a large brand has are not compared each time. */
const nearMax = 2_000;

/**
 * Active products of the marketplace that may be the same, in the order in which they are judged: those that bear a GTIN
 * of it, those of the same brand and part number, those of its brand or a class of it that share most words of a name;
 * of two in one of these the older one.
 */
export async function candidatesOf(
  tx: Database,
  { id, marketplaceId, brandId }: ProductRow,
  { variants, names, partNoKey }: MatchProduct,
): Promise<readonly string[]> {
  const gtins = variants.flatMap((variant) => variant.gtins.map(({ gtin }) => gtin));
  const partNos = [...new Set([partNoKey, ...variants.map((one) => one.partNoKey)])].filter((key) => key !== null);
  const words = [...new Set(names.flatMap((name) => name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []))];
  const other = sql`p.marketplace_id = ${marketplaceId} and p.status = 'active' and p.id <> ${id}::uuid`;
  const byGtin = sql`select p.id from variant_gtins g join variants v on v.id = g.variant_id
    join products p on p.id = v.product_id
    where g.marketplace_id = ${marketplaceId} and g.gtin in ${anyOfTexts(gtins)} and ${other}`;
  const byPartNo = sql`select p.id from products p
      where ${other} and p.part_no_key in ${anyOfTexts(partNos)} and p.brand_id = ${brandId}::uuid
    union select p.id from variants v join products p on p.id = v.product_id
      where v.marketplace_id = ${marketplaceId} and v.part_no_key in ${anyOfTexts(partNos)}
        and ${other} and p.brand_id = ${brandId}::uuid`;
  const near = sql`select distinct id, created_at from (
      select p.id, p.created_at from products p where ${other} and p.brand_id = ${brandId}::uuid
      union all select p.id, p.created_at from product_classes own join product_classes c
        on c.marketplace_id = own.marketplace_id and c.scheme = own.scheme and c.code = own.code
        join products p on p.id = c.product_id where own.product_id = ${id}::uuid and ${other}) all_near
    order by created_at desc, id limit ${nearMax}`;
  // A word within a longer one counts too: this only sorts, and splitting every name takes twenty times as long.
  const byWords = sql`select n.id, (select max((select count(*) from asked where strpos(lower(t.name), word) > 0))
      from product_texts t where t.product_id = n.id) as shared
    from (${near}) n`;
  const rows = await tx.execute<{ id: string }>(sql`
    with asked as (select jsonb_array_elements_text(${JSON.stringify(words)}::jsonb) as word)
    select found.id, min(rank) as rank from (
      (select distinct id, 0 as rank, 0 as shared from (${byGtin}) g limit ${candidatesMax})
      union all (select id, 1, 0 from (${byPartNo}) b limit ${candidatesMax})
      union all (select id, 2, shared from (${byWords}) w where shared > 0 order by shared desc, id limit ${candidatesMax})
    ) found join products p on p.id = found.id group by found.id, p.created_at
    order by min(rank), case when min(rank) = 2 then max(shared) end desc, p.created_at, found.id`);
  return rows.map((row) => row.id);
}
