import type { InstrumentRow, OrderRow } from "@kontor/db";
import { formatDecimal } from "@kontor/kernel";
import type { ExchangeEvent } from "@kontor/protocol";
import type { Scales } from "./amounts.ts";
import { differenceOf, minorOf, scalesOf, sumOf, worthOf, written } from "./amounts.ts";
import type { Fact, Projection, Records } from "./records.ts";

type EventOf<Type extends ExchangeEvent["type"]> = Extract<ExchangeEvent, { type: Type }>;
type Entry = Pick<Fact, "seq" | "at">;

/** Every accepted order, and what became of it. */
export const projectOrders: Projection = (records, { event, seq, at }) => {
  const instrument = records.instruments.get(event.instrumentId);
  if (instrument === undefined) return;
  const scales = scalesOf(instrument.terms);
  switch (event.type) {
    case "order_accepted":
      return records.orders.put(acceptedOrder(instrument, event, { seq, at }));
    case "order_replaced":
      return replaceOrder(records, event, { scales, seq, at });
    case "order_amended":
      return records.orders.change(event.orderId, seq, (row) => amendment(row, event, scales));
    case "order_cancelled":
      return records.orders.change(event.orderId, seq, () => cancelled(event.cause, at, scales));
    case "order_reduced":
      return records.orders.change(event.orderId, seq, ({ quantity, leaves }) => ({
        quantity: differenceOf(quantity, event.quantity, scales.quantity),
        leaves: differenceOf(leaves, event.quantity, scales.quantity),
      }));
    case "order_triggered":
      return records.orders.change(event.orderId, seq, ({ kind }) => ({
        kind: kind === "stop_limit" ? "limit" : "market",
      }));
    case "order_trailed":
      return records.orders.change(event.orderId, seq, () => ({ stopPrice: event.stopPrice }));
    case "order_repriced":
      // Of a pegged order the price is its cap, which stays.
      return records.orders.change(event.orderId, seq, ({ kind, price }) => ({
        price: kind === "pegged" ? price : event.price,
      }));
    case "trade_made":
      for (const { orderId, leaves } of [event.maker, event.taker])
        records.orders.change(orderId, seq, (row) => filledOrder(row, { ...event, leaves }, { scales, at }));
      return;
    case "auction_filled":
      return records.orders.change(event.orderId, seq, (row) => filledOrder(row, event, { scales, at }));
    default:
      return;
  }
};

function acceptedOrder(instrument: InstrumentRow, event: EventOf<"order_accepted">, { seq, at }: Entry): OrderRow {
  const { orderId: id, companyId, userId, terms } = event;
  const { side, kind, tif, price, stopPrice } = terms;
  const scales = scalesOf(instrument.terms);
  const quantity = written(terms.quantity, scales.quantity);
  return {
    ...fresh(scales),
    id,
    instrumentId: instrument.id,
    marketplaceId: instrument.marketplaceId,
    companyId,
    userId,
    side,
    kind,
    tif,
    price: price === undefined ? null : written(price, scales.price),
    stopPrice: stopPrice === undefined ? null : written(stopPrice, scales.price),
    quantity,
    leaves: quantity,
    at,
    seq,
  };
}

function fresh({ quantity, money }: Scales) {
  return {
    filled: formatDecimal(0n, quantity),
    countedQuantity: formatDecimal(0n, quantity),
    countedValue: formatDecimal(0n, money),
    state: "open",
    cause: null,
    replacedBy: null,
    endedAt: null,
  } as const;
}

/** The new one is the old one with another number, price and quantity; a stop that fired is none any more. */
function replaceOrder(
  { orders }: Records,
  event: EventOf<"order_replaced">,
  { scales, seq, at }: Entry & { readonly scales: Scales },
): void {
  const before = orders.get(event.orderId);
  if (before === undefined) return;
  const { newOrderId: replacedBy, userId } = event;
  const quantity = written(event.quantity, scales.quantity);
  const price = event.price === undefined ? before.price : written(event.price, scales.price);
  const stopPrice = waitsForStop(before) ? before.stopPrice : null;
  orders.put({ ...before, ...cancelled("replaced", at, scales), replacedBy, seq });
  const changes = { id: replacedBy, userId, price, stopPrice, quantity, leaves: quantity, at, seq };
  orders.put({ ...before, ...fresh(scales), ...changes });
}

function waitsForStop({ kind }: OrderRow): boolean {
  return kind === "stop" || kind === "stop_limit" || kind === "trailing";
}

function amendment(row: OrderRow, event: EventOf<"order_amended">, scales: Scales): Partial<OrderRow> {
  const { price, quantity, stopPrice } = event;
  return {
    ...(price !== undefined && { price: written(price, scales.price) }),
    ...(stopPrice !== undefined && { stopPrice: written(stopPrice, scales.price) }),
    ...(quantity !== undefined && {
      quantity: written(quantity, scales.quantity),
      leaves: differenceOf(quantity, row.filled, scales.quantity),
    }),
  };
}

function cancelled(cause: string, at: number, { quantity }: Scales) {
  return { state: "cancelled", cause, leaves: formatDecimal(0n, quantity), endedAt: at } as const;
}

type Filled = { readonly price: string; readonly quantity: string; readonly leaves: string };

function filledOrder(
  row: OrderRow,
  { price, quantity, leaves }: Filled,
  { scales, at }: { readonly scales: Scales; readonly at: number },
): Partial<OrderRow> {
  const value = formatDecimal(worthOf({ price, quantity }, scales), scales.money);
  const done = minorOf(leaves, scales.quantity) === 0n;
  return {
    filled: sumOf(row.filled, quantity, scales.quantity),
    leaves,
    countedQuantity: sumOf(row.countedQuantity, quantity, scales.quantity),
    countedValue: sumOf(row.countedValue, value, scales.money),
    ...(done && { state: "filled", endedAt: at }),
  };
}
