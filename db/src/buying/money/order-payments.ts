import type { Actor, Micros } from "@kontor/kernel";
import type { PaymentInput, PaymentRecord } from "@kontor/protocol";
import { and, asc, eq } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused, wholly } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { instantOf } from "../../repositories/record-members.ts";
import { orderPaymentParts, orderPayments, purchaseOrders } from "../../schema/catalog-orders.ts";
import { moneyIn, moneyText } from "../number-texts.ts";
import type { OrderRow } from "../orders/order-reads.ts";
import { sell } from "../orders/order-sale.ts";
import type { Parts } from "../orders/order-steps.ts";
import type { OrderAccounts } from "./order-accounts.ts";
import { orderAccounts, postOrder } from "./order-accounts.ts";

export type Capture = { readonly actor: Actor; readonly input: PaymentInput; readonly at: Micros };

/**
 * Takes a payment from what the buyer has available and splits it over the checkout's confirmed orders, by what each
 * still costs, to the last cent. An order that is paid whole becomes the vendor's sale, less the commission that was
 * frozen with it. The same payment again changes nothing.
 */
export async function capturePayment(parts: Parts, { actor, input, at }: Capture): Promise<Answered<PaymentRecord>> {
  const { db, engine } = parts;
  const { kind, marketplaceId, userId } = actor;
  if (kind !== "operator" || marketplaceId === null) return refused("not_found");
  const { paymentId, checkoutId, currency } = input;
  const exponent = engine.exponentOf(currency);
  const amount = moneyIn(input.amount, exponent);
  if (amount === null) return refused("amount_scale_exceeded", { pointer: "/amount", scale: exponent });
  const payable = and(
    eq(purchaseOrders.checkoutId, checkoutId),
    eq(purchaseOrders.marketplaceId, marketplaceId),
    eq(purchaseOrders.currency, currency),
    eq(purchaseOrders.state, "confirmed"),
  );
  const known = await db.select().from(purchaseOrders).where(payable);
  const [first] = known;
  if (first === undefined) return refused("checkout_unknown", { checkoutId, currency });
  const accounts = new Map<string, OrderAccounts>();
  for (const { vendorId, companyId: buyerId } of known) {
    const opened = await orderAccounts(db, { marketplaceId, buyerId, vendorId, currency, at });
    if (!opened.ok) return opened;
    accounts.set(vendorId, opened.value);
  }
  return await wholly(db, async (tx) => {
    const orders = await tx.select().from(purchaseOrders).where(payable).orderBy(asc(purchaseOrders.id)).for("update");
    const again = await repeatedPayment(tx, { input, amount, exponent });
    if (again !== undefined) return again;
    const inOrder = orders.filter(({ vendorId }) => accounts.has(vendorId)).sort(byCost);
    const open = inOrder.map((order) => engine.dueOf(order) - order.captured + order.refunded);
    const left = open.reduce((sum, one) => sum + one, 0n);
    if (amount > left) return refused("payment_above_order", { left: moneyText(left, exponent), currency });
    const shares = engine.splitByWeight(amount, open);
    const values = { id: paymentId, marketplaceId, companyId: first.companyId, checkoutId, currency, amount };
    await tx.insert(orderPayments).values({ ...values, by: userId, at });
    for (const [index, order] of inOrder.entries()) {
      const share = shares[index] ?? 0n;
      const own = accounts.get(order.vendorId);
      if (share === 0n || own === undefined) continue;
      const { vendorId, id: orderId } = order;
      await tx.insert(orderPaymentParts).values({ paymentId, orderId, vendorId, amount: share });
      const paid = { ...order, captured: order.captured + share };
      await tx.update(purchaseOrders).set({ captured: paid.captured }).where(eq(purchaseOrders.id, orderId));
      const posted = await postOrder(tx, {
        name: ["order-capture", paymentId, orderId],
        reference: `Payment ${paymentId} of purchase order ${order.number}`,
        legs: [
          { account: own.buyer, amount: -share },
          { account: own.captured, amount: share },
        ],
        exponent,
        at,
      });
      if (!posted.ok) return posted;
      // A sale owes nothing, so that no share came to it.
      if (!engine.settlementOf({ ...paid, isSold: false }).sells) continue;
      const sold = await sell({ tx, engine, order: paid, accounts: own, at, by: userId });
      if (!sold.ok) return sold;
    }
    const stored = await paymentIn(tx, paymentId, exponent);
    return stored === undefined ? refused("internal") : answered(stored);
  });
}

/** The dearest first, so that equal remainders go the same way each time. */
const byCost = (a: OrderRow, b: OrderRow): number => {
  if (a.total !== b.total) return a.total > b.total ? -1 : 1;
  return a.id < b.id ? -1 : 1;
};

type Repeating = { readonly input: PaymentInput; readonly amount: bigint; readonly exponent: number };

async function repeatedPayment(tx: Database, { input, amount, exponent }: Repeating) {
  const { paymentId, checkoutId, currency } = input;
  const [known] = await tx.select().from(orderPayments).where(eq(orderPayments.id, paymentId));
  if (known === undefined) return undefined;
  const same = known.checkoutId === checkoutId && known.currency === currency && known.amount === amount;
  const stored = same ? await paymentIn(tx, paymentId, exponent) : undefined;
  return stored === undefined ? refused("id_reused", { id: paymentId }) : answered(stored);
}

async function paymentIn(tx: Database, paymentId: string, exponent: number): Promise<PaymentRecord | undefined> {
  const [payment] = await tx.select().from(orderPayments).where(eq(orderPayments.id, paymentId));
  if (payment === undefined) return undefined;
  const found = await tx
    .select()
    .from(orderPaymentParts)
    .where(eq(orderPaymentParts.paymentId, paymentId))
    .orderBy(asc(orderPaymentParts.vendorId));
  const { marketplaceId, companyId: buyerId, checkoutId, currency, amount, at } = payment;
  return {
    ...{ paymentId, marketplaceId, buyerId, checkoutId, currency, amount: moneyText(amount, exponent) },
    parts: found.map((part) => ({
      orderId: part.orderId,
      vendorId: part.vendorId,
      amount: moneyText(part.amount, exponent),
    })),
    at: instantOf(at),
  };
}
