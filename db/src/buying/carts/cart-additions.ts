import { limits } from "@kontor/kernel";
import type { CartLineInput } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { cartLines } from "../../schema/catalog-buying.ts";
import { offers } from "../../schema/catalog-offers.ts";
import { requireCostCenters } from "../budgets/cost-centers.ts";
import { millionthsIn } from "../number-texts.ts";
import type { CartKey } from "./open-cart.ts";

type Adding = { readonly key: CartKey; readonly cartId: string; readonly line: CartLineInput };

/** More of the same offer, unit and day raises the line that is there. What cannot be ordered now may be kept all the same. */
export async function addToCart(
  tx: Database,
  { key, cartId, line }: Adding,
): Promise<Answered<{ readonly touched: readonly string[] }>> {
  const quantity = millionthsIn(line.quantity);
  if (quantity === null || quantity <= 0n || quantity > limits.ledgerAmountMax)
    return refused("quantity_unreadable", { pointer: "/quantity" });
  const [offer] = await tx
    .select({ unit: offers.orderUnit, vendorId: offers.vendorId })
    .from(offers)
    .where(and(eq(offers.id, line.offerId), eq(offers.marketplaceId, key.marketplaceId), eq(offers.status, "active")));
  if (offer === undefined || offer.vendorId === key.companyId)
    return refused("offer_not_available", { offerId: line.offerId, pointer: "/offerId" });
  const { deliverOn = null, costCenterId = null } = line;
  const centers = await requireCostCenters(tx, key, [costCenterId]);
  if (!centers.ok) return centers;
  const unit = line.unit ?? offer.unit;
  const [made] = await tx
    .insert(cartLines)
    .values({ cartId, offerId: line.offerId, quantity, unit, deliverOn, costCenterId, addedAt: key.at })
    .onConflictDoUpdate({
      target: [cartLines.cartId, cartLines.offerId, cartLines.unit, cartLines.deliverOn],
      set: {
        quantity: sql`${cartLines.quantity} + excluded.quantity`,
        costCenterId: sql`coalesce(excluded.cost_center_id, ${cartLines.costCenterId})`,
      },
      setWhere: sql`${cartLines.quantity} + excluded.quantity <= ${String(limits.ledgerAmountMax)}::bigint`,
    })
    .returning({ id: cartLines.id });
  return made === undefined
    ? refused("quantity_unreadable", { pointer: "/quantity" })
    : answered({ touched: [made.id] });
}
