import { costOfOne } from "../matching/fees.ts";
import { heldEach, hold, holdLimit, release } from "../matching/holds.ts";
import { match } from "../matching/matching.ts";
import { takePlain } from "../matching/plain-trading.ts";
import type { Core } from "../store/core.ts";
import * as times from "../store/core.ts";
import type { Levels } from "../store/levels.ts";
import * as slots from "../store/pool.ts";
import { isOnStep } from "../store/price-steps.ts";
import { rememberQueue } from "../store/queue-memory.ts";
import * as codes from "../wire/codes.ts";
import * as eventWords from "../wire/event-ring.ts";
import * as types from "../wire/event-types.ts";
import * as recordWords from "../wire/record.ts";
import * as bits from "../wire/traits.ts";
import { finish } from "./entering.ts";
import { traitsOf } from "./intentions.ts";

const { stamp } = times;
const { ACCOUNT, DISPLAY, FILLED, GROUP, HOLDER, LEAVES, NUMBER, PRICE, SESSION, SHOWN, TRAITS } = slots;
const { BY_IOC, BY_USER, CONTINUOUS, DAY, GTC, IOC } = codes;
const { E_ORDER, E_OTHER, E_QUANTITY } = eventWords;
const { ACCEPTED, CANCELLED, REPLACED } = types;
const { M_GROUP, M_PRICE, M_QUANTITY, M_SELF_TRADE, M_SESSION } = recordWords;
const { R_ACCOUNT, R_GROUP, R_MEMBERS, R_NEW_ORDER, R_ORDER, R_PRICE, R_QUANTITY, R_SESSION, R_TRAITS } = recordWords;
const { ALL_OR_NONE, IN_LEVEL, KIND_MASK, LISTED, PLACE_SHIFT, PLAIN, PLAIN_MASK, POST_MASK } = bits;
const { SELLS, SENT_TRAITS, TIF_MASK, TIF_SHIFT } = bits;

/*
 * The short way of what nearly all orders are: limits without anything rare, in continuous trading. Whatever is not so,
 * or might have to be refused, goes the long way, which comes to the same.
 */

/** Members that a plain order may have besides its price. */
const PLAIN_MEMBERS = M_QUANTITY | M_SELF_TRADE | M_GROUP | M_SESSION;
/** What a plain order is not. */
const RARE_TRAITS = KIND_MASK | POST_MASK | ALL_OR_NONE;
const PLAIN_TIMES = (1 << GTC) | (1 << DAY) | (1 << IOC);

/** Whether the order was plain and is done with. */
export function addPlain(core: Core, record: Int32Array, offset: number): boolean {
  const members = record[offset + R_MEMBERS] as number;
  const sent = record[offset + R_TRAITS] as number;
  const account = record[offset + R_ACCOUNT] as number;
  const number = record[offset + R_ORDER] as number;
  const price = record[offset + R_PRICE] as number;
  const quantity = record[offset + R_QUANTITY] as number;
  if (core.phase !== CONTINUOUS || (members & ~PLAIN_MEMBERS) !== M_PRICE || (sent & RARE_TRAITS) !== 0) return false;
  if ((PLAIN_TIMES & (1 << ((sent & TIF_MASK) >> TIF_SHIFT))) === 0) return false;
  if (!isWithin(core, price, quantity) || core.ids.has(number)) return false;
  if (core.blocked.size !== 0 && core.blocked.get(account) !== 0) return false;
  const order = core.pool.take();
  const { words } = core.pool;
  words[order + PRICE] = price;
  words[order + LEAVES] = quantity;
  words[order + TRAITS] = traitsOf(core, sent, members);
  words[order + NUMBER] = number;
  words[order + ACCOUNT] = account;
  words[order + GROUP] = (members & M_GROUP) !== 0 ? (record[offset + R_GROUP] as number) : account;
  words[order + SESSION] = (members & M_SESSION) !== 0 ? (record[offset + R_SESSION] as number) : 0;
  words[order + HOLDER] = 0;
  if ((core.accounts.count !== 0 || core.settings.requiresAllocation) && !holdLimit(core, order)) {
    core.pool.give(order);
    return false;
  }
  const at = core.ring.add(ACCEPTED);
  core.ring.words[at + E_ORDER] = number;
  run(core, order);
  return true;
}

/** Whether the order was plain and is gone. */
export function cancelPlain(core: Core, record: Int32Array, offset: number): boolean {
  const order = core.ids.get(record[offset + R_ORDER] as number);
  const { words } = core.pool;
  if (order === 0 || words[order + ACCOUNT] !== record[offset + R_ACCOUNT]) return false;
  if (((words[order + TRAITS] as number) & PLAIN_MASK) !== PLAIN) return false;
  sayPlainCancelled(core, order, BY_USER);
  leave(core, order);
  return true;
}

