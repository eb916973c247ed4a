import type { Money } from "@kontor/catalog";
import type { Actor, Micros } from "@kontor/kernel";
import type { PurchaseOrderRecord, PurchaseOrderState } from "@kontor/protocol";
import type { SQL } from "drizzle-orm";
import { and, asc, eq, sql } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused, wholly } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { allOf } from "../../repositories/scope.ts";
import { purchaseOrderLines, purchaseOrderRecord, purchaseOrders } from "../../schema/catalog-orders.ts";
import { marketplaces } from "../../schema/marketplaces.ts";
import { burdensOf, lockBudgetsOf, releaseBudgets, shrinkBudgets } from "../budgets/budget-uses.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import { lineReference } from "../carts/order-keys.ts";
import { lockStock, releaseStock } from "../deliveries/stock.ts";
import { tellOfStep } from "./order-notices.ts";
import type { OrderLineRow, OrderRow } from "./order-reads.ts";
import { readOrders, seesOrder } from "./order-reads.ts";
import { staleVersion } from "./own-company.ts";

export type Parts = { readonly db: Database; readonly engine: BuyingEngine };

/** A transaction that somebody's step goes on in. */
export type Changing = {
  readonly tx: Database;
  readonly engine: BuyingEngine;
  readonly at: Micros;
  readonly by: string;
};

/** An order that is being changed, alone until the transaction ends. */
export type LockedOrder = Changing & { readonly order: OrderRow; readonly lines: readonly OrderLineRow[] };

/** Lines that are bought, or may come to be. */
export const standing = (lines: readonly OrderLineRow[]): readonly OrderLineRow[] =>
  lines.filter(({ state }) => state === "open" || state === "confirmed" || state === "proposed");

/**
 * The order, and then the budgets and stock of which it holds something, locked in the order in which a checkout locks
 * them: whoever has those waits for no order that is there already, so that nobody waits in a circle.
 */
export async function lockOrder(tx: Database, wanted: SQL): Promise<Pick<LockedOrder, "order" | "lines"> | undefined> {
  const [order] = await tx.select().from(purchaseOrders).where(wanted).for("update");
  if (order === undefined) return undefined;
  const lines = await tx
    .select()
    .from(purchaseOrderLines)
    .where(eq(purchaseOrderLines.orderId, order.id))
    .orderBy(asc(purchaseOrderLines.lineNo));
  await lockBudgetsOf(tx, order.id);
  await lockStock(
    tx,
    lines.map(({ lineNo }) => lineReference(order.id, lineNo)),
  );
  return { order, lines };
}

export type Step = {
  readonly actor: Actor;
  readonly orderId: string;
  /** Which of the orders that the actor sees he may change. */
  readonly mine: SQL;
  readonly states: readonly PurchaseOrderState[];
  /** Of the order as it was read; left out where the step fits any. */
  readonly version?: number;
  readonly at: Micros;
};

/** Does the work on the locked order, if it is in one of the states, and answers with it. */
export function stepOf(
  { db, engine }: Parts,
  { actor, orderId, mine, states, version, at }: Step,
  work: (locked: LockedOrder) => Promise<Answered<null>>,
): Promise<Answered<PurchaseOrderRecord>> {
  return wholly(db, async (tx) => {
    const found = await lockOrder(tx, allOf(seesOrder(actor), mine, eq(purchaseOrders.id, orderId)));
    if (found === undefined) return refused("purchase_order_unknown", { orderId });
    const { state } = found.order;
    if (version !== undefined && version !== found.order.version) return staleVersion(found.order.version);
    if (!states.includes(state)) return refused("order_state_wrong", { state, states });
    const done = await work({ tx, engine, ...found, at, by: actor.userId });
    if (!done.ok) return done;
    const [record] = await readOrders({ db: tx, engine }, actor, eq(purchaseOrders.id, orderId));
    return record === undefined ? refused("not_found") : answered(record);
  });
}

type Told = { readonly action: string; readonly details?: Readonly<Record<string, unknown>> };

/** Puts down what was done, and tells those whom it concerns. */
export async function tell(locked: LockedOrder, { action, details = {} }: Told): Promise<void> {
  const { tx, engine, order, lines, by, at } = locked;
  await tx.insert(purchaseOrderRecord).values({ orderId: order.id, action, by, at, details });
  await tellOfStep(tx, engine, { order, lines, at, action, details });
}

export type Ending = {
  readonly state: Extract<PurchaseOrderState, "disapproved" | "expired" | "refused" | "cancelled">;
  readonly reason: string | null;
};

/** Nothing comes of the order: budgets, then stock, are free again. */
export async function endOrder(locked: LockedOrder, { state, reason }: Ending): Promise<void> {
  const { tx, order, lines, at } = locked;
  await releaseBudgets(tx, order.id);
  const references = lines.map(({ lineNo }) => lineReference(order.id, lineNo));
  await releaseStock(tx, references, state === "expired" ? "expired" : "released");
  await setOrder(locked, { state, reason, expiresAt: null, updatedAt: at });
}

export async function setOrder({ tx, order }: LockedOrder, values: Partial<OrderRow>): Promise<void> {
  await tx
    .update(purchaseOrders)
    .set({ ...values, version: sql`${purchaseOrders.version} + 1` })
    .where(eq(purchaseOrders.id, order.id));
}

export type LineChange = Partial<Pick<OrderLineRow, "state" | "reason" | "proposal" | "quantity" | "deliverOn">> &
  Partial<Pick<OrderLineRow, "net" | "tax" | "gross">> & { readonly lineNo: number };

/**
 * Writes changes of lines and what follows from them: the order's sums, and budgets that are held for no more than what
 * stands. Stock of lines that fall away is free again. Answers with the lines as they are then.
 */
export async function changeLines(
  locked: LockedOrder,
  changes: readonly LineChange[],
): Promise<readonly OrderLineRow[]> {
  const { tx, engine, order, lines } = locked;
  const after = lines.map((line) => {
    const change = changes.find(({ lineNo }) => lineNo === line.lineNo);
    return change === undefined ? line : { ...line, ...change };
  });
  for (const { lineNo, ...values } of changes) {
    await tx
      .update(purchaseOrderLines)
      .set(values)
      .where(and(eq(purchaseOrderLines.orderId, order.id), eq(purchaseOrderLines.lineNo, lineNo)));
  }
  const [was, is] = [standing(lines), standing(after)];
  const extras = chargesOf(order);
  await shrinkBudgets(tx, engine, {
    orderId: order.id,
    was: burdensOf(engine, was, extras),
    is: burdensOf(engine, is, extras),
  });
  const gone = was.filter(({ lineNo }) => !is.some((line) => line.lineNo === lineNo));
  await releaseStock(
    tx,
    gone.map(({ lineNo }) => lineReference(order.id, lineNo)),
    "released",
  );
  const net = is.reduce((sum, line) => sum + line.net, 0n);
  const tax = is.reduce((sum, line) => sum + line.tax, 0n);
  await setOrder(locked, { net, tax, total: net + tax + extras });
  return after;
}

/** What is paid beside the goods. */
export const chargesOf = ({ freight, smallOrderFee, chargesTax }: OrderRow): bigint =>
  freight + smallOrderFee + chargesTax;

export async function moneyOf({ tx, engine, order }: Pick<LockedOrder, "tx" | "engine" | "order">): Promise<Money> {
  const [market] = await tx
    .select({ rounding: marketplaces.rounding })
    .from(marketplaces)
    .where(eq(marketplaces.id, order.marketplaceId));
  const { currency } = order;
  return { currency, exponent: engine.exponentOf(currency), rounding: market?.rounding ?? "half_up" };
}
