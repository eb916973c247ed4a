import type { LineProgress } from "@kontor/catalog";
import type { ReductionRecord, ShipmentRecord } from "@kontor/protocol";
import { asc, inArray } from "drizzle-orm";
import { millionthsText } from "../../catalog/millionths.ts";
import type { Database } from "../../connect.ts";
import { instantOf, present } from "../../repositories/record-members.ts";
import { orderReductionLines, orderReductions, shipmentLines, shipments } from "../../schema/catalog-deliveries.ts";
import { moneyText } from "../number-texts.ts";

type ShipmentRow = typeof shipments.$inferSelect;
type ShipmentLineRow = typeof shipmentLines.$inferSelect;
export type ReductionRow = typeof orderReductions.$inferSelect;
export type ReductionLineRow = typeof orderReductionLines.$inferSelect;

/** What was sent and what came off, of several orders at once. */
export type Deliveries = {
  readonly shipments: readonly ShipmentRow[];
  readonly shipmentLines: readonly ShipmentLineRow[];
  readonly reductions: readonly ReductionRow[];
  readonly reductionLines: readonly ReductionLineRow[];
};

export async function deliveriesOf(db: Database, orderIds: readonly string[]): Promise<Deliveries> {
  const ids = [...orderIds];
  return {
    shipments: await db.select().from(shipments).where(inArray(shipments.orderId, ids)).orderBy(asc(shipments.no)),
    shipmentLines: await db
      .select()
      .from(shipmentLines)
      .where(inArray(shipmentLines.orderId, ids))
      .orderBy(asc(shipmentLines.lineNo)),
    reductions: await db
      .select()
      .from(orderReductions)
      .where(inArray(orderReductions.orderId, ids))
      .orderBy(asc(orderReductions.no)),
    reductionLines: await db
      .select()
      .from(orderReductionLines)
      .where(inArray(orderReductionLines.orderId, ids))
      .orderBy(asc(orderReductionLines.lineNo)),
  };
}

type OfOrder = { readonly orderId: string; readonly exponent: number };

export function shipmentRecordsOf(found: Deliveries, { orderId }: Pick<OfOrder, "orderId">): ShipmentRecord[] {
  return found.shipments
    .filter((one) => one.orderId === orderId)
    .map((one) => {
      const { no, carrier, tracking, shippedOn, by, at, receivedBy, receivedAt } = one;
      const lines = found.shipmentLines.filter((line) => line.orderId === orderId && line.no === no);
      const told = present({ receivedBy, receivedAt: instantOf(receivedAt) });
      const head = { shipmentNo: no, carrier, tracking, shippedOn, by, at: instantOf(at), ...told };
      return { ...head, lines: lines.map((line) => shippedLineOf(line, receivedAt !== null)) };
    });
}

function shippedLineOf({ lineNo, quantity, reason, ...line }: ShipmentLineRow, isTold: boolean) {
  const arrived: Pick<LineProgress, "received" | "damaged" | "missing"> = line;
  const texts = {
    received: millionthsText(arrived.received),
    damaged: millionthsText(arrived.damaged),
    missing: millionthsText(arrived.missing),
  };
  return { lineNo, quantity: millionthsText(quantity), ...(isTold ? texts : {}), ...present({ reason }) };
}

export function reductionRecordsOf(found: Deliveries, { orderId, exponent }: OfOrder): ReductionRecord[] {
  const text = (value: bigint): string => moneyText(value, exponent);
  return found.reductions
    .filter((one) => one.orderId === orderId)
    .map(({ no, kind, side, state, reason, by, at, answer, decidedBy, decidedAt, charges, refunded }) => {
      const lines = found.reductionLines.filter((line) => line.orderId === orderId && line.no === no);
      return {
        ...{ reductionNo: no, kind, side, state, reason, by, at: instantOf(at) },
        ...present({ answer, decidedBy, decidedAt: instantOf(decidedAt) }),
        ...{ charges: text(charges), refunded: text(refunded) },
        lines: lines.map(({ lineNo, quantity, net, tax, gross }) => {
          return { lineNo, quantity: millionthsText(quantity), net: text(net), tax: text(tax), gross: text(gross) };
        }),
      };
    });
}
