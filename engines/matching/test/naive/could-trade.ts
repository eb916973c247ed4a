import { couldMeet, matchOrder } from "./matching.ts";
import type { NaiveOrder, NaiveState } from "./naive-state.ts";

/** How much of the order matching would trade now: it is matched on a copy of the book, which is then thrown away. */
export function couldTrade(state: NaiveState, taker: NaiveOrder): number {
  if (!state.orders.some((maker) => couldMeet(maker, taker))) return 0;
  const copies = state.orders.filter((order) => order !== taker).map((order) => ({ ...order }));
  const copyOfTaker: NaiveOrder = { ...taker, place: "entering" };
  const copy: NaiveState = {
    ...state,
    orders: [...copies, copyOfTaker],
    accounts: new Map(),
    printed: [],
    tradedSince: [],
    events: [],
  };
  matchOrder(copy, copyOfTaker);
  return copy.printed.reduce((sum, print) => sum + print.quantity, 0);
}
