import type { Side } from "../commands.ts";
import type { Core } from "./core.ts";
import type { Levels } from "./levels.ts";
import { NEXT, NUMBER, SHOWN } from "./pool.ts";

/** What is shown at one price, and the orders in the order of their turns. */
export type DepthLevel = { readonly price: number; readonly quantity: number; readonly orders: readonly number[] };

/** What is shown at one price, and by how many orders. */
export type Level = { readonly price: number; readonly quantity: number; readonly orders: number };

const sideOf = (core: Core, side: Side): Levels => (side === "buy" ? core.buys : core.sells);

/** The levels of one side, best first. Orders without a price and all-or-none orders are in none. */
export function depthOf(core: Core, side: Side): DepthLevel[] {
  const { words } = core.pool;
  const levels = sideOf(core, side);
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

/** The best levels of one side, at most `max`. A book that keeps totals looks at no order. */
export function bestLevels(core: Core, side: Side, max: number): Level[] {
  const levels = sideOf(core, side);
  const best: Level[] = [];
  for (let key = levels.best; key < levels.count && best.length < max; key = levels.after(key)) {
    best.push(levelAt(core, levels, key));
  }
  return best;
}

/** Undefined when no order stands at the price. */
export function levelOf(core: Core, side: Side, price: number): Level | undefined {
  const levels = sideOf(core, side);
  const key = levels.keyOf(price);
  if (key < 0 || key >= levels.count || levels.headOf(key) === 0) return undefined;
  return levelAt(core, levels, key);
}

function levelAt(core: Core, levels: Levels, key: number): Level {
  const price = levels.priceOf(key);
  if (levels.keepsTotals) return { price, quantity: levels.quantityAt(key), orders: levels.ordersAt(key) };
  const { words } = core.pool;
  let quantity = 0;
  let orders = 0;
  for (let order = levels.headOf(key); order !== 0; order = words[order + NEXT] as number) {
    quantity += words[order + SHOWN] as number;
    orders++;
  }
  return { price, quantity, orders };
}
