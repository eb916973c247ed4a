import type { Actor } from "@kontor/kernel";
import type { WantedLine, WantedLineRecord } from "@kontor/protocol";
import { and, eq, inArray } from "drizzle-orm";
import { millionthsIn } from "../buying/number-texts.ts";
import { seesProduct } from "../catalog/catalog-scope.ts";
import { millionthsText } from "../catalog/millionths.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { present } from "../repositories/record-members.ts";
import { allOf, inMarketplace } from "../repositories/scope.ts";
import { offers } from "../schema/catalog-offers.ts";
import { products, variants } from "../schema/catalog-products.ts";
import type { quoteRequestLines } from "../schema/catalog-quotes.ts";

/* Lines of requests and estimates between the wire and their rows. */

export type WantedRow = Omit<typeof quoteRequestLines.$inferSelect, "requestId">;

/** With numbers from 1. Offers and variants are such as the actor may see. */
export async function wantedRows(
  tx: Database,
  actor: Actor,
  lines: readonly WantedLine[],
): Promise<Answered<readonly WantedRow[]>> {
  const [sold, known] = [await offersHere(tx, actor, lines), await variantsSeen(tx, actor, lines)];
  const rows: WantedRow[] = [];
  for (const [at, line] of lines.entries()) {
    const { offerId = null, variantId = null, description, unit } = line;
    if (offerId !== null && !sold.has(offerId)) {
      return refused("offer_not_available", { offerId, pointer: `/lines/${at}/offerId` });
    }
    if (variantId !== null && !known.has(variantId)) {
      return refused("variant_unknown", { variantId, pointer: `/lines/${at}/variantId` });
    }
    const quantity = millionthsIn(line.quantity);
    if (quantity === null) return refused("quantity_unreadable", { pointer: `/lines/${at}/quantity` });
    const targetPrice = line.targetPrice === undefined ? null : millionthsIn(line.targetPrice);
    rows.push({ lineNo: at + 1, offerId, variantId, description, quantity, unit, targetPrice });
  }
  return answered(rows);
}

export function wantedRecordOf(row: WantedRow): WantedLineRecord {
  const { lineNo, offerId, variantId, description, quantity, unit, targetPrice } = row;
  return {
    lineNo,
    ...present({ offerId, variantId }),
    description,
    quantity: millionthsText(quantity),
    unit,
    ...present({ targetPrice: targetPrice === null ? null : millionthsText(targetPrice) }),
  };
}

async function offersHere(tx: Database, actor: Actor, lines: readonly WantedLine[]): Promise<ReadonlySet<string>> {
  const ids = lines.flatMap(({ offerId }) => offerId ?? []);
  if (ids.length === 0) return new Set();
  const rows = await tx
    .select({ id: offers.id })
    .from(offers)
    .where(
      and(
        inMarketplace(actor, offers.marketplaceId),
        inArray(offers.id, ids),
        inArray(offers.status, ["active", "paused"]),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}

async function variantsSeen(tx: Database, actor: Actor, lines: readonly WantedLine[]): Promise<ReadonlySet<string>> {
  const ids = lines.flatMap(({ variantId }) => variantId ?? []);
  if (ids.length === 0) return new Set();
  const rows = await tx
    .select({ id: variants.id })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(allOf(seesProduct(actor), inArray(variants.id, ids)));
  return new Set(rows.map(({ id }) => id));
}
