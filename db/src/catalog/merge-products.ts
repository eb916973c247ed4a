import { and, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { offers } from "../schema/catalog-offers.ts";
import { buyerPartNumbers, products } from "../schema/catalog-products.ts";
import { recordChange } from "./catalog-record.ts";
import { changeOf } from "./product-lock.ts";

export type Merge = {
  readonly marketplaceId: string;
  readonly lostId: string;
  readonly keptId: string;
  /** Which variant of the kept one each of the other is. */
  readonly pairs: readonly { readonly from: string; readonly to: string }[];
  readonly by: string;
  readonly reason: string | null;
};

/**
 * Moves the offers and buyers' numbers of one product to another one, which gets the texts, units and numbers that it
 * lacks, and marks the one as merged. What two companies have is the marketplace's own from then on.
 */
export async function mergeProducts(tx: Database, merge: Merge): Promise<void> {
  const { marketplaceId, lostId, keptId, pairs, by, reason } = merge;
  const rows = await tx
    .select()
    .from(products)
    .where(and(eq(products.marketplaceId, marketplaceId), inArray(products.id, [lostId, keptId])))
    .orderBy(products.id)
    .for("update");
  const [lost, kept] = [lostId, keptId].map((id) => rows.find((row) => row.id === id));
  if (lost === undefined || kept === undefined) throw new Error(`nothing to merge: ${lostId} into ${keptId}`);
  for (const pair of pairs) await moveVariant(tx, merge, pair);
  await tx.execute(sql`insert into product_texts (product_id, language, name, description, keywords)
    select ${keptId}::uuid, language, name, description, keywords from product_texts where product_id = ${lostId}::uuid
    on conflict do nothing`);
  const isShared = lost.ownerCompanyId !== kept.ownerCompanyId;
  const owner = isShared ? null : kept.ownerCompanyId;
  const touched = { version: kept.version + 1, updatedAt: sql`now()` };
  const [keeper] = await tx
    .update(products)
    .set({ ...touched, ownerCompanyId: owner })
    .where(eq(products.id, keptId))
    .returning();
  const gone = { status: "merged", mergedInto: keptId, version: lost.version + 1, updatedAt: sql`now()` } as const;
  const [merged] = await tx.update(products).set(gone).where(eq(products.id, lostId)).returning();
  await tx.update(products).set({ mergedInto: keptId }).where(eq(products.mergedInto, lostId));
  if (keeper === undefined || merged === undefined) throw new Error(`the merge of ${lostId} did not take`);
  await recordChange(tx, {
    ...changeOf(keeper, "took_over", by),
    before: { owner: kept.ownerCompanyId },
    after: { owner, merged: lostId },
    reason,
  });
  const states = { before: { status: lost.status }, after: { status: "merged", mergedInto: keptId } };
  await recordChange(tx, { ...changeOf(merged, "merged", by), ...states, reason });
}

async function moveVariant(
  tx: Database,
  { marketplaceId, by, reason }: Merge,
  { from, to }: Merge["pairs"][number],
): Promise<void> {
  await tx.execute(sql`insert into variant_units (variant_id, unit, num, den, decimals, is_sold)
    select ${to}::uuid, unit, num, den, decimals, is_sold from variant_units where variant_id = ${from}::uuid
    on conflict do nothing`);
  await tx.execute(sql`insert into variant_gtins (variant_id, marketplace_id, unit, gtin)
    select ${to}::uuid, marketplace_id, unit, gtin from variant_gtins where variant_id = ${from}::uuid
    on conflict do nothing`);
  await tx.update(buyerPartNumbers).set({ variantId: to }).where(eq(buyerPartNumbers.variantId, from));
  const moved = await tx
    .update(offers)
    .set({ variantId: to, version: sql`${offers.version} + 1`, updatedAt: sql`now()` })
    .where(eq(offers.variantId, from))
    .returning();
  for (const { id, vendorId, version } of moved) {
    await recordChange(tx, {
      marketplaceId,
      subject: "offer",
      subjectId: id,
      companyId: vendorId,
      action: "moved",
      before: { variantId: from },
      after: { variantId: to },
      reason,
      by,
      version,
    });
  }
}