/** Whether the replacement of an order was plain and is done with. */
export function replacePlain(core: Core, record: Int32Array, offset: number): boolean {
  const old = core.ids.get(record[offset + R_ORDER] as number);
  const { words } = core.pool;
  const account = record[offset + R_ACCOUNT] as number;
  if (old === 0 || words[old + ACCOUNT] !== account || core.phase !== CONTINUOUS) return false;
  const traits = words[old + TRAITS] as number;
  if ((traits & (PLAIN_MASK | POST_MASK)) !== PLAIN) return false;
  const hasPrice = ((record[offset + R_MEMBERS] as number) & M_PRICE) !== 0;
  const price = hasPrice ? (record[offset + R_PRICE] as number) : (words[old + PRICE] as number);
  const quantity = record[offset + R_QUANTITY] as number;
  const number = record[offset + R_NEW_ORDER] as number;
  if (!isWithin(core, price, quantity) || core.ids.has(number)) return false;
  if (core.blocked.size !== 0 && core.blocked.get(account) !== 0) return false;
  if (words[old + HOLDER] !== 0 && !coversReplacement(core, old, costOf(core, traits, price) * quantity)) return false;
  const at = core.ring.add(REPLACED);
  core.ring.words[at + E_ORDER] = words[old + NUMBER] as number;
  core.ring.words[at + E_OTHER] = number;
  const group = words[old + GROUP] as number;
  const session = words[old + SESSION] as number;
  leave(core, old);
  const order = core.pool.take();
  words[order + PRICE] = price;
  words[order + LEAVES] = quantity;
  words[order + TRAITS] = traits & SENT_TRAITS;
  words[order + NUMBER] = number;
  words[order + ACCOUNT] = account;
  words[order + GROUP] = group;
  words[order + SESSION] = session;
  words[order + HOLDER] = 0;
  if (core.accounts.count !== 0) hold(core, order);
  run(core, order);
  return true;
}

/** Whether nothing in the numbers could be refused. */
function isWithin(core: Core, price: number, quantity: number): boolean {
  const { settings } = core;
  if (quantity < settings.minQuantity || quantity > settings.maxQuantity || quantity < 1) return false;
  if (price < core.lowest || price > core.highest) return false;
  if (settings.takesAny) return true;
  return fitsSteps(core, price, quantity);
}

function fitsSteps({ settings }: Core, price: number, quantity: number): boolean {
  if (settings.quantityStep !== 1 && quantity % settings.quantityStep !== 0) return false;
  if (settings.hasSteps && !isOnStep(settings, price)) return false;
  return !settings.bounded || price * quantity * settings.tickValue <= settings.maxValue;
}

/** What one step of an order at a price needs. */
function costOf(core: Core, traits: number, price: number): number {
  return (traits & SELLS) === 0 ? costOfOne(core.settings, price) : 1;
}

/** Whether what is available and what the old order gives back are enough for so much. */
function coversReplacement(core: Core, old: number, needed: number): boolean {
  const { words } = core.pool;
  const { accounts } = core;
  const index = words[old + HOLDER] as number;
  const given = heldEach(core, old) * (words[old + LEAVES] as number);
  const isSell = ((words[old + TRAITS] as number) & SELLS) !== 0;
  return needed <= given + (isSell ? accounts.freeGoods(index) : accounts.freeCash(index));
}

/** Lets an order that is nowhere take what it can, then rest or go. */
function run(core: Core, order: number): void {
  const { words } = core.pool;
  words[order + FILLED] = 0;
  words[order + DISPLAY] = 0;
  stamp(core, order);
  const traits = words[order + TRAITS] as number;
  const makers = core.sides[(traits & SELLS) ^ SELLS] as Levels;
  const limit = makers.keyOf(words[order + PRICE] as number);
  if ((core.allOrNone.count !== 0 || makers.best <= limit) && !takePlain(core, order, limit)) {
    match(core, order);
    finish(core, order);
  } else if (words[order + LEAVES] === 0) core.pool.give(order);
  else if ((traits & TIF_MASK) === IOC << TIF_SHIFT) {
    sayPlainCancelled(core, order, BY_IOC);
    if (words[order + HOLDER] !== 0) release(core, order, words[order + LEAVES] as number);
    core.pool.give(order);
  } else restPlain(core, order, core.sides[traits & SELLS] as Levels);
}

function restPlain(core: Core, order: number, levels: Levels): void {
  const { words } = core.pool;
  words[order + SHOWN] = words[order + LEAVES] as number;
  if (core.remembersQueues) rememberQueue(core, order);
  levels.append(words, order);
  words[order + TRAITS] = (words[order + TRAITS] as number) | (IN_LEVEL << PLACE_SHIFT) | LISTED;
  core.ids.add(order);
}

/** Takes a plain order that rests out of the book. */
function leave(core: Core, order: number): void {
  const { words } = core.pool;
  const levels = core.sides[(words[order + TRAITS] as number) & SELLS] as Levels;
  levels.remove(words, order);
  if (words[order + HOLDER] !== 0) release(core, order, words[order + LEAVES] as number);
  core.ids.remove(order);
  core.pool.give(order);
}

function sayPlainCancelled(core: Core, order: number, reason: number): void {
  const at = core.ring.add(CANCELLED);
  const { words } = core.ring;
  words[at + E_ORDER] = core.pool.words[order + NUMBER] as number;
  words[at + E_OTHER] = reason;
  words[at + E_QUANTITY] = core.pool.words[order + LEAVES] as number;
}
