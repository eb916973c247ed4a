import { noteStop } from "../matching/dormant-stops.ts";
import { release } from "../matching/holds.ts";
import * as codes from "../wire/codes.ts";
import * as eventWords from "../wire/event-ring.ts";
import * as types from "../wire/event-types.ts";
import * as traitBits from "../wire/traits.ts";
import { kindOf, placeOf, reasonOf, tifOf } from "../wire/traits.ts";
import type { Core } from "./core.ts";
import * as coreWords from "./core.ts";
import { levelsOf } from "./core.ts";
import { leaveLink } from "./link-rings.ts";
import * as slots from "./pool.ts";
import { rareNumberAt } from "./pool.ts";
import { rememberQueue } from "./queue-memory.ts";
import * as limits from "./settings.ts";
import type { SlotSet } from "./slot-set.ts";

const { GTD, PEGGED, TRAILING } = codes;
const { E_ORDER, E_OTHER, E_QUANTITY } = eventWords;
const { CANCELLED, PARKED_EVENT, UNPARKED } = types;
const {
  APART,
  DORMANT,
  IN_LEVEL,
  IN_MARKET_QUEUE,
  LINKED,
  LISTED,
  PARKED,
  PLACE_MASK,
  PLACE_SHIFT,
  REASON_MASK,
  REASON_SHIFT,
} = traitBits;
const { NEXT_EXPIRY } = coreWords;
const { DISPLAY, EXPIRES_AT, HOLDER, LEAVES, NUMBER, PRICE, SHOWN, TRAITS } = slots;
const { NO_PRICE } = limits;

/*
 * Where a live order stands, and how it comes there and goes. Nothing here matches.
 */

function putAt(core: Core, order: number, place: number): void {
  const { words } = core.pool;
  const traits = words[order + TRAITS] as number;
  words[order + TRAITS] = (traits & ~PLACE_MASK) | (place << PLACE_SHIFT) | LISTED;
  if ((traits & LISTED) === 0) list(core, order);
}

function watch(core: Core, set: SlotSet, order: number): void {
  set.add(order);
  core.watched++;
}

function unwatch(core: Core, set: SlotSet, order: number): void {
  set.remove(order);
  core.watched--;
}

/** From now on the number leads to the order. */
function list(core: Core, order: number): void {
  const { words } = core.pool;
  const traits = words[order + TRAITS] as number;
  core.ids.add(order);
  if (kindOf(traits) === PEGGED) watch(core, core.pegs, order);
  if (tifOf(traits) !== GTD) return;
  core.dated.add(order);
  const expiresAt = core.pool.rareNumbers[rareNumberAt(order) + EXPIRES_AT] as number;
  if (expiresAt < (core.clock[NEXT_EXPIRY] as number)) core.clock[NEXT_EXPIRY] = expiresAt;
}

/** Behind all others at its price; shows all of itself or its display. */
export function rest(core: Core, order: number): void {
  const { words } = core.pool;
  const display = words[order + DISPLAY] as number;
  const leaves = words[order + LEAVES] as number;
  words[order + SHOWN] = display !== 0 && display < leaves ? display : leaves;
  const levels = levelsOf(core, words[order + TRAITS] as number);
  if (core.remembersQueues) rememberQueue(core, order);
  levels.append(words, order);
  putAt(core, order, IN_LEVEL);
}

export function restWithoutPrice(core: Core, order: number): void {
  const { words } = core.pool;
  words[order + SHOWN] = words[order + LEAVES] as number;
  levelsOf(core, words[order + TRAITS] as number).appendToMarket(words, order);
  core.marketOrders++;
  putAt(core, order, IN_MARKET_QUEUE);
}

export function setApart(core: Core, order: number): void {
  watch(core, core.allOrNone, order);
  putAt(core, order, APART);
}

export function sleep(core: Core, order: number): void {
  noteStop(core, order);
  if (kindOf(core.pool.words[order + TRAITS] as number) === TRAILING) core.trailing.add(order);
  watch(core, core.dormant, order);
  putAt(core, order, DORMANT);
}

