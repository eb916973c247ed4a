import type { LineProgress } from "@kontor/catalog";
import { and, eq } from "drizzle-orm";
import { purchaseOrderLines } from "../../schema/catalog-orders.ts";
import type { OrderLineRow } from "../orders/order-reads.ts";
import type { LockedOrder } from "../orders/order-steps.ts";
import { setOrder } from "../orders/order-steps.ts";
import { bought, progressOf } from "./line-progress.ts";

export type Advance = { readonly lineNo: number; readonly progress: LineProgress };

/** Writes how far lines are, and how far the order is by them: with all of it cancelled it is cancelled. */
export async function writeProgress(
  locked: LockedOrder,
  advances: readonly Advance[],
): Promise<readonly OrderLineRow[]> {
  const { tx, engine, order, lines, at } = locked;
  const after = lines.map((line) => {
    const advance = advances.find(({ lineNo }) => lineNo === line.lineNo);
    if (advance === undefined) return line;
    const { cancelled, quantity } = advance.progress;
    return { ...line, ...advance.progress, state: cancelled === quantity ? ("cancelled" as const) : line.state };
  });
  for (const { lineNo } of advances) {
    const line = after.find((one) => one.lineNo === lineNo);
    if (line === undefined) continue;
    const { quantity: _, ...counts } = progressOf(line);
    await tx
      .update(purchaseOrderLines)
      .set({ ...counts, state: line.state })
      .where(and(eq(purchaseOrderLines.orderId, order.id), eq(purchaseOrderLines.lineNo, lineNo)));
  }
  const fulfilment = engine.fulfilmentOf(bought(after).map(progressOf));
  await setOrder(locked, {
    state: fulfilment === null ? "cancelled" : order.state,
    fulfilment: fulfilment ?? order.fulfilment,
    updatedAt: at,
  });
  return after;
}
