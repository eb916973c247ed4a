import type { Bands } from "../../src/commands.ts";
import { cancel } from "./cancelling.ts";
import { enter } from "./entering.ts";
import type { NaiveOrder, NaiveState } from "./naive-state.ts";
import { byTime, emit, isCall } from "./naive-state.ts";
import { isResting, park } from "./phase-steps.ts";
import { farEnd, isInEntryBand } from "./prices.ts";

export function setBands(state: NaiveState, { entry, dynamic, static: around }: Bands): void {
  state.bands = {
    ...(entry === undefined ? {} : { entry }),
    ...(dynamic === undefined ? {} : { dynamic }),
    ...(around === undefined ? {} : { static: around }),
  };
  emit(state, { type: "bands_changed" });
  for (const order of byTime(state.orders)) {
    if (isOutside(state, order)) putOut(state, order);
    else if (mayCostMore(state, order)) cancel(state, order, "outside_band");
  }
  const inside = state.orders.filter((order) => order.parkedFor === "band" && !isOutside(state, order));
  for (const order of byTime(inside)) {
    if (state.phase !== "continuous" && !isCall(state.phase)) return;
    if (!state.orders.includes(order)) continue;
    emit(state, { type: "unparked", order: order.order });
    order.parkedFor = null;
    enter(state, order);
  }
}

/** Of resting and parked orders: whether the limit, or the cap of a peg, is outside the entry band. */
export function isOutside(state: NaiveState, order: NaiveOrder): boolean {
  if (!isResting(order) && order.place !== "parked") return false;
  return order.price !== undefined && !isInEntryBand(state, order.price);
}

/** A market buy without a limit, now that the prices it may meet go beyond what it holds. */
function mayCostMore(state: NaiveState, order: NaiveOrder): boolean {
  return order.kind === "market" && order.side === "buy" && order.bound < farEnd(state, "buy");
}

function putOut(state: NaiveState, order: NaiveOrder): void {
  if (state.config.outsideBand === "cancel") cancel(state, order, "outside_band");
  else if (order.place === "parked") order.parkedFor = "band";
  else park(state, order, "band");
}
