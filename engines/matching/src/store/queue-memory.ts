import type { Core } from "./core.ts";
import { levelsOf } from "./core.ts";
import type { Levels } from "./levels.ts";
import {
  AHEAD_ORDERS,
  AHEAD_QUANTITY,
  BETTER_ORDERS,
  BETTER_QUANTITY,
  NEXT,
  PRICE,
  rareAt,
  rareNumberAt,
  SHOWN,
  TRAITS,
} from "./pool.ts";

/** Orders and their shown quantity. */
export type Queue = { readonly orders: number; readonly quantity: number };

/** What stands ahead of an order: at its own price, and at better ones. */
export type Ahead = { readonly atPrice: Queue; readonly better: Queue };

/** What is shown in a level. */
function queueOf(core: Core, levels: Levels, key: number): Queue {
  if (levels.keepsTotals) return { orders: levels.ordersAt(key), quantity: levels.quantityAt(key) };
  return queueUntil(core, levels.headOf(key), 0);
}

/** What is shown in a level before an order that is in it. */
function queueUntil(core: Core, head: number, order: number): Queue {
  const { words } = core.pool;
  let orders = 0;
  let quantity = 0;
  for (let at = head; at !== 0 && at !== order; at = words[at + NEXT] as number) {
    orders++;
    quantity += words[at + SHOWN] as number;
  }
  return { orders, quantity };
}

/** What stands ahead of an order that rests. */
export function aheadOf(core: Core, order: number): Ahead {
  const { words } = core.pool;
  const levels = levelsOf(core, words[order + TRAITS] as number);
  const own = levels.keyOf(words[order + PRICE] as number);
  return { atPrice: queueUntil(core, levels.headOf(own), order), better: betterThan(core, levels, own) };
}

function betterThan(core: Core, levels: Levels, own: number): Queue {
  let orders = 0;
  let quantity = 0;
  for (let key = levels.best; key < own; key = levels.after(key)) {
    const level = queueOf(core, levels, key);
    orders += level.orders;
    quantity += level.quantity;
  }
  return { orders, quantity };
}

/** Of an order that comes to rest, before it does. */
export function rememberQueue(core: Core, order: number): void {
  const { words, rare, rareNumbers } = core.pool;
  const levels = levelsOf(core, words[order + TRAITS] as number);
  const own = levels.keyOf(words[order + PRICE] as number);
  const atPrice = queueOf(core, levels, own);
  const better = betterThan(core, levels, own);
  rare[rareAt(order) + AHEAD_ORDERS] = atPrice.orders;
  rare[rareAt(order) + BETTER_ORDERS] = better.orders;
  rareNumbers[rareNumberAt(order) + AHEAD_QUANTITY] = atPrice.quantity;
  rareNumbers[rareNumberAt(order) + BETTER_QUANTITY] = better.quantity;
}

export function rememberedQueue(core: Core, order: number): Ahead {
  const { rare, rareNumbers } = core.pool;
  const words = rareAt(order);
  const numbers = rareNumberAt(order);
  return {
    atPrice: {
      orders: rare[words + AHEAD_ORDERS] as number,
      quantity: rareNumbers[numbers + AHEAD_QUANTITY] as number,
    },
    better: {
      orders: rare[words + BETTER_ORDERS] as number,
      quantity: rareNumbers[numbers + BETTER_QUANTITY] as number,
    },
  };
}
