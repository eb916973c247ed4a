import type { Actor } from "@kontor/kernel";
import type { ProductRecord } from "@kontor/protocol";
import { eq, sql } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { products } from "../schema/catalog-products.ts";
import { recordChange } from "./catalog-record.ts";
import type { CatalogRules } from "./catalog-rules.ts";
import { matchProduct, queueUp } from "./match-queue.ts";
import { changeOf, lockedProduct } from "./product-lock.ts";
import { productRecord } from "./product-records.ts";

export type ProductStep = {
  readonly productId: string;
  readonly status: "active" | "withdrawn";
  readonly reason: string | null;
  readonly expectedVersion: number;
};

/** An active product goes through the match queue: what comes back may be merged into another one. */
export function stepProduct(
  db: Database,
  { actor, rules, productId, status, reason, expectedVersion }: ProductStep & { actor: Actor; rules: CatalogRules },
): Promise<Answered<ProductRecord>> {
  return wholly(db, async (tx) => {
    await queueUp(tx, actor);
    const stored = await lockedProduct(tx, { actor, productId, expectedVersion });
    if (!stored.ok) return stored;
    if (stored.value.status === status) return answered(await productRecord(tx, stored.value));
    const [row] = await tx
      .update(products)
      .set({ status, version: expectedVersion + 1, updatedAt: sql`now()` })
      .where(eq(products.id, productId))
      .returning();
    if (row === undefined) return refused("not_found");
    const action = status === "active" ? "activated" : "withdrawn";
    const changed = { before: { status: stored.value.status }, after: { status }, reason };
    await recordChange(tx, { ...changeOf(row, action, actor.userId), ...changed });
    return answered(await matchProduct(tx, { row, rules, by: actor.userId }));
  });
}
