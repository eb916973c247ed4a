import { cancelLinked } from "./cancelling.ts";
import { enter } from "./entering.ts";
import type { NaiveOrder, NaiveState } from "./naive-state.ts";
import { byTime, emit } from "./naive-state.ts";

/** Trailing stops follow the trades since this was done last. */
export function followTrades(state: NaiveState): void {
  const prices = state.tradedSince;
  state.tradedSince = [];
  const trailing = state.orders.filter((order) => order.kind === "trailing" && order.place === "dormant");
  for (const order of byTime(trailing)) {
    const known = order.extreme === null ? prices : [order.extreme, ...prices];
    if (known.length === 0) continue;
    order.extreme = order.side === "sell" ? Math.max(...known) : Math.min(...known);
    trail(state, order, order.extreme);
  }
}

function trail(state: NaiveState, order: NaiveOrder, extreme: number): void {
  const { trail: rule, stopPrice } = order;
  if (rule === undefined || stopPrice === undefined) return;
  const distance = rule.unit === "ticks" ? rule.distance : Math.ceil((extreme * rule.distance) / 10_000);
  const away = order.side === "sell" ? extreme - distance - stopPrice : stopPrice - (extreme + distance);
  const steps = Math.floor(away / rule.step);
  if (steps <= 0) return;
  const moved = stopPrice + (order.side === "sell" ? steps : -steps) * rule.step;
  if (moved < state.config.minPrice || moved > state.config.maxPrice) return;
  order.stopPrice = moved;
  emit(state, { type: "trailed", order: order.order, stopPrice: moved });
}

/** Of the buys the lowest stop, of the sells the highest, each then by time; of the two the earlier. */
export function nextStop(state: NaiveState): NaiveOrder | undefined {
  const { last } = state;
  if (last === null) return undefined;
  const dormant = state.orders.filter((order) => order.place === "dormant");
  const stopOf = (order: NaiveOrder): number => order.stopPrice ?? 0;
  const buys = dormant.filter((order) => order.side === "buy" && last >= stopOf(order));
  const sells = dormant.filter((order) => order.side === "sell" && last <= stopOf(order));
  const buy = buys.sort((a, b) => stopOf(a) - stopOf(b) || a.time - b.time)[0];
  const sell = sells.sort((a, b) => stopOf(b) - stopOf(a) || a.time - b.time)[0];
  return byTime([buy, sell].filter((order) => order !== undefined))[0];
}

export function fire(state: NaiveState, order: NaiveOrder): void {
  emit(state, { type: "triggered", order: order.order });
  cancelLinked(state, order);
  order.kind = order.kind === "stop_limit" ? "limit" : "market";
  order.stopPrice = undefined;
  order.trail = undefined;
  enter(state, order);
}
