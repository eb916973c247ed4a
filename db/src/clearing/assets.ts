import type { Actor } from "@kontor/kernel";
import type { AssetInput, AssetQuery, AssetRecord } from "@kontor/protocol";
import { eq } from "drizzle-orm";
import type { Database } from "../connect.ts";
import type { Asset } from "../ledger/ledger-repository.ts";
import { assetOf } from "../ledger/reads.ts";
import { oneOf } from "../repositories/filters.ts";
import type { Order } from "../repositories/keyset.ts";
import { isText, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { allOf, inMarketplace } from "../repositories/scope.ts";
import { ledgerAssets } from "../schema/ledger.ts";
import { assetRecordOf } from "./ledger-records.ts";

const byId: Order = {
  name: "asset",
  by: ledgerAssets.id,
  id: ledgerAssets.marketplaceId,
  direction: "asc",
  accepts: isText,
};

/** Of the actor's marketplace, by id. */
export function assetsIn(
  db: Database,
  actor: Actor,
  { kind, ...page }: Query<AssetQuery>,
): Promise<Listing<AssetRecord>> {
  return pageFrom(page, {
    order: byId,
    rows: ({ after, orderBy, limit }) =>
      db
        .select()
        .from(ledgerAssets)
        .where(allOf(inMarketplace(actor, ledgerAssets.marketplaceId), oneOf(ledgerAssets.kind, kind), after))
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: ({ id, marketplaceId }) => [id, marketplaceId],
    entryOf: (row) => assetRecordOf(assetOf(row)),
  });
}

export async function assetIn(db: Database, marketplaceId: string, assetId: string): Promise<Asset | undefined> {
  const [row] = await db
    .select()
    .from(ledgerAssets)
    .where(allOf(eq(ledgerAssets.marketplaceId, marketplaceId), eq(ledgerAssets.id, assetId)));
  return row && assetOf(row);
}

/** A currency goes by its code, so that there is one of each. */
export function assetOfInput(marketplaceId: string, input: AssetInput): Asset {
  if (input.kind === "currency") {
    const { kind, currency, scale } = input;
    return { kind, marketplaceId, id: currency, scale, unit: currency };
  }
  const { kind, assetId, unit, scale, grade, storageLot, place, expiresOn = null } = input;
  return { kind, marketplaceId, id: assetId, scale, unit, grade, storageLot, place, expiresOn };
}
