import type { LineAmounts } from "@kontor/catalog";
import { and, eq } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import { derivedId } from "../../clearing/derived-id.ts";
import { allOf } from "../../repositories/scope.ts";
import { orderReductionLines, orderReductions } from "../../schema/catalog-deliveries.ts";
import { purchaseOrders } from "../../schema/catalog-orders.ts";
import { lineReference } from "../carts/order-keys.ts";
import type { LinePart } from "../deliveries/asked-lines.ts";
import { advanced } from "../deliveries/asked-lines.ts";
import type { ReductionRow } from "../deliveries/delivery-reads.ts";
import { frozenPriceOf, inStockUnit, progressOf } from "../deliveries/line-progress.ts";
import type { Advance } from "../deliveries/progress-writes.ts";
import { writeProgress } from "../deliveries/progress-writes.ts";
import type { OrderStep } from "../deliveries/shipments.ts";
import { shrinkStock } from "../deliveries/stock.ts";
import { seesOrder } from "../orders/order-reads.ts";
import type { LockedOrder, Parts } from "../orders/order-steps.ts";
import { chargesOf, moneyOf } from "../orders/order-steps.ts";
import type { OrderAccounts } from "./order-accounts.ts";
import { orderAccounts } from "./order-accounts.ts";
import { commissionsOf, creditOrder } from "./order-credits.ts";

/** The accounts between which the order's money moves: null until the buyer has paid something. */
export type Paying = {
  readonly accounts: OrderAccounts | null;
  /** The first payment came in meanwhile. */
  isLate: boolean;
};

/** Does the work with the order's accounts, opened before it begins; again where the first payment came in meanwhile. */
export async function withAccounts<Value>(
  { db }: Pick<Parts, "db">,
  key: Pick<OrderStep<unknown>, "actor" | "orderId" | "at">,
  work: (paying: Paying) => Promise<Answered<Value>>,
): Promise<Answered<Value>> {
  const { actor, orderId, at } = key;
  const [order] = await db
    .select()
    .from(purchaseOrders)
    .where(allOf(seesOrder(actor), eq(purchaseOrders.id, orderId)));
  if (order === undefined || order.captured === 0n) {
    const paying: Paying = { accounts: null, isLate: false };
    const done = await work(paying);
    return paying.isLate ? await withAccounts({ db }, key, work) : done;
  }
  const { marketplaceId, companyId: buyerId, vendorId, currency } = order;
  const accounts = await orderAccounts(db, { marketplaceId, buyerId, vendorId, currency, at });
  return accounts.ok ? await work({ accounts: accounts.value, isLate: false }) : accounts;
}

export type Reduction = Pick<ReductionRow, "no" | "kind" | "reason"> & { readonly parts: readonly LinePart[] };

/** Lines are that much less: stock that is kept for what is cancelled is free, and the buyer is credited. */
export async function acceptReduction(
  locked: LockedOrder,
  paying: Paying,
  { no, kind, reason, parts }: Reduction,
): Promise<Answered<null>> {
  const { tx, engine, order, by, at } = locked;
  if (order.captured > 0n && paying.accounts === null) {
    paying.isLate = true;
    return refused("order_state_wrong", { state: order.state });
  }
  const advances: Advance[] = [];
  for (const { line, quantity } of parts) {
    const progress = advanced(locked, line, { kind: kind === "return" ? "return" : "cancel", quantity });
    if (!progress.ok) return progress;
    advances.push({ lineNo: line.lineNo, progress: progress.value });
    const keep = inStockUnit(line, engine.openOf(progress.value));
    await shrinkStock(tx, lineReference(order.id, line.lineNo), keep);
  }
  const credits = await creditsOf(locked, advances);
  const after = await writeProgress(locked, advances);
  const isOver = after.every(({ state }) => state !== "confirmed");
  const charges = isOver ? chargesOf(order) : 0n;
  const refunded = await creditOrder(locked, {
    ...{ name: [order.id, String(no)], reason, charges, accounts: paying.accounts },
    lines: credits.map(({ lineNo, gross }) => ({ lineNo, amount: gross })),
    entryId: (lineNo) => derivedId("order-credit", order.id, String(no), String(lineNo ?? "charges")),
  });
  if (!refunded.ok) return refunded;
  for (const { lineNo, net, tax, gross } of credits) {
    const ofLine = and(eq(orderReductionLines.no, no), eq(orderReductionLines.lineNo, lineNo));
    await tx
      .update(orderReductionLines)
      .set({ net, tax, gross })
      .where(and(eq(orderReductionLines.orderId, order.id), ofLine));
  }
  await tx
    .update(orderReductions)
    .set({ state: "accepted", decidedBy: by, decidedAt: at, charges, refunded: refunded.value })
    .where(and(eq(orderReductions.orderId, order.id), eq(orderReductions.no, no)));
  return answered(null);
}

async function creditsOf(locked: LockedOrder, advances: readonly Advance[]) {
  const { tx, engine, order, lines } = locked;
  const money = await moneyOf(locked);
  const known = await commissionsOf(tx, order.id);
  const credits: (LineAmounts & { readonly lineNo: number })[] = [];
  for (const { lineNo, progress } of advances) {
    const line = lines.find((one) => one.lineNo === lineNo);
    const sale = known.get(lineNo);
    if (line === undefined || sale === undefined) continue;
    const [before, after] = [engine.paidForOf(progressOf(line)), engine.paidForOf(progress)];
    const asked = { price: frozenPriceOf(line), before, after, left: sale.base - sale.refunded };
    credits.push({ lineNo, ...engine.creditOf(asked, money) });
  }
  return credits;
}
