import type { Side } from "../commands.ts";
import type { Core } from "./core.ts";
import { NEXT, NUMBER, SHOWN } from "./pool.ts";

/** What is shown at one price, and the orders in the order of their turns. */
export type DepthLevel = { readonly price: number; readonly quantity: number; readonly orders: readonly number[] };

/** The levels of one side, best first. Orders without a price and all-or-none orders are in none. */
export function depthOf(core: Core, side: Side): DepthLevel[] {
  const { words } = core.pool;
  const levels = side === "buy" ? core.buys : core.sells;
  const depth: DepthLevel[] = [];
  for (let key = levels.best; key < levels.count; key = levels.after(key)) {
    const orders: number[] = [];
    let quantity = 0;
    for (let order = levels.headOf(key); order !== 0; order = words[order + NEXT] as number) {
      orders.push(words[order + NUMBER] as number);
      quantity += words[order + SHOWN] as number;
    }
    depth.push({ price: levels.priceOf(key), quantity, orders });
  }
  return depth;
}