/** Says `parked`. */
export function park(core: Core, order: number, reason: number): void {
  const { words } = core.pool;
  const at = core.ring.add(PARKED_EVENT);
  core.ring.words[at + E_ORDER] = words[order + NUMBER] as number;
  words[order + TRAITS] = ((words[order + TRAITS] as number) & ~REASON_MASK) | (reason << REASON_SHIFT);
  if (kindOf(words[order + TRAITS] as number) === PEGGED) words[order + PRICE] = NO_PRICE;
  core.parked.add(order);
  putAt(core, order, PARKED);
}

/** Says `unparked` and takes the order out; it must be put somewhere at once. */
export function unpark(core: Core, order: number): void {
  const at = core.ring.add(UNPARKED);
  core.ring.words[at + E_ORDER] = core.pool.words[order + NUMBER] as number;
  takeOut(core, order);
}

export function isParkedFor(core: Core, order: number, reason: number): boolean {
  const traits = core.pool.words[order + TRAITS] as number;
  return placeOf(traits) === PARKED && reasonOf(traits) === reason;
}

export function parkFor(core: Core, order: number, reason: number): void {
  const { words } = core.pool;
  words[order + TRAITS] = ((words[order + TRAITS] as number) & ~REASON_MASK) | (reason << REASON_SHIFT);
}

/** Takes a live order from where it stands; it stays live. */
export function takeOut(core: Core, order: number): void {
  const { words } = core.pool;
  const traits = words[order + TRAITS] as number;
  const place = placeOf(traits);
  words[order + TRAITS] = traits & ~PLACE_MASK;
  if (place === IN_LEVEL) levelsOf(core, traits).remove(words, order);
  else if (place === IN_MARKET_QUEUE) {
    levelsOf(core, traits).removeFromMarket(words, order);
    core.marketOrders--;
  } else if (place === APART) unwatch(core, core.allOrNone, order);
  else if (place === PARKED) core.parked.remove(order);
  else if (place === DORMANT) {
    unwatch(core, core.dormant, order);
    if (kindOf(traits) === TRAILING) core.trailing.remove(order);
  }
}

/** The end of an order that is nowhere any more: holds, links and its number are given back, then its slot. */
export function drop(core: Core, order: number): void {
  const { words } = core.pool;
  const traits = words[order + TRAITS] as number;
  if (words[order + HOLDER] !== 0) release(core, order, words[order + LEAVES] as number);
  if ((traits & LINKED) !== 0) leaveLink(core, order);
  if ((traits & LISTED) !== 0) {
    core.ids.remove(order);
    if (kindOf(traits) === PEGGED) unwatch(core, core.pegs, order);
    if (tifOf(traits) === GTD) core.dated.remove(order);
  }
  core.pool.give(order);
}

export function sayCancelled(core: Core, order: number, reason: number): void {
  const at = core.ring.add(CANCELLED);
  const { words } = core.ring;
  words[at + E_ORDER] = core.pool.words[order + NUMBER] as number;
  words[at + E_OTHER] = reason;
  words[at + E_QUANTITY] = core.pool.words[order + LEAVES] as number;
}

/** Cancels what is left of an order, wherever it is. The one that is matching is only marked: its matching ends. */
export function cancel(core: Core, order: number, reason: number): void {
  sayCancelled(core, order, reason);
  if (order === core.taker) {
    core.takerGone = true;
    return;
  }
  takeOut(core, order);
  drop(core, order);
}

/** Puts an order that comes from a snapshot where its traits say, shown as it was. */
export function standAgain(core: Core, order: number): void {
  const { words } = core.pool;
  const traits = words[order + TRAITS] as number;
  const place = placeOf(traits);
  words[order + TRAITS] = traits & ~LISTED;
  if (place === DORMANT) return sleep(core, order);
  if (place === APART) return setApart(core, order);
  if (place === IN_LEVEL) levelsOf(core, traits).append(words, order);
  else if (place === IN_MARKET_QUEUE) {
    levelsOf(core, traits).appendToMarket(words, order);
    core.marketOrders++;
  } else core.parked.add(order);
  putAt(core, order, place);
}
