import type { ProductText } from "@kontor/protocol";
import { and, eq, ne, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { catalogueRows, matchFindings } from "../schema/catalog-products.ts";
import type { CatalogRules } from "./catalog-rules.ts";
import type { ProductRow } from "./product-records.ts";

type Noted = { readonly row: ProductRow; readonly rules: CatalogRules; readonly texts: readonly ProductText[] };

/**
 * Keeps what a company's own product says, and tells the operator of companies that say the same of many: once for each
 * two of them.
 */
export async function noteRow(tx: Database, { row, rules, texts }: Noted): Promise<void> {
  const { id: productId, marketplaceId, ownerCompanyId: companyId, partNoKey, attributes } = row;
  if (companyId === null) return;
  const rowKey = rules.rowKey({ partNoKey, texts, attributes });
  const place = { productId, marketplaceId, companyId, rowKey };
  await tx
    .insert(catalogueRows)
    .values(place)
    .onConflictDoUpdate({ target: catalogueRows.productId, set: { rowKey, companyId } });
  const others = await tx
    .selectDistinct({ other: catalogueRows.companyId })
    .from(catalogueRows)
    .where(
      and(
        eq(catalogueRows.marketplaceId, marketplaceId),
        eq(catalogueRows.rowKey, rowKey),
        ne(catalogueRows.companyId, companyId),
      ),
    );
  for (const { other } of others) await judge(tx, { marketplaceId, companyId, other, rules });
}

/** The same for all rows of a company that were written at once. */
export async function noteClones(
  tx: Database,
  { marketplaceId, companyId, rules }: Omit<Pair, "other">,
): Promise<void> {
  const others = await tx.execute<{ other: string }>(sql`
    select distinct b.company_id as other from catalogue_rows a
      join catalogue_rows b on b.marketplace_id = a.marketplace_id and b.row_key = a.row_key and b.company_id <> a.company_id
    where a.marketplace_id = ${marketplaceId} and a.company_id = ${companyId}`);
  for (const { other } of others) await judge(tx, { marketplaceId, companyId, other, rules });
}

type Pair = {
  readonly marketplaceId: string;
  readonly companyId: string;
  readonly other: string;
  readonly rules: CatalogRules;
};

async function judge(tx: Database, { marketplaceId, companyId, other, rules }: Pair): Promise<void> {
  const [first, second] = companyId < other ? [companyId, other] : [other, companyId];
  const finding = { marketplaceId, kind: "cloned_catalogue", subject: first, other: second } as const;
  const known = await tx.$count(
    matchFindings,
    and(
      eq(matchFindings.marketplaceId, marketplaceId),
      eq(matchFindings.kind, finding.kind),
      eq(matchFindings.subject, first),
      eq(matchFindings.other, second),
    ),
  );
  if (known > 0) return;
  const [subject = 0, object = 0] = await Promise.all([
    rowsOf(tx, marketplaceId, first),
    rowsOf(tx, marketplaceId, second),
  ]);
  const same = await sharedRows(tx, { marketplaceId, first, second });
  const share = rules.clonedShare({ own: subject, other: object, same: same.count });
  if (share === null) return;
  const evidence = { rows: { subject, other: object }, same: same.count, samples: same.samples };
  await tx
    .insert(matchFindings)
    .values({ ...finding, reason: "same_rows", score: share, evidence })
    .onConflictDoNothing();
}

function rowsOf(tx: Database, marketplaceId: string, companyId: string): Promise<number> {
  return tx.$count(
    catalogueRows,
    and(eq(catalogueRows.marketplaceId, marketplaceId), eq(catalogueRows.companyId, companyId)),
  );
}

type Shared = { readonly marketplaceId: string; readonly first: string; readonly second: string };

/** How many rows both have, and ten of them. */
async function sharedRows(tx: Database, { marketplaceId, first, second }: Shared) {
  const rows = await tx.execute<{ count: number; samples: readonly unknown[] }>(sql`
    with same as (
      select a.row_key, min(a.product_id::text) as subject, min(b.product_id::text) as other
      from catalogue_rows a join catalogue_rows b on b.marketplace_id = a.marketplace_id and b.row_key = a.row_key
      where a.marketplace_id = ${marketplaceId} and a.company_id = ${first} and b.company_id = ${second}
      group by a.row_key)
    select (select count(*)::int from same) as count,
      (select coalesce(json_agg(json_build_object('subject', s.subject, 'other', s.other)), '[]')
        from (select * from same order by row_key limit 10) s) as samples`);
  return rows[0] ?? { count: 0, samples: [] };
}
