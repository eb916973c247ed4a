import type { Actor, Micros } from "@kontor/kernel";
import type { PaymentInput, PaymentRecord } from "@kontor/protocol";
import { and, asc, eq } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import { derivedId } from "../clearing/derived-id.ts";
import type { Database } from "../connect.ts";
import { instantOf } from "../repositories/record-members.ts";
import {
  commissionLines,
  orderPaymentParts,
  orderPayments,
  purchaseOrderLines,
  purchaseOrders,
  vendorEntries,
} from "../schema/catalog-orders.ts";
import { moneyIn, moneyText } from "./number-texts.ts";
import type { OrderAccounts } from "./order-accounts.ts";
import { orderAccounts, postOrder } from "./order-accounts.ts";
import type { OrderRow } from "./order-reads.ts";
import type { Parts } from "./order-steps.ts";

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
    const open = inOrder.map(({ total, captured }) => total - captured);
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
      const captured = order.captured + share;
      await tx.update(purchaseOrders).set({ captured }).where(eq(purchaseOrders.id, orderId));
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
      if (captured < order.total) continue;
      const sold = await sell({ tx, order, accounts: own, exponent, at, by: userId });
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

type Sale = {
  readonly tx: Database;
  readonly order: OrderRow;
  readonly accounts: OrderAccounts;
  readonly exponent: number;
  readonly at: Micros;
  readonly by: string;
};

/** The order is paid whole: each side gets its part of what was captured. Freight and fees are the vendor's. */
async function sell({ tx, order, accounts, exponent, at, by }: Sale): Promise<Answered<null>> {
  const lines = await tx
    .select({ commission: commissionLines })
    .from(commissionLines)
    .innerJoin(
      purchaseOrderLines,
      and(
        eq(purchaseOrderLines.orderId, commissionLines.orderId),
        eq(purchaseOrderLines.lineNo, commissionLines.lineNo),
        eq(purchaseOrderLines.state, "confirmed"),
      ),
    )
    .where(eq(commissionLines.orderId, order.id));
  const sum = (of: "fee" | "vat"): bigint => lines.reduce((total, { commission }) => total + commission[of], 0n);
  const [fee, vat] = [sum("fee"), sum("vat")];
  const { id: orderId, marketplaceId, vendorId, currency, total: gross, number } = order;
  const amount = gross - fee - vat;
  await tx.insert(vendorEntries).values({
    ...{ id: derivedId("vendor-sale", orderId), marketplaceId, vendorId, orderId, kind: "sale" },
    ...{ currency, gross, fee, vat, amount, by, at },
  });
  return await postOrder(tx, {
    name: ["order-sale", orderId],
    reference: `Sale of purchase order ${number}`,
    legs: [
      { account: accounts.captured, amount: -gross },
      { account: accounts.vendorProceeds, amount },
      { account: accounts.fees, amount: fee },
      { account: accounts.commissionVat, amount: vat },
    ],
    exponent,
    at,
  });
}
