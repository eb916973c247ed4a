import { and, eq } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { commissionLines, vendorEntries } from "../../schema/catalog-orders.ts";
import { burdensOf, giveBackBudgets } from "../budgets/budget-uses.ts";
import { bought } from "../deliveries/line-progress.ts";
import { isSold, sell } from "../orders/order-sale.ts";
import type { LockedOrder } from "../orders/order-steps.ts";
import { chargesOf, moneyOf, setOrder } from "../orders/order-steps.ts";
import type { OrderAccounts, OrderLeg } from "./order-accounts.ts";
import { postOrder } from "./order-accounts.ts";

export type Credit = {
  /** Names it: the same parts are the same credit. */
  readonly name: readonly [string, ...string[]];
  readonly reason: string;
  /** Gross. */
  readonly lines: readonly { readonly lineNo: number; readonly amount: bigint }[];
  /** Freight, fee and the tax on them, or nothing. */
  readonly charges: bigint;
  /** Null where the buyer has paid nothing yet. */
  readonly accounts: OrderAccounts | null;
  /** Of the vendor's entry for a line; null: for the charges. */
  readonly entryId: (lineNo: number | null) => string;
};

/** By line, what the operator takes of it and how much of it was credited. */
export async function commissionsOf(tx: Database, orderId: string) {
  const rows = await tx.select().from(commissionLines).where(eq(commissionLines.orderId, orderId));
  return new Map(rows.map((row) => [row.lineNo, row]));
}

/**
 * Takes amounts off what the buyer has to pay for a confirmed order, with all that follows: a sale that was made is
 * refunded by entries below zero, what was paid beyond what is due goes back, what is paid whole by now is sold, and
 * budgets have the difference. Answers with what goes back to the buyer.
 */
export async function creditOrder(locked: LockedOrder, credit: Credit): Promise<Answered<bigint>> {
  const { tx, engine, order, at } = locked;
  const { lines, charges, accounts } = credit;
  const sum = lines.reduce((total, { amount }) => total + amount, charges);
  if (sum === 0n) return answered(0n);
  const sold = await isSold(tx, order.id);
  const legs = await takeOff(locked, credit, sold);
  if (!legs.ok) return legs;
  const credited = order.credited + sum;
  const { overpaid, sells } = engine.settlementOf({ ...order, credited, isSold: sold });
  const refunded = order.refunded + overpaid;
  await setOrder(locked, { credited, refunded });
  await giveBack(locked, charges > 0n);
  if (accounts === null) return answered(0n);
  const posted = await postOrder(tx, {
    name: ["order-credit", ...credit.name],
    reference: `Credit of purchase order ${order.number}`,
    legs: [
      { account: accounts.buyer, amount: overpaid },
      ...(sold ? legs.value : [{ account: accounts.captured, amount: -overpaid }]),
    ],
    exponent: engine.exponentOf(order.currency),
    at,
  });
  if (!posted.ok) return posted;
  const done = sells ? await sell({ ...locked, order: { ...order, credited, refunded }, accounts }) : answered(null);
  return done.ok ? answered(overpaid) : done;
}

/** Lines have less left; of a sale the vendor and the operator give their parts back. */
async function takeOff(locked: LockedOrder, credit: Credit, sold: boolean): Promise<Answered<readonly OrderLeg[]>> {
  const { tx, engine, order } = locked;
  const { accounts, charges } = credit;
  const money = await moneyOf(locked);
  const known = await commissionsOf(tx, order.id);
  const legs: OrderLeg[] = [];
  for (const { lineNo, amount } of credit.lines.filter((line) => line.amount !== 0n)) {
    const line = known.get(lineNo);
    if (line === undefined) return refused("line_not_in_order", { lineNo });
    const refund = engine.refundOf(line, { amount, before: line.refunded }, money);
    if (refund.kind === "rejected") return refused(refund.rejection.code, { ...refund.rejection, lineNo });
    await tx
      .update(commissionLines)
      .set({ refunded: line.refunded + amount })
      .where(and(eq(commissionLines.orderId, order.id), eq(commissionLines.lineNo, lineNo)));
    if (!sold || accounts === null) continue;
    const { vendor, commission: fee, vat } = refund.entry;
    await enter(locked, credit, { lineNo, gross: -amount, fee, vat, amount: vendor });
    legs.push({ account: accounts.vendorProceeds, amount: vendor });
    legs.push({ account: accounts.fees, amount: fee }, { account: accounts.commissionVat, amount: vat });
  }
  if (sold && accounts !== null && charges > 0n) {
    await enter(locked, credit, { lineNo: null, gross: -charges, fee: 0n, vat: 0n, amount: -charges });
    legs.push({ account: accounts.vendorProceeds, amount: -charges });
  }
  return answered(legs);
}

type Amounts = Pick<typeof vendorEntries.$inferInsert, "gross" | "fee" | "vat" | "amount"> & {
  readonly lineNo: number | null;
};

async function enter({ tx, order, by, at }: LockedOrder, { reason, entryId }: Credit, amounts: Amounts): Promise<void> {
  const { marketplaceId, vendorId, id: orderId, currency } = order;
  const entry = { id: entryId(amounts.lineNo), marketplaceId, vendorId, orderId, kind: "refund", currency } as const;
  await tx.insert(vendorEntries).values({ ...entry, ...amounts, reason, by, at });
}

/** Each line's part of what is paid, with its share of the charges, as it was confirmed and as it is now. */
async function giveBack({ tx, engine, order, lines }: LockedOrder, chargesToo: boolean): Promise<void> {
  const was = burdensOf(engine, bought(lines), chargesOf(order));
  const known = await commissionsOf(tx, order.id);
  const is = was.map((burden) => {
    const { base, refunded } = known.get(burden.lineNo) ?? { base: 0n, refunded: 0n };
    return { ...burden, amount: chargesToo ? base - refunded : burden.amount - refunded };
  });
  await giveBackBudgets(tx, engine, { orderId: order.id, was, is });
}
