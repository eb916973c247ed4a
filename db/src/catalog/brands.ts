import type { Actor } from "@kontor/kernel";
import { isUuid } from "@kontor/kernel";
import type { BrandQuery, BrandRecord } from "@kontor/protocol";
import { and, eq } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { holding } from "../repositories/filters.ts";
import type { Order } from "../repositories/keyset.ts";
import { isText, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { allOf, inMarketplace } from "../repositories/scope.ts";
import { brands } from "../schema/catalog-products.ts";

const byName: Order = {
  name: "brand",
  by: brands.name,
  id: brands.id,
  direction: "asc",
  accepts: isText,
  acceptsId: isUuid,
};

export function brandsIn(db: Database, actor: Actor, { q, ...page }: Query<BrandQuery>): Promise<Listing<BrandRecord>> {
  return pageFrom(page, {
    order: byName,
    rows: ({ after, orderBy, limit }) =>
      db
        .select()
        .from(brands)
        .where(allOf(inMarketplace(actor, brands.marketplaceId), holding(q, brands.name), after))
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: ({ name, id }) => [name, id],
    entryOf: ({ id, name }) => ({ brandId: id, name }),
  });
}

type Named = { readonly marketplaceId: string; readonly name: string; readonly nameKey: string };

/** The brand of that name, in whichever spelling came first; made where there is none. */
export async function brandNamed(tx: Database, { marketplaceId, name, nameKey }: Named): Promise<BrandRecord> {
  const here = and(eq(brands.marketplaceId, marketplaceId), eq(brands.nameKey, nameKey));
  const [known] = await tx.select().from(brands).where(here);
  const [made] =
    known === undefined
      ? await tx.insert(brands).values({ marketplaceId, name, nameKey }).onConflictDoNothing().returning()
      : [known];
  const [row] = made === undefined ? await tx.select().from(brands).where(here) : [made];
  if (row === undefined) throw new Error(`brand ${nameKey} is neither there nor could it be made`);
  return { brandId: row.id, name: row.name };
}
