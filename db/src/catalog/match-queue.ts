import type { MatchProduct, MatchVerdict } from "@kontor/catalog";
import type { Actor } from "@kontor/kernel";
import type { ProductRecord } from "@kontor/protocol";
import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { matchFindings, products } from "../schema/catalog-products.ts";
import type { CatalogRules } from "./catalog-rules.ts";
import { candidatesOf } from "./match-candidates.ts";
import { matchProducts } from "./match-products.ts";
import { mergeProducts } from "./merge-products.ts";
import type { ProductRow } from "./product-records.ts";
import { productRecord } from "./product-records.ts";

/**
 * One at a time in each marketplace: two products that come at once see each other, whichever is first. Taken before any
 * row is locked.
 */
export async function queueUp(tx: Database, { marketplaceId }: Actor): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('match'), hashtext(${marketplaceId ?? ""}))`);
}

type Matching = { readonly row: ProductRow; readonly rules: CatalogRules; readonly by: string };

/**
 * Looks whether an active product is another one: what is so beyond doubt is merged, what seems so is left to the
 * operator. Gives the product as it is then.
 */
export async function matchProduct(tx: Database, { row, rules, by }: Matching): Promise<ProductRecord> {
  if (row.status !== "active") return await productRecord(tx, row);
  const own = (await matchProducts(tx, [row.id], rules)).get(row.id);
  const ids = own === undefined ? [] : await candidatesOf(tx, row, own);
  const others = await matchProducts(tx, ids, rules);
  const rows =
    ids.length === 0
      ? []
      : await tx
          .select()
          .from(products)
          .where(inArray(products.id, [...ids]));
  const rowOf = new Map(rows.map((one) => [one.id, one]));
  for (const id of ids) {
    const [other, otherRow] = [others.get(id), rowOf.get(id)];
    if (own === undefined || other === undefined || otherRow === undefined) continue;
    const [lost, kept] = isKept(otherRow, row) ? [own, other] : [other, own];
    const verdict = rules.compare(lost, kept);
    if (await settle(tx, { verdict, lost, kept, row, by })) break;
  }
  const [now = row] = await tx.select().from(products).where(eq(products.id, row.id));
  return await productRecord(tx, now);
}

/** The marketplace's own before a company's, then the elder one. */
function isKept(one: ProductRow, other: ProductRow): boolean {
  const [own, foreign] = [one.ownerCompanyId === null, other.ownerCompanyId === null];
  if (own !== foreign) return own;
  return one.createdAt === other.createdAt ? one.id < other.id : one.createdAt < other.createdAt;
}

type Settling = {
  readonly verdict: MatchVerdict;
  readonly lost: MatchProduct;
  readonly kept: MatchProduct;
  readonly row: ProductRow;
  readonly by: string;
};

/** True when the product that is looked at was merged away. */
async function settle(tx: Database, { verdict, lost, kept, row, by }: Settling): Promise<boolean> {
  if (verdict.kind === "apart") return false;
  const { marketplaceId } = row;
  const [subject, other] = [lost.productId, kept.productId];
  const known = await tx
    .select()
    .from(matchFindings)
    .where(
      and(
        eq(matchFindings.marketplaceId, marketplaceId),
        or(
          and(eq(matchFindings.subject, subject), eq(matchFindings.other, other)),
          and(eq(matchFindings.subject, other), eq(matchFindings.other, subject)),
        ),
      ),
    );
  // What somebody has kept apart stays so.
  if (known.some(({ state }) => state === "kept_apart")) return false;
  const kind = verdict.kind === "merge" ? "same_product" : verdict.kind;
  const open = known.find((finding) => finding.kind === kind);
  const { reason, score, evidence } = verdict;
  const merged = verdict.kind === "merge" ? { state: "merged" as const, decidedAt: sql`now()` } : {};
  if (open !== undefined) {
    const next = { reason, score, evidence, ...merged, version: open.version + 1 };
    await tx.update(matchFindings).set(next).where(eq(matchFindings.id, open.id));
  } else {
    await tx.insert(matchFindings).values({ marketplaceId, kind, subject, other, reason, score, evidence, ...merged });
  }
  if (verdict.kind !== "merge") return false;
  await mergeProducts(tx, { marketplaceId, lostId: subject, keptId: other, pairs: verdict.pairs, by, reason: null });
  return subject === row.id;
}
