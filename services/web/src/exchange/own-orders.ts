import type { Decimal, OrderRecord, OwnOrderView } from "@kontor/protocol";
import type { Side } from "./book-rows.ts";

export type OrderWord =
  | "open"
  | "part_filled"
  | "waiting"
  | "parked"
  | "cancel_sent"
  | "filled"
  | "cancelled"
  | "expired";

/** One row of the company's orders, live or ended. */
export type OrderRow = {
  readonly orderId: string;
  /** The short name that people say: `o17`. */
  readonly name: string;
  readonly instrumentId: string;
  readonly side: Side;
  readonly kind: string;
  readonly tif: string;
  readonly price: Decimal | undefined;
  readonly stopPrice: Decimal | undefined;
  readonly quantity: Decimal;
  readonly filled: Decimal;
  readonly leaves: Decimal;
  readonly word: OrderWord;
  /** Why it ended, a code of the engine. */
  readonly cause: string | undefined;
  readonly at: string;
};

/** Live orders of one instrument, newest first; `cancelling` holds ids of those whose cancellation is under way. */
export function liveOrderRows(
  instrumentId: string,
  orders: Readonly<Record<string, OwnOrderView>>,
  cancelling: ReadonlySet<string>,
): readonly OrderRow[] {
  return Object.entries(orders)
    .map(([name, order]) => {
      const orderId = `${instrumentId}-${name}`;
      const word = cancelling.has(orderId) ? "cancel_sent" : liveWord(order);
      const { side, kind, tif, price, stopPrice, quantity, filled, leaves, at } = order;
      const terms = { side, kind, tif, price, stopPrice, quantity, filled, leaves, at };
      return { orderId, name, instrumentId, ...terms, word, cause: undefined };
    })
    .sort((a, b) => numberOf(b.name) - numberOf(a.name));
}

/** An order as the read models tell it. */
export function orderRowOf(record: OrderRecord): OrderRow {
  const { orderId, instrumentId, side, kind, tif, price, stopPrice, quantity, filled, leaves, cause, at } = record;
  const name = orderId.slice(orderId.lastIndexOf("-") + 1);
  const terms = { side, kind, tif, price, stopPrice, quantity, filled, leaves, cause, at };
  return { orderId, name, instrumentId, ...terms, word: endedWord(record) };
}

function liveWord(order: OwnOrderView): OrderWord {
  if (order.state === "dormant") return "waiting";
  if (order.state === "parked") return "parked";
  return isZero(order.filled) ? "open" : "part_filled";
}

function endedWord({ state, cause, filled }: OrderRecord): OrderWord {
  if (state === "filled") return "filled";
  if (state === "cancelled") return cause === "expired" ? "expired" : "cancelled";
  return isZero(filled) ? "open" : "part_filled";
}

function isZero(amount: Decimal): boolean {
  return !/[1-9]/.test(amount);
}

function numberOf(name: string): number {
  return Number(name.slice(1));
}
