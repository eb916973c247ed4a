import type { Actor, Micros } from "@kontor/kernel";
import type { RefundInput, VendorEntryRecord } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import { commissionLines, purchaseOrders, vendorEntries } from "../schema/catalog-orders.ts";
import { marketplaces } from "../schema/marketplaces.ts";
import { moneyIn, moneyText } from "./number-texts.ts";
import { orderAccounts, postOrder } from "./order-accounts.ts";
import type { Parts } from "./order-steps.ts";
import { entryRecordOf } from "./vendor-entries.ts";

export type Refunding = { readonly actor: Actor; readonly input: RefundInput; readonly at: Micros };

/**
 * Gives the buyer part of a paid line back: the vendor bears it less the commission on it, which the operator gives
 * back too. Where the vendor was paid out already, his entry below zero comes off the next payout.
 */
export async function refundLine(parts: Parts, { actor, input, at }: Refunding): Promise<Answered<VendorEntryRecord>> {
  const { db, engine } = parts;
  const { kind, marketplaceId, userId } = actor;
  if (kind !== "operator" || marketplaceId === null) return refused("not_found");
  const { refundId, orderId, lineNo, reason } = input;
  const [order] = await db
    .select({ order: purchaseOrders, rounding: marketplaces.rounding })
    .from(purchaseOrders)
    .innerJoin(marketplaces, eq(marketplaces.id, purchaseOrders.marketplaceId))
    .where(and(eq(purchaseOrders.id, orderId), eq(purchaseOrders.marketplaceId, marketplaceId)));
  if (order === undefined) return refused("purchase_order_unknown", { orderId });
  const { companyId: buyerId, vendorId, currency, number } = order.order;
  const exponent = engine.exponentOf(currency);
  const amount = moneyIn(input.amount, exponent);
  if (amount === null) return refused("amount_scale_exceeded", { pointer: "/amount", scale: exponent });
  const accounts = await orderAccounts(db, { marketplaceId, buyerId, vendorId, currency, at });
  if (!accounts.ok) return accounts;
  const { buyer, vendorProceeds, fees, commissionVat } = accounts.value;
  return await wholly(db, async (tx) => {
    const [locked] = await tx.select().from(purchaseOrders).where(eq(purchaseOrders.id, orderId)).for("update");
    const [known] = await tx.select().from(vendorEntries).where(eq(vendorEntries.id, refundId));
    if (known !== undefined) {
      const same = known.orderId === orderId && known.lineNo === lineNo && known.gross === -amount;
      return same ? answered(entryRecordOf(known, exponent)) : refused("id_reused", { id: refundId });
    }
    if (locked === undefined || locked.state !== "confirmed" || locked.captured < locked.total)
      return refused("order_state_wrong", {
        state: locked?.state,
        captured: moneyText(locked?.captured ?? 0n, exponent),
      });
    const here = and(eq(commissionLines.orderId, orderId), eq(commissionLines.lineNo, lineNo));
    const [line] = await tx.select().from(commissionLines).where(here);
    if (line === undefined) return refused("line_not_in_order", { lineNo });
    const money = { currency, exponent, rounding: order.rounding };
    const refund = engine.refundOf(line, { amount, before: line.refunded }, money);
    if (refund.kind === "rejected") return refused(refund.rejection.code, { ...refund.rejection });
    const { vendor, commission, vat } = refund.entry;
    await tx
      .update(commissionLines)
      .set({ refunded: line.refunded + amount })
      .where(here);
    await tx
      .update(purchaseOrders)
      .set({ refunded: sql`${purchaseOrders.refunded} + ${String(amount)}::bigint` })
      .where(eq(purchaseOrders.id, orderId));
    const entry = { id: refundId, marketplaceId, vendorId, orderId, lineNo, kind: "refund", currency } as const;
    const [made] = await tx
      .insert(vendorEntries)
      .values({ ...entry, gross: -amount, fee: commission, vat, amount: vendor, reason, by: userId, at })
      .returning();
    const posted = await postOrder(tx, {
      name: ["order-refund", refundId],
      reference: `Refund of purchase order ${number}`,
      legs: [
        { account: buyer, amount },
        { account: vendorProceeds, amount: vendor },
        { account: fees, amount: commission },
        { account: commissionVat, amount: vat },
      ],
      exponent,
      at,
    });
    if (!posted.ok) return posted;
    return made === undefined ? refused("internal") : answered(entryRecordOf(made, exponent));
  });
}
