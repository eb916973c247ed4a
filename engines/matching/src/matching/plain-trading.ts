import type { Core } from "../store/core.ts";
import * as coreWords from "../store/core.ts";
import type { Levels } from "../store/levels.ts";
import * as slots from "../store/pool.ts";
import * as eventWords from "../wire/event-ring.ts";
import * as types from "../wire/event-types.ts";
import * as bits from "../wire/traits.ts";
import { feeOf } from "./fees.ts";
import { settleFill } from "./holds.ts";

const { FILLED, GROUP, LEAVES, NUMBER, PRICE, SHOWN, TRAITS } = slots;
const { E_LEAVES, E_ORDER, E_OTHER, E_OTHER_LEAVES, E_PRICE, E_QUANTITY, E_SIDE, EVENT_WORDS } = eventWords;
const { N_FIRST, N_SECOND, N_THIRD } = eventWords;
const { F_FEE, F_QUANTITY, F_VALUE } = coreWords;
const { TRADE } = types;
const { MODE_MASK, PLAIN, PLAIN_MASK, SELLS } = bits;

/*
 * Trades between plain orders; see `orders/plain.ts`.
 */

/**
 * Lets a plain order take what its limit allows as long as the makers are plain too. False when something else is in
 * the way and its matching is not over.
 */
export function takePlain(core: Core, taker: number, limit: number): boolean {
  if (core.allOrNone.count !== 0 || core.guarded) return false;
  const { words } = core.pool;
  const traits = words[taker + TRAITS] as number;
  const makers = core.sides[(traits & SELLS) ^ SELLS] as Levels;
  while (makers.best <= limit) {
    const maker = makers.headOf(makers.best);
    if (((words[maker + TRAITS] as number) & PLAIN_MASK) !== PLAIN) return false;
    if ((traits & MODE_MASK) !== 0 && words[taker + GROUP] === words[maker + GROUP]) return false;
    tradePlain(core, taker, maker);
    if (words[maker + LEAVES] === 0) {
      makers.remove(words, maker);
      core.ids.remove(maker);
      core.pool.give(maker);
    }
    if (words[taker + LEAVES] === 0) return true;
  }
  return true;
}

/** A trade of what both have. */
function tradePlain(core: Core, taker: number, maker: number): void {
  const { words } = core.pool;
  const takerLeaves = words[taker + LEAVES] as number;
  const makerLeaves = words[maker + LEAVES] as number;
  const quantity = Math.min(takerLeaves, makerLeaves);
  const price = words[maker + PRICE] as number;
  words[taker + LEAVES] = takerLeaves - quantity;
  words[taker + FILLED] = (words[taker + FILLED] as number) + quantity;
  words[maker + LEAVES] = makerLeaves - quantity;
  words[maker + FILLED] = (words[maker + FILLED] as number) + quantity;
  core.last = price;
  if (price > core.high) core.high = price;
  if (price < core.low || core.low < 0) core.low = price;
  const at = core.ring.add(TRADE);
  const { words: events, numbers } = core.ring;
  const side = (words[taker + TRAITS] as number) & SELLS;
  events[at + E_ORDER] = words[maker + NUMBER] as number;
  events[at + E_OTHER] = words[taker + NUMBER] as number;
  events[at + E_SIDE] = side;
  events[at + E_PRICE] = price;
  events[at + E_QUANTITY] = quantity;
  events[at + E_LEAVES] = makerLeaves - quantity;
  events[at + E_OTHER_LEAVES] = takerLeaves - quantity;
  numbers[(at >> 1) + N_FIRST] = core.trades.add(price, quantity);
  numbers[(at >> 1) + N_SECOND] = 0;
  numbers[(at >> 1) + N_THIRD] = 0;
  if (core.charges) charge(core, taker, maker);
  if (makerLeaves === quantity) return;
  words[maker + SHOWN] = makerLeaves - quantity;
  (core.sides[side ^ SELLS] as Levels).shownChanged(price, -quantity);
}

/** Books the trade that was told last for both of its orders. */
function charge(core: Core, taker: number, maker: number): void {
  const { fill, settings } = core;
  const { words, numbers, end } = core.ring;
  const at = end - EVENT_WORDS;
  const quantity = words[at + E_QUANTITY] as number;
  const value = (words[at + E_PRICE] as number) * quantity * settings.tickValue;
  fill[F_QUANTITY] = quantity;
  fill[F_VALUE] = value;
  fill[F_FEE] = feeOf(settings, value, settings.fees.makerBps);
  numbers[(at >> 1) + N_SECOND] = fill[F_FEE];
  settleFill(core, maker);
  fill[F_FEE] = feeOf(settings, value, settings.fees.takerBps);
  numbers[(at >> 1) + N_THIRD] = fill[F_FEE];
  settleFill(core, taker);
}
