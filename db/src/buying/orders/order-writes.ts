import type { Micros } from "@kontor/kernel";
import type { CheckoutInput } from "@kontor/protocol";
import { sql } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import type { FrozenLineRow } from "../../schema/catalog-orders.ts";
import {
  orderApprovals,
  purchaseOrderLines,
  purchaseOrderNumbers,
  purchaseOrderRecord,
  purchaseOrders,
} from "../../schema/catalog-orders.ts";
import { recordUses } from "../budgets/budget-uses.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import type { OrderPlan } from "../carts/checkout.ts";
import type { CartKey } from "../carts/open-cart.ts";
import { derivedOrderId, lineReference } from "../carts/order-keys.ts";
import type { StockNeed } from "../deliveries/stock.ts";
import { reserveStock } from "../deliveries/stock.ts";
import { freezeCommissions } from "../money/commissions.ts";
import { withTexts } from "../number-texts.ts";
import { askDeciders, tellOfStep } from "./order-notices.ts";

type Writing = {
  readonly key: CartKey;
  readonly input: CheckoutInput;
  readonly plans: readonly OrderPlan[];
  /** Of those that wait for approval. */
  readonly expiresAt: Micros;
};

/** Keeps the stock of all orders, then writes them by vendor: rows that count numbers are locked in one order too. */
export async function writeOrders(
  tx: Database,
  engine: BuyingEngine,
  { key, input, plans, expiresAt }: Writing,
): Promise<Answered<null>> {
  const sorted = plans.toSorted((a, b) => (a.vendorId < b.vendorId ? -1 : 1));
  const needs = sorted.flatMap(({ vendorId, frozen, tiers }) =>
    frozen.map(({ offerId, baseQuantity, lineNo }): StockNeed => {
      const reference = lineReference(derivedOrderId(input.checkoutId, vendorId), lineNo);
      const kept = { offerId, quantity: baseQuantity ?? 0n, companyId: key.companyId, reference };
      return tiers.length === 0
        ? { ...kept, purpose: "purchase_order", expiresAt: null }
        : { ...kept, purpose: "approval", expiresAt };
    }),
  );
  const reserved = await reserveStock(tx, needs);
  if (!reserved.ok) return reserved;
  for (const plan of sorted) await writeOrder(tx, engine, { key, input, plan, expiresAt });
  return answered(null);
}

type OneOrder = Omit<Writing, "plans"> & { readonly plan: OrderPlan };

async function writeOrder(
  tx: Database,
  engine: BuyingEngine,
  { key, input, plan, expiresAt }: OneOrder,
): Promise<void> {
  const { marketplaceId, companyId, divisionId, userId, at } = key;
  const { vendorId, net, tax, freight, smallOrderFee, chargesTax, chargesTaxPercent, total, money, tiers, needs } =
    plan;
  const waits = tiers.length > 0;
  const [counted] = await tx
    .insert(purchaseOrderNumbers)
    .values({ marketplaceId, vendorId, last: 1 })
    .onConflictDoUpdate({
      target: [purchaseOrderNumbers.marketplaceId, purchaseOrderNumbers.vendorId],
      set: { last: sql`${purchaseOrderNumbers.last} + 1` },
    })
    .returning();
  const orderId = derivedOrderId(input.checkoutId, vendorId);
  const values = {
    id: orderId,
    marketplaceId,
    checkoutId: input.checkoutId,
    companyId,
    divisionId,
    vendorId,
    number: counted?.last ?? 1,
    buyerNumber: input.buyerNumber,
    note: input.note,
    state: waits ? ("awaiting_approval" as const) : ("placed" as const),
    requestedBy: userId,
    currency: money.currency,
    ...{ net, tax, freight, smallOrderFee, chargesTax, chargesTaxPercent, total },
    expiresAt: waits ? expiresAt : null,
    placedAt: waits ? null : at,
    createdAt: at,
    updatedAt: at,
  };
  const [order] = await tx.insert(purchaseOrders).values(values).returning();
  await tx.insert(purchaseOrderLines).values(plan.frozen.map((line) => lineRowOf(orderId, line)));
  await recordUses(tx, orderId, needs);
  if (waits) await tx.insert(orderApprovals).values({ orderId, tiers: tiers as never });
  else await freezeCommissions(tx, engine, orderId);
  await tx
    .insert(purchaseOrderRecord)
    .values({ orderId, action: waits ? "approval_asked" : "placed", by: userId, at, details: {} });
  if (order === undefined) return;
  if (waits) await askDeciders(tx, engine, { order, tiers, tier: 0, at });
  else await tellOfStep(tx, engine, { order, lines: [], at, action: "placed", details: {} });
}

function lineRowOf(orderId: string, planned: OrderPlan["frozen"][number]): typeof purchaseOrderLines.$inferInsert {
  const { offerId, facts, quantity, unit, deliverOn, costCenterId, brandId, classIds, line, lineNo } = planned;
  const { variantId, vendorPartNo, buyerPartNo, name } = facts;
  const { net, tax, gross } = line.amounts;
  const told = { offerId, variantId, vendorPartNo, buyerPartNo, name, brandId, classIds: [...classIds] };
  const frozen = withTexts({ ...line, baseQuantity: planned.baseQuantity }) as FrozenLineRow;
  return { orderId, lineNo, ...told, quantity, unit, deliverOn, costCenterId, frozen, net, tax, gross, state: "open" };
}
