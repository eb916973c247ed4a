import type { Phase, Side } from "../../src/commands.ts";
import { heldOf } from "./holds.ts";
import type { NaiveOrder, NaiveState } from "./naive-state.ts";
import { byTime } from "./naive-state.ts";

const phases: readonly Phase[] = [
  "closed",
  "pre_open",
  "auction",
  "continuous",
  "closing_cross",
  "halt",
  "cancel_only",
];

/** Resting orders of a side: market orders, then best price first, each by time. */
export function queueOf(state: NaiveState, side: Side): NaiveOrder[] {
  const orders = byTime(state.orders.filter((order) => order.side === side && order.place === "resting"));
  const first = side === "buy" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const priceOf = (order: NaiveOrder): number => order.limit ?? first;
  return orders.sort((a, b) => {
    if (priceOf(a) === priceOf(b)) return a.time - b.time;
    const isFirst = side === "buy" ? priceOf(a) > priceOf(b) : priceOf(a) < priceOf(b);
    return isFirst ? -1 : 1;
  });
}

function twoWords(value: number): number[] {
  const high = Math.floor(value / 2 ** 32);
  return [value - high * 2 ** 32, high];
}

/** One word where the number fits, else two. */
function words(value: number): number[] {
  return value >= -(2 ** 31) && value < 2 ** 32 ? [value] : twoWords(value);
}

function allWords(state: NaiveState): number[] {
  const all: number[] = [phases.indexOf(state.phase), ...words(state.last ?? -1), ...words(state.reference ?? -1)];
  for (const side of ["buy", "sell"] as const) {
    for (const order of queueOf(state, side)) all.push(order.order, order.limit ?? -1, order.leaves, order.shown);
  }
  for (const place of ["apart", "dormant", "parked"] as const) {
    for (const order of byTime(state.orders.filter((each) => each.place === place))) {
      const limit = order.kind === "limit" || order.kind === "stop_limit" ? order.price : undefined;
      all.push(order.order, limit ?? -1, order.stopPrice ?? -1, order.leaves);
    }
  }
  for (const [account, { cash, goods }] of [...state.accounts].sort(([a], [b]) => a - b)) {
    const { cashHeld, goodsHeld } = heldOf(state, account);
    all.push(account, ...[cash, goods, cashHeld, goodsHeld].flatMap(twoWords));
  }
  return all;
}

/** 32 bits over the whole state, unsigned; "State hash" in SPEC.md. */
export function hashOf(state: NaiveState): number {
  let hash = 0x811c9dc5;
  for (const word of allWords(state)) hash = Math.imul(hash ^ word, 0x01000193);
  return hash >>> 0;
}
