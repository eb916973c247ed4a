import type { Actor, Micros } from "@kontor/kernel";
import type { PurchaseOrderRecord, ReceiptInput, ShipmentInput } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import { millionthsText } from "../../catalog/millionths.ts";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import { present } from "../../repositories/record-members.ts";
import { shipmentLines, shipments } from "../../schema/catalog-deliveries.ts";
import { lineReference } from "../carts/order-keys.ts";
import { millionthsIn } from "../number-texts.ts";
import { boughtBy, soldBy } from "../orders/order-reads.ts";
import type { LockedOrder, Parts } from "../orders/order-steps.ts";
import { stepOf, tell } from "../orders/order-steps.ts";
import { advanced, partsOf } from "./asked-lines.ts";
import { inStockUnit } from "./line-progress.ts";
import type { Advance } from "./progress-writes.ts";
import { writeProgress } from "./progress-writes.ts";
import { takeStock } from "./stock.ts";

/** A step on an order as it was read. */
export type OrderStep<Input> = {
  readonly actor: Actor;
  readonly orderId: string;
  readonly version: number;
  readonly input: Input;
  readonly at: Micros;
};

/** The vendor sends lines, or parts of them; they leave his stock. */
export function shipOrder(parts: Parts, step: OrderStep<ShipmentInput>): Promise<Answered<PurchaseOrderRecord>> {
  const mine = soldBy(step.actor);
  return stepOf(parts, { ...step, mine, states: ["confirmed"] }, async (locked) => {
    const { tx, engine, order, by, at } = locked;
    const { carrier, tracking, shippedOn, lines } = step.input;
    const wanted = partsOf(locked, { lines, available: engine.openOf });
    if (!wanted.ok) return wanted;
    const advances: Advance[] = [];
    for (const { line, quantity } of wanted.value) {
      const progress = advanced(locked, line, { kind: "ship", quantity });
      if (!progress.ok) return progress;
      advances.push({ lineNo: line.lineNo, progress: progress.value });
      const keep = inStockUnit(line, engine.openOf(progress.value));
      await takeStock(tx, lineReference(order.id, line.lineNo), keep);
    }
    const no = await nextShipment(locked);
    await tx.insert(shipments).values({ orderId: order.id, no, carrier, tracking, shippedOn, by, at });
    const sent = wanted.value.map(({ line: { lineNo }, quantity }) => ({ lineNo, quantity }));
    await tx.insert(shipmentLines).values(sent.map((line) => ({ orderId: order.id, no, ...line })));
    await writeProgress(locked, advances);
    const told = sent.map(({ lineNo, quantity }) => ({ lineNo, quantity: millionthsText(quantity) }));
    await tell(locked, { action: "shipped", details: { shipmentNo: no, carrier, tracking, shippedOn, lines: told } });
    return answered(null);
  });
}

async function nextShipment({ tx, order }: LockedOrder): Promise<number> {
  const [last] = await tx
    .select({ no: sql<number>`coalesce(max(${shipments.no}), 0)` })
    .from(shipments)
    .where(eq(shipments.orderId, order.id));
  return (last?.no ?? 0) + 1;
}

export type ReceiptStep = OrderStep<ReceiptInput> & { readonly shipmentNo: number };

/** The buyer says what arrived of a shipment, once: well, damaged, or not at all. */
export function receiveShipment(parts: Parts, step: ReceiptStep): Promise<Answered<PurchaseOrderRecord>> {
  const mine = boughtBy(step.actor);
  return stepOf(parts, { ...step, mine, states: ["confirmed"] }, async (locked) => {
    const { tx, order, lines, by, at } = locked;
    const { shipmentNo: no, input } = step;
    const here = and(eq(shipments.orderId, order.id), eq(shipments.no, no));
    const [shipment] = await tx.select().from(shipments).where(here);
    if (shipment === undefined) return refused("shipment_unknown", { shipmentNo: no });
    if (shipment.receivedAt !== null) return refused("shipment_received_already", { shipmentNo: no });
    const ofShipment = and(eq(shipmentLines.orderId, order.id), eq(shipmentLines.no, no));
    const sent = await tx.select().from(shipmentLines).where(ofShipment);
    const strange = input.lines.find(({ lineNo }) => !sent.some((line) => line.lineNo === lineNo));
    if (strange !== undefined) return refused("line_not_in_order", { lineNo: strange.lineNo });
    const advances: Advance[] = [];
    for (const { lineNo, quantity } of sent) {
      const line = lines.find((one) => one.lineNo === lineNo);
      if (line === undefined) return refused("line_not_in_order", { lineNo });
      const arrived = arrivedOf(input, { lineNo, quantity });
      if (!arrived.ok) return arrived;
      const { reason, ...counts } = arrived.value;
      const progress = advanced(locked, line, { kind: "receive", ...counts });
      if (!progress.ok) return progress;
      advances.push({ lineNo, progress: progress.value });
      await tx
        .update(shipmentLines)
        .set({ ...counts, reason })
        .where(and(ofShipment, eq(shipmentLines.lineNo, lineNo)));
    }
    await tx.update(shipments).set({ receivedBy: by, receivedAt: at }).where(here);
    await writeProgress(locked, advances);
    await tell(locked, { action: "received", details: { shipmentNo: no, lines: input.lines.map(present) } });
    return answered(null);
  });
}

type Sent = { readonly lineNo: number; readonly quantity: bigint };

/** What is not named arrived well; of what is named the rest is missing. */
function arrivedOf({ lines }: ReceiptInput, { lineNo, quantity }: Sent) {
  const named = lines.find((line) => line.lineNo === lineNo);
  if (named === undefined) return answered({ received: quantity, damaged: 0n, missing: 0n, reason: null });
  const [received, damaged] = [millionthsIn(named.received), millionthsIn(named.damaged)];
  if (received === null || damaged === null) return refused("quantity_unreadable", { lineNo });
  const missing = quantity - received - damaged;
  if (missing < 0n) return refused("quantity_not_underway", { lineNo, limit: millionthsText(quantity) });
  return answered({ received, damaged, missing, reason: named.reason });
}
