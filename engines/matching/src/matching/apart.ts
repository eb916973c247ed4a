import type { Core } from "../store/core.ts";
import { makersOf } from "../store/core.ts";
import type { Levels } from "../store/levels.ts";
import { LEAVES, PRICE, TRAITS, timeAt } from "../store/pool.ts";
import { SELLS } from "../wire/traits.ts";
import { isOwn } from "./self-trade.ts";

/** The order that asks, and the all-or-none order that it came by last: best key first, then by time. */
export type Walk = { readonly taker: number; readonly levels: Levels; key: number; time: number; wanted: number };

export const walkOf = (core: Core, taker: number): Walk => ({
  taker,
  levels: makersOf(core, core.pool.words[taker + TRAITS] as number),
  key: -1,
  time: 0,
  wanted: 0,
});

/** The all-or-none order of the other side whose turn is next, up to a key; 0 when there is none. */
export function nextApart(core: Core, walk: Walk, limit: number): number {
  const { words, numbers } = core.pool;
  const { allOrNone } = core;
  const side = (words[walk.taker + TRAITS] as number) & SELLS;
  let found = 0;
  let foundKey = limit;
  let foundTime = Number.POSITIVE_INFINITY;
  for (let at = 0; at < allOrNone.count; at++) {
    const order = allOrNone.items[at] as number;
    if (((words[order + TRAITS] as number) & SELLS) === side) continue;
    const key = walk.levels.keyOf(words[order + PRICE] as number);
    const time = numbers[timeAt(order)] as number;
    if (key < walk.key || (key === walk.key && time <= walk.time)) continue;
    if (key > foundKey || (key === foundKey && time >= foundTime)) continue;
    found = order;
    foundKey = key;
    foundTime = time;
  }
  return found;
}

/** Remembers that an all-or-none order has had its turn. */
export function comeBy(core: Core, walk: Walk, order: number): void {
  walk.key = walk.levels.keyOf(core.pool.words[order + PRICE] as number);
  walk.time = core.pool.numbers[timeAt(order)] as number;
}

/** Whether an all-or-none maker is passed over by a taker that still wants so much. */
export function isPassedOver(core: Core, walk: Walk, order: number): boolean {
  return (core.pool.words[order + LEAVES] as number) > walk.wanted || isOwn(core, walk.taker, order);
}
