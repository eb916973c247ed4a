import type { Actor } from "@kontor/kernel";
import type { BuyerPartNumberQuery, BuyerPartNumberRecord } from "@kontor/protocol";
import { and, eq } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { oneOf } from "../repositories/filters.ts";
import type { Order } from "../repositories/keyset.ts";
import { isText, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { instantOf } from "../repositories/record-members.ts";
import { allOf, inMarketplace, ofOwnCompany } from "../repositories/scope.ts";
import { buyerPartNumbers, products, variants } from "../schema/catalog-products.ts";
import type { CatalogRules } from "./catalog-rules.ts";
import { seesProduct } from "./catalog-scope.ts";

/** What the actor's company calls variants in its own books. Numbers are the same without case, blanks and signs. */
export type BuyerPartNumberRepository = {
  readonly list: (actor: Actor, query: Query<BuyerPartNumberQuery>) => Promise<Listing<BuyerPartNumberRecord>>;
  /** In whatever way it was written before: one number stands for one variant. */
  readonly save: (
    actor: Actor,
    number: { readonly partNo: string; readonly variantId: string },
  ) => Promise<Answered<BuyerPartNumberRecord>>;
  readonly remove: (actor: Actor, partNo: string) => Promise<Answered<null>>;
};

const byNumber: Order = {
  name: "part_no",
  by: buyerPartNumbers.partNoKey,
  id: buyerPartNumbers.companyId,
  direction: "asc",
  accepts: isText,
};

export function createBuyerPartNumberRepository(db: Database, rules: CatalogRules): BuyerPartNumberRepository {
  const own = (actor: Actor) =>
    allOf(inMarketplace(actor, buyerPartNumbers.marketplaceId), ofOwnCompany(actor, buyerPartNumbers.companyId));
  const selected = () =>
    db
      .select({ row: buyerPartNumbers, productId: variants.productId })
      .from(buyerPartNumbers)
      .innerJoin(variants, eq(variants.id, buyerPartNumbers.variantId))
      .$dynamic();

  return {
    list: (actor, { variantId, ...page }) =>
      pageFrom(page, {
        order: byNumber,
        rows: ({ after, orderBy, limit }) =>
          selected()
            .where(allOf(own(actor), oneOf(buyerPartNumbers.variantId, variantId), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ row }) => [row.partNoKey, row.companyId],
        entryOf: numberOf,
      }),
    async save(actor, { partNo, variantId }) {
      const { kind, companyId, marketplaceId } = actor;
      if (kind !== "member" || companyId === null || marketplaceId === null) return refused("not_found");
      const [seen] = await db
        .select({ productId: variants.productId })
        .from(variants)
        .innerJoin(products, eq(products.id, variants.productId))
        .where(and(seesProduct(actor), eq(variants.id, variantId)));
      if (seen === undefined) return refused("variant_unknown", { variantId, pointer: "/variantId" });
      const [row] = await db
        .insert(buyerPartNumbers)
        .values({ marketplaceId, companyId, partNo, partNoKey: rules.keyOf(partNo), variantId })
        .onConflictDoUpdate({
          target: [buyerPartNumbers.companyId, buyerPartNumbers.marketplaceId, buyerPartNumbers.partNoKey],
          set: { partNo, variantId },
        })
        .returning();
      return row === undefined ? refused("conflict") : answered(numberOf({ row, ...seen }));
    },
    async remove(actor, partNo) {
      const gone = await db
        .delete(buyerPartNumbers)
        .where(and(own(actor), eq(buyerPartNumbers.partNoKey, rules.keyOf(partNo))))
        .returning();
      return gone.length === 0 ? refused("not_found") : answered(null);
    },
  };
}

type Found = { readonly row: typeof buyerPartNumbers.$inferSelect; readonly productId: string };

function numberOf({ row: { partNo, variantId, createdAt }, productId }: Found): BuyerPartNumberRecord {
  return { partNo, variantId, productId, createdAt: instantOf(createdAt) };
}
