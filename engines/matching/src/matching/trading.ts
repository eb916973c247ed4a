import { cancelLinked } from "../orders/linked-orders.ts";
import type { Core } from "../store/core.ts";
import * as coreWords from "../store/core.ts";
import { levelsOf, stamp } from "../store/core.ts";
import * as slots from "../store/pool.ts";
import { cancel, drop, takeOut } from "../store/standing.ts";
import * as codes from "../wire/codes.ts";
import * as eventWords from "../wire/event-ring.ts";
import * as types from "../wire/event-types.ts";
import * as traitBits from "../wire/traits.ts";
import { feeOf } from "./fees.ts";
import { settleFill } from "./holds.ts";

const { DISPLAY, FILLED, LEAVES, NUMBER, PRICE, SHOWN, TRAITS } = slots;
const { BY_LINK, CLOSING_CROSS } = codes;
const {
  E_LEAVES,
  E_ORDER,
  E_OTHER,
  E_OTHER_LEAVES,
  E_PRICE,
  E_QUANTITY,
  E_SIDE,
  EVENT_WORDS,
  N_FIRST,
  N_SECOND,
  N_THIRD,
} = eventWords;
const { REFILLED, TRADE } = types;
const { ALL_OR_NONE, LINKED, PLACE_MASK, SELLS } = traitBits;
const { F_FEE, F_QUANTITY, F_VALUE } = coreWords;

/** One trade of what both have, at the maker's price, with all that follows for both. */
export function trade(core: Core, taker: number, maker: number): void {
  const { words } = core.pool;
  const makerTraits = words[maker + TRAITS] as number;
  const takerTraits = words[taker + TRAITS] as number;
  const takerLeaves = words[taker + LEAVES] as number;
  const makerLeaves = words[maker + LEAVES] as number;
  const shown = (makerTraits & ALL_OR_NONE) === 0 ? (words[maker + SHOWN] as number) : makerLeaves;
  const quantity = Math.min(takerLeaves, shown);
  const price = priceWith(core, maker);
  words[taker + LEAVES] = takerLeaves - quantity;
  words[taker + FILLED] = (words[taker + FILLED] as number) + quantity;
  words[maker + LEAVES] = makerLeaves - quantity;
  words[maker + FILLED] = (words[maker + FILLED] as number) + quantity;
  core.last = price;
  if (price > core.high) core.high = price;
  if (price < core.low || core.low < 0) core.low = price;

  const at = core.ring.add(TRADE);
  const events = core.ring.words;
  const numbers = core.ring.numbers;
  events[at + E_ORDER] = words[maker + NUMBER] as number;
  events[at + E_OTHER] = words[taker + NUMBER] as number;
  events[at + E_SIDE] = takerTraits & SELLS;
  events[at + E_PRICE] = price;
  events[at + E_QUANTITY] = quantity;
  events[at + E_LEAVES] = makerLeaves - quantity;
  events[at + E_OTHER_LEAVES] = takerLeaves - quantity;
  numbers[(at >> 1) + N_FIRST] = core.trades.add(price, quantity);
  numbers[(at >> 1) + N_SECOND] = 0;
  numbers[(at >> 1) + N_THIRD] = 0;
  if (core.charges) {
    chargeOne(core, maker, (at >> 1) + N_SECOND);
    chargeOne(core, taker, (at >> 1) + N_THIRD);
  }

  if (((takerTraits | makerTraits) & LINKED) !== 0) {
    takeShown(core, maker, quantity);
    cancelLinked(core, taker);
    // It may be one of the orders that the taker's trade has cancelled: then both are of one link.
    if (((words[maker + TRAITS] as number) & PLACE_MASK) === 0) {
      if (words[taker + LEAVES] !== 0) cancel(core, taker, BY_LINK);
      return;
    }
    cancelLinked(core, maker);
    finishMaker(core, maker);
  } else if (makerLeaves === quantity) {
    takeOut(core, maker);
    drop(core, maker);
  } else {
    takeShown(core, maker, quantity);
    if (shown === quantity) refill(core, maker);
  }
}

/** Of a trade with the maker: its own, but that the closing cross has one for all. */
export function priceWith(core: Core, maker: number): number {
  return core.phase === CLOSING_CROSS ? core.reference : (core.pool.words[maker + PRICE] as number);
}

/** Books the trade that was told last for one of its orders, whose fee is told at the index. */
function chargeOne(core: Core, order: number, index: number): void {
  const { settings, fill, ring } = core;
  const at = ring.end - EVENT_WORDS;
  const isMaker = index - (at >> 1) === N_SECOND;
  const quantity = ring.words[at + E_QUANTITY] as number;
  fill[F_QUANTITY] = quantity;
  fill[F_VALUE] = (ring.words[at + E_PRICE] as number) * quantity * settings.tickValue;
  fill[F_FEE] = feeOf(settings, fill[F_VALUE], isMaker ? settings.fees.makerBps : settings.fees.takerBps);
  ring.numbers[index] = fill[F_FEE];
  settleFill(core, order);
}

/** So much less of a maker is shown. */
export function takeShown(core: Core, maker: number, quantity: number): void {
  const { words } = core.pool;
  const traits = words[maker + TRAITS] as number;
  if ((traits & ALL_OR_NONE) !== 0) return;
  words[maker + SHOWN] = (words[maker + SHOWN] as number) - quantity;
  levelsOf(core, traits).shownChanged(words[maker + PRICE] as number, -quantity);
}

/** A maker without leaves is gone; one that shows nothing shows more. */
export function finishMaker(core: Core, maker: number): void {
  const { words } = core.pool;
  if (words[maker + LEAVES] === 0) {
    takeOut(core, maker);
    drop(core, maker);
  } else if (words[maker + SHOWN] === 0 && ((words[maker + TRAITS] as number) & ALL_OR_NONE) === 0) {
    refill(core, maker);
  }
}

/** Shows the next part of an iceberg, behind all others at its price. */
function refill(core: Core, maker: number): void {
  const { words } = core.pool;
  const levels = levelsOf(core, words[maker + TRAITS] as number);
  const display = words[maker + DISPLAY] as number;
  const leaves = words[maker + LEAVES] as number;
  levels.remove(words, maker);
  stamp(core, maker);
  words[maker + SHOWN] = Math.min(display, leaves);
  levels.append(words, maker);
  const at = core.ring.add(REFILLED);
  core.ring.words[at + E_ORDER] = words[maker + NUMBER] as number;
  core.ring.words[at + E_QUANTITY] = words[maker + SHOWN] as number;
}
