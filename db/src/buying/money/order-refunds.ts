import type { Actor, Micros } from "@kontor/kernel";
import type { RefundInput, VendorEntryRecord } from "@kontor/protocol";
import { and, eq } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused, wholly } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { purchaseOrders, vendorEntries } from "../../schema/catalog-orders.ts";
import { moneyIn, moneyText } from "../number-texts.ts";
import { isSold } from "../orders/order-sale.ts";
import type { Parts } from "../orders/order-steps.ts";
import { lockOrder, tell } from "../orders/order-steps.ts";
import { entryRecordOf } from "../orders/vendor-entries.ts";
import { orderAccounts } from "./order-accounts.ts";
import { creditOrder } from "./order-credits.ts";

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
  const here = and(eq(purchaseOrders.id, orderId), eq(purchaseOrders.marketplaceId, marketplaceId));
  const [known] = await db.select().from(purchaseOrders).where(here);
  if (here === undefined || known === undefined) return refused("purchase_order_unknown", { orderId });
  const { companyId: buyerId, vendorId, currency } = known;
  const exponent = engine.exponentOf(currency);
  const amount = moneyIn(input.amount, exponent);
  if (amount === null) return refused("amount_scale_exceeded", { pointer: "/amount", scale: exponent });
  const accounts = await orderAccounts(db, { marketplaceId, buyerId, vendorId, currency, at });
  if (!accounts.ok) return accounts;
  return await wholly(db, async (tx) => {
    const found = await lockOrder(tx, here);
    if (found === undefined) return refused("purchase_order_unknown", { orderId });
    const again = await entryIn(tx, refundId);
    if (again !== undefined) {
      const same = again.orderId === orderId && again.lineNo === lineNo && again.gross === -amount;
      return same ? answered(entryRecordOf(again, exponent)) : refused("id_reused", { id: refundId });
    }
    const { state, captured } = found.order;
    if (state !== "confirmed" || !(await isSold(tx, orderId)))
      return refused("order_state_wrong", { state, captured: moneyText(captured, exponent) });
    const locked = { tx, engine, ...found, at, by: userId };
    const credited = await creditOrder(locked, {
      ...{ name: ["refund", refundId], reason, charges: 0n, accounts: accounts.value },
      lines: [{ lineNo, amount }],
      entryId: () => refundId,
    });
    if (!credited.ok) return credited;
    await tell(locked, { action: "refunded", details: { lineNo, amount: moneyText(amount, exponent), reason } });
    const made = await entryIn(tx, refundId);
    return made === undefined ? refused("internal") : answered(entryRecordOf(made, exponent));
  });
}

async function entryIn(tx: Database, id: string) {
  const [entry] = await tx.select().from(vendorEntries).where(eq(vendorEntries.id, id));
  return entry;
}
