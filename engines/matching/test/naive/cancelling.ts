import type { CancelReason } from "@kontor/protocol";
import type { NaiveOrder, NaiveState } from "./naive-state.ts";
import { byTime, emit, remove } from "./naive-state.ts";

/** Takes the order out with all its leaves. */
export function cancel(state: NaiveState, order: NaiveOrder, reason: CancelReason): void {
  emit(state, { type: "cancelled", order: order.order, quantity: order.leaves, reason });
  remove(state, order);
}

export function cancelAll(state: NaiveState, orders: readonly NaiveOrder[], reason: CancelReason): void {
  for (const order of byTime(orders)) cancel(state, order, reason);
}

/** The live orders of its link but for itself. */
function linkedWith(state: NaiveState, order: NaiveOrder): NaiveOrder[] {
  if (order.link === undefined) return [];
  return state.orders.filter((other) => other !== order && other.link === order.link);
}

export function cancelLinked(state: NaiveState, order: NaiveOrder): void {
  cancelAll(state, linkedWith(state, order), "linked");
}
