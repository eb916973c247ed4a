import type { Actor } from "@kontor/kernel";
import type {
  ApprovalRouteRecord,
  PurchaseOrderLineRecord,
  PurchaseOrderRecord,
  PurchaseOrderSummary,
} from "@kontor/protocol";
import type { SQL } from "drizzle-orm";
import { asc, inArray, sql } from "drizzle-orm";
import { millionthsText } from "../../catalog/millionths.ts";
import type { Database } from "../../connect.ts";
import { instantOf, present } from "../../repositories/record-members.ts";
import { allOf, anyOf, inMarketplace, seesAll } from "../../repositories/scope.ts";
import type { SeenPriceRow } from "../../schema/catalog-buying.ts";
import {
  approvalDecisions,
  orderApprovals,
  purchaseOrderLines,
  purchaseOrderRecord,
  purchaseOrders,
} from "../../schema/catalog-orders.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import { priceBasisOf } from "../carts/cart-records.ts";
import { seenPriceOf } from "../carts/seen-price.ts";
import { deliveriesOf, reductionRecordsOf, shipmentRecordsOf } from "../deliveries/delivery-reads.ts";
import { bought, deliveryOf } from "../deliveries/line-progress.ts";
import { moneyText, percentText } from "../number-texts.ts";

export type OrderRow = typeof purchaseOrders.$inferSelect;
export type OrderLineRow = typeof purchaseOrderLines.$inferSelect;
type Rules = Pick<BuyingEngine, "dueOf" | "exponentOf" | "openOf">;

/** Orders of one's own company; as the vendor those that came to him; all of the marketplace for staff. */
export function seesOrder(actor: Actor): SQL {
  return allOf(
    inMarketplace(actor, purchaseOrders.marketplaceId),
    seesAll(actor) ? sql`true` : anyOf(boughtBy(actor), soldBy(actor)),
  );
}

export const boughtBy = ({ companyId }: Actor): SQL =>
  companyId === null ? sql`false` : sql`${purchaseOrders.companyId} = ${companyId}`;

/** What waits for approval, or came to nothing there, never was with the vendor. */
export const soldBy = ({ companyId }: Actor): SQL =>
  companyId === null
    ? sql`false`
    : sql`(${purchaseOrders.vendorId} = ${companyId} and ${purchaseOrders.placedAt} is not null)`;

export type OrderReading = { readonly db: Database; readonly engine: Rules };

/** Whole orders, oldest first, as far as the actor may see them. */
export async function readOrders(
  { db, engine }: OrderReading,
  actor: Actor,
  wanted: SQL,
): Promise<readonly PurchaseOrderRecord[]> {
  const orders = await db
    .select()
    .from(purchaseOrders)
    .where(allOf(seesOrder(actor), wanted))
    .orderBy(asc(purchaseOrders.createdAt), asc(purchaseOrders.vendorId));
  if (orders.length === 0) return [];
  const ids = orders.map(({ id }) => id);
  const lines = await db
    .select()
    .from(purchaseOrderLines)
    .where(inArray(purchaseOrderLines.orderId, ids))
    .orderBy(asc(purchaseOrderLines.lineNo));
  const history = await db
    .select()
    .from(purchaseOrderRecord)
    .where(inArray(purchaseOrderRecord.orderId, ids))
    .orderBy(asc(purchaseOrderRecord.id));
  const approvals = await approvalsOf(db, ids);
  const deliveries = await deliveriesOf(db, ids);
  return orders.map((order) => {
    const { id, note } = order;
    const exponent = engine.exponentOf(order.currency);
    const isBuyer = seesAll(actor) || order.companyId === actor.companyId;
    const own = lines.filter(({ orderId }) => orderId === id);
    const told = isBuyer ? own : own.filter(({ state }) => state !== "disapproved");
    const approval = approvals.get(id);
    return {
      ...summaryOf(order, engine),
      note,
      lines: told.map((line) =>
        lineRecordOf(line, { engine, isBuyer, exponent, isConfirmed: order.fulfilment !== null }),
      ),
      shipments: shipmentRecordsOf(deliveries, { orderId: id }),
      reductions: reductionRecordsOf(deliveries, { orderId: id, exponent }),
      ...(isBuyer && approval !== undefined ? { approval } : {}),
      history: history
        .filter(({ orderId, action }) => orderId === id && (isBuyer || !inside.has(action)))
        .map(({ action, by, at, details }) => ({ action, by, at: instantOf(at), details: { ...details } })),
    };
  });
}

