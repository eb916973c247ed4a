import type { Actor } from "@kontor/kernel";
import { and, eq } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { products } from "../schema/catalog-products.ts";
import { mayChange, seesProduct } from "./catalog-scope.ts";
import type { ProductRow } from "./product-records.ts";

type Locking = { readonly actor: Actor; readonly productId: string; readonly expectedVersion?: number };

/** A product that the actor may change, locked, in the version that he has read. */
export async function lockedProduct(
  tx: Database,
  { actor, productId, expectedVersion }: Locking,
): Promise<Answered<ProductRow>> {
  const [row] = await tx
    .select()
    .from(products)
    .where(and(seesProduct(actor), eq(products.id, productId)))
    .for("update");
  if (row === undefined) return refused("not_found");
  if (!mayChange(actor, row.ownerCompanyId)) return refused("forbidden");
  if (expectedVersion !== undefined && row.version !== expectedVersion) {
    return refused("precondition_failed", { actualVersion: row.version });
  }
  return row.mergedInto === null ? answered(row) : refused("product_merged", { mergedInto: row.mergedInto });
}

/** What a change of the product says of itself in the record. */
export function changeOf({ id, marketplaceId, ownerCompanyId, version }: ProductRow, action: string, by: string) {
  const subject = "product" as const;
  return { marketplaceId, subject, subjectId: id, companyId: ownerCompanyId, action, by, version };
}
