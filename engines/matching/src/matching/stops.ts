import { enter } from "../orders/entering.ts";
import { cancelLinked } from "../orders/linked-orders.ts";
import type { Core } from "../store/core.ts";
import { DISTANCE, EXTREME, NUMBER, rareAt, STEP, STOP_PRICE, TRAITS } from "../store/pool.ts";
import { NO_PRICE } from "../store/settings.ts";
import { Selection } from "../store/slot-set.ts";
import { takeOut } from "../store/standing.ts";
import { LIMIT, MARKET, STOP_LIMIT } from "../wire/codes.ts";
import { E_ORDER, E_PRICE } from "../wire/event-ring.ts";
import { TRAILED, TRIGGERED } from "../wire/event-types.ts";
import { FIRED, KIND_MASK, KIND_SHIFT, kindOf, SELLS, TRAILS_BY_BPS } from "../wire/traits.ts";
import { nextStop, noteStop } from "./dormant-stops.ts";

const WHOLE = 10_000;

/** Lets the next stop fire that the last trade has reached; whether there was one. */
export function fireStop(core: Core): boolean {
  const order = nextStop(core);
  if (order === 0) return false;
  const { words } = core.pool;
  const traits = words[order + TRAITS] as number;
  const at = core.ring.add(TRIGGERED);
  core.ring.words[at + E_ORDER] = words[order + NUMBER] as number;
  cancelLinked(core, order);
  takeOut(core, order);
  const kind = kindOf(traits) === STOP_LIMIT ? LIMIT : MARKET;
  words[order + TRAITS] = ((words[order + TRAITS] as number) & ~KIND_MASK) | (kind << KIND_SHIFT) | FIRED;
  enter(core, order);
  return true;
}

/** Lets trailing stops follow the best prices since the last settling. */
export function followTrades(core: Core): void {
  const { high, low } = core;
  core.high = NO_PRICE;
  core.low = NO_PRICE;
  if (core.trailing.count === 0 || (high === NO_PRICE && !core.trailsStale)) return;
  core.trailsStale = false;
  const trailing = new Selection();
  for (let at = 0; at < core.trailing.count; at++) trailing.add(core.trailing.items[at] as number);
  trailing.sortByTime(core.pool);
  for (let at = 0; at < trailing.count; at++) follow(core, trailing.items[at] as number, { high, low });
}

function follow(core: Core, order: number, { high, low }: { high: number; low: number }): void {
  const { words, rare } = core.pool;
  const at = rareAt(order);
  const traits = words[order + TRAITS] as number;
  const sells = (traits & SELLS) !== 0;
  const before = rare[at + EXTREME] as number;
  const stop = rare[at + STOP_PRICE] as number;
  const step = rare[at + STEP] as number;
  const now = sells ? high : low;
  const isBetter = sells ? now > before : now < before;
  const extreme = now !== NO_PRICE && (before === NO_PRICE || isBetter) ? now : before;
  if (extreme === NO_PRICE) return;
  rare[at + EXTREME] = extreme;
  const distance = distanceOf(traits, rare[at + DISTANCE] as number, extreme);
  const gap = sells ? extreme - distance - stop : stop - (extreme + distance);
  if (gap < step) return;
  const moved = gap - (gap % step);
  const next = sells ? stop + moved : stop - moved;
  if (next < core.settings.minPrice || next > core.settings.maxPrice) return;
  rare[at + STOP_PRICE] = next;
  noteStop(core, order);
  const event = core.ring.add(TRAILED);
  core.ring.words[event + E_ORDER] = words[order + NUMBER] as number;
  core.ring.words[event + E_PRICE] = next;
}

function distanceOf(traits: number, distance: number, extreme: number): number {
  if ((traits & TRAILS_BY_BPS) === 0) return distance;
  return Math.trunc((extreme * distance + WHOLE - 1) / WHOLE);
}