/** What happens within the buyer's company. */
const inside = new Set(["approval_asked", "approved_in_part", "approved", "disapproved", "expired"]);

async function approvalsOf(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, ApprovalRouteRecord>> {
  const routes = await db
    .select()
    .from(orderApprovals)
    .where(inArray(orderApprovals.orderId, [...ids]));
  if (routes.length === 0) return new Map();
  const decisions = await db
    .select()
    .from(approvalDecisions)
    .where(inArray(approvalDecisions.orderId, [...ids]))
    .orderBy(asc(approvalDecisions.at), asc(approvalDecisions.tier));
  return new Map(
    routes.map(({ orderId, tiers, tier }) => {
      const own = decisions.filter((one) => one.orderId === orderId);
      const told = own.map(({ orderId: _, covers: __, at, ...decision }) => ({ ...decision, at: instantOf(at) }));
      return [orderId, { tiers: tiers as unknown as ApprovalRouteRecord["tiers"], tier, decisions: told }];
    }),
  );
}

export function summaryOf(order: OrderRow, engine: Rules): PurchaseOrderSummary {
  const { id, companyId, marketplaceId, checkoutId, number, buyerNumber, vendorId, divisionId, state } = order;
  const { requestedBy, currency, createdAt, expiresAt, placedAt, reason, version } = order;
  const text = (value: bigint): string => moneyText(value, engine.exponentOf(currency));
  return {
    orderId: id,
    ...{ marketplaceId, checkoutId, number, buyerNumber, buyerId: companyId, vendorId },
    ...present({ divisionId }),
    ...{ state, requestedBy, currency },
    ...present({ fulfilment: state === "confirmed" ? order.fulfilment : null }),
    net: text(order.net),
    tax: text(order.tax),
    freight: text(order.freight),
    smallOrderFee: text(order.smallOrderFee),
    chargesTax: text(order.chargesTax),
    chargesTaxPercent: percentText(order.chargesTaxPercent),
    total: text(order.total),
    captured: text(order.captured),
    credited: text(order.credited),
    refunded: text(order.refunded),
    due: text(engine.dueOf(order) - order.captured + order.refunded),
    createdAt: instantOf(createdAt),
    ...present({ expiresAt: instantOf(expiresAt), placedAt: instantOf(placedAt), reason }),
    version,
  };
}

type Audience = {
  readonly engine: Rules;
  readonly isBuyer: boolean;
  readonly exponent: number;
  readonly isConfirmed: boolean;
};

function lineRecordOf(line: OrderLineRow, audience: Audience): PurchaseOrderLineRecord {
  const { engine, isBuyer, exponent, isConfirmed } = audience;
  const { lineNo, offerId, vendorPartNo, buyerPartNo, name, quantity, unit, deliverOn, state, proposal, reason } = line;
  const text = (value: bigint): string => moneyText(value, exponent);
  return {
    ...{ lineNo, offerId, vendorPartNo, name, quantity: millionthsText(quantity), unit, state },
    ...present({ buyerPartNo, deliverOn, reason, costCenterId: isBuyer ? line.costCenterId : null }),
    price: priceBasisOf(seenPriceOf(line.frozen["price"] as SeenPriceRow)),
    net: text(line.net),
    tax: text(line.tax),
    gross: text(line.gross),
    ...(proposal === null ? {} : { proposal: { ...proposal } }),
    ...(isConfirmed && bought([line]).length > 0 ? { delivery: deliveryOf(engine, line) } : {}),
  };
}
