import type { JsonObject } from "@kontor/kernel";
import type { ExchangeCommand, ExchangeEvent } from "@kontor/protocol";

type EventOf<Type extends ExchangeEvent["type"]> = Extract<ExchangeEvent, { type: Type }>;

function find<Type extends ExchangeEvent["type"]>(
  events: readonly ExchangeEvent[],
  type: Type,
): EventOf<Type> | undefined {
  return events.find((event): event is EventOf<Type> => event.type === type);
}

/**
 * What the sender of an accepted command is told besides its place in the journal: the order made and what became of it
 * at once. A function of the entry alone; other parties are not named.
 */
export function reply(command: ExchangeCommand, events: readonly ExchangeEvent[]): JsonObject {
  switch (command.type) {
    case "submit_order":
      return orderReply(find(events, "order_accepted")?.orderId ?? "", events);
    case "replace_order":
      return orderReply(find(events, "order_replaced")?.newOrderId ?? "", events);
    case "amend_order":
      return orderReply(command.orderId, events);
    case "cancel_order":
      return { orderId: command.orderId, ...ending(command.orderId, events) };
    case "cancel_orders":
      return { count: find(events, "orders_cancelled")?.count ?? 0 };
    case "draft_instrument":
    case "revise_instrument":
    case "list_instrument":
      return { instrumentId: command.instrumentId, version: versionIn(events) };
    case "set_phase":
    case "uncross_auction":
      return marketReply(command.instrumentId, events);
    case "correct_trade":
      return {
        instrumentId: command.instrumentId,
        tradeId: find(events, "trade_corrected")?.tradeId ?? command.tradeId,
      };
    case "advance_time":
    case "report_outage":
      return {};
    default:
      return { instrumentId: command.instrumentId };
  }
}

function versionIn(events: readonly ExchangeEvent[]): number {
  return events.flatMap((event) => ("version" in event ? [event.version] : []))[0] ?? 0;
}

function marketReply(instrumentId: string, events: readonly ExchangeEvent[]): JsonObject {
  const phase = events.findLast((event) => event.type === "market_phase_changed")?.phase;
  const auction = find(events, "auction_held");
  const extended = find(events, "auction_extended");
  return {
    instrumentId,
    ...(phase && { phase }),
    ...(auction && { price: auction.price ?? undefined, quantity: auction.quantity }),
    ...(extended && { extended: extended.cause }),
  };
}

function orderReply(orderId: string, events: readonly ExchangeEvent[]): JsonObject {
  const fills = events.flatMap((event) => {
    if (event.type !== "trade_made") return [];
    const own = [event.taker, event.maker].find((side) => side.orderId === orderId);
    if (own === undefined) return [];
    return [{ tradeId: event.tradeId, price: event.price, quantity: event.quantity, leaves: own.leaves, fee: own.fee }];
  });
  const repriced = events.findLast((event) => event.type === "order_repriced" && event.orderId === orderId);
  return {
    orderId,
    ...(fills.length > 0 && { fills }),
    ...(repriced?.type === "order_repriced" && { price: repriced.price }),
    ...ending(orderId, events),
  };
}

function ending(orderId: string, events: readonly ExchangeEvent[]): JsonObject {
  const end = events.find((event) => event.type === "order_cancelled" && event.orderId === orderId);
  return end?.type === "order_cancelled" ? { cancelled: { quantity: end.quantity, cause: end.cause } } : {};
}
