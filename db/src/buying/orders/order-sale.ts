import { and, eq } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { derivedId } from "../../clearing/derived-id.ts";
import type { Database } from "../../connect.ts";
import { commissionLines, purchaseOrderLines, vendorEntries } from "../../schema/catalog-orders.ts";
import type { OrderAccounts } from "../money/order-accounts.ts";
import { postOrder } from "../money/order-accounts.ts";
import type { OrderRow } from "./order-reads.ts";
import type { Changing } from "./order-steps.ts";
import { moneyOf } from "./order-steps.ts";

const saleOf = (orderId: string): string => derivedId("vendor-sale", orderId);

/** Whether the order was paid whole once: then the vendor has his sale of it. */
export async function isSold(tx: Database, orderId: string): Promise<boolean> {
  const [sale] = await tx
    .select({ id: vendorEntries.id })
    .from(vendorEntries)
    .where(eq(vendorEntries.id, saleOf(orderId)));
  return sale !== undefined;
}

export type Selling = Changing & { readonly order: OrderRow; readonly accounts: OrderAccounts };

/** What is due is paid: each side gets its part of it. Freight and fees are the vendor's. */
export async function sell(selling: Selling): Promise<Answered<null>> {
  const { tx, engine, order, accounts, at, by } = selling;
  const money = await moneyOf(selling);
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
  const parts = lines.map(({ commission }) =>
    engine.commissionOn(commission.base - commission.refunded, commission, money),
  );
  const fee = parts.reduce((sum, part) => sum + part.fee, 0n);
  const vat = parts.reduce((sum, part) => sum + part.vat, 0n);
  const { id: orderId, marketplaceId, vendorId, currency, number } = order;
  const gross = engine.dueOf(order);
  const amount = gross - fee - vat;
  await tx.insert(vendorEntries).values({
    ...{ id: saleOf(orderId), marketplaceId, vendorId, orderId, kind: "sale" },
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
    exponent: money.exponent,
    at,
  });
}
