import { costOfOne } from "../matching/fees.ts";
import { hold } from "../matching/holds.ts";
import { match } from "../matching/matching.ts";
import type { Core } from "../store/core.ts";
import { makersOf, stamp, UNINTERRUPTED } from "../store/core.ts";
import {
  ACCOUNT,
  DISPLAY,
  FILLED,
  GROUP,
  HELD_EACH,
  HOLDER,
  LEAVES,
  LINK,
  NUMBER,
  PRICE,
  rareNumberAt,
  SESSION,
  TRAITS,
} from "../store/pool.ts";
import { isOnStep } from "../store/price-steps.ts";
import { drop, takeOut } from "../store/standing.ts";
import { CONTINUOUS, DAY, GTC, IOC } from "../wire/codes.ts";
import { E_ORDER, E_OTHER } from "../wire/event-ring.ts";
import { REPLACED } from "../wire/event-types.ts";
import {
  M_GROUP,
  M_PRICE,
  M_QUANTITY,
  M_SELF_TRADE,
  M_SESSION,
  R_ACCOUNT,
  R_GROUP,
  R_MEMBERS,
  R_NEW_ORDER,
  R_ORDER,
  R_PRICE,
  R_QUANTITY,
  R_SESSION,
  R_TRAITS,
} from "../wire/record.ts";
import {
  ALL_OR_NONE,
  ICEBERG,
  IN_LEVEL,
  KIND_MASK,
  LINKED,
  PLACE_MASK,
  PLACE_SHIFT,
  POST_MASK,
  SELLS,
  SENT_TRAITS,
  TIF_MASK,
  TIF_SHIFT,
} from "../wire/traits.ts";
import { finish } from "./entering.ts";
import { traitsOf } from "./intentions.ts";
import { sayAccepted } from "./new-order.ts";

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
  if (!isWithin(core, price, quantity) || core.ids.get(number) !== 0) return false;
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
  if ((core.accounts.count !== 0 || core.settings.requiresAllocation) && !canHold(core, order)) {
    core.pool.give(order);
    return false;
  }
  sayAccepted(core, number);
  run(core, order);
  return true;
}

/** Whether the replacement of an order was plain and is done with. */
export function replacePlain(core: Core, record: Int32Array, offset: number): boolean {
  const old = core.ids.get(record[offset + R_ORDER] as number);
  const { words } = core.pool;
  const account = record[offset + R_ACCOUNT] as number;
  if (old === 0 || words[old + ACCOUNT] !== account || core.phase !== CONTINUOUS) return false;
  const traits = words[old + TRAITS] as number;
  const isRare = (traits & (RARE_TRAITS | ICEBERG | LINKED)) !== 0;
  if (isRare || (traits & PLACE_MASK) >> PLACE_SHIFT !== IN_LEVEL) return false;
  if ((PLAIN_TIMES & (1 << ((traits & TIF_MASK) >> TIF_SHIFT))) === 0) return false;
  const hasPrice = ((record[offset + R_MEMBERS] as number) & M_PRICE) !== 0;
  const price = hasPrice ? (record[offset + R_PRICE] as number) : (words[old + PRICE] as number);
  const quantity = record[offset + R_QUANTITY] as number;
  const number = record[offset + R_NEW_ORDER] as number;
  if (!isWithin(core, price, quantity) || core.ids.get(number) !== 0) return false;
  if (core.blocked.size !== 0 && core.blocked.get(account) !== 0) return false;
  if (words[old + HOLDER] !== 0 && !coversReplacement(core, old, costOf(core, traits, price) * quantity)) return false;
  const at = core.ring.add(REPLACED);
  core.ring.words[at + E_ORDER] = words[old + NUMBER] as number;
  core.ring.words[at + E_OTHER] = number;
  const group = words[old + GROUP] as number;
  const session = words[old + SESSION] as number;
  takeOut(core, old);
  drop(core, old);
  const order = core.pool.take();
  words[order + PRICE] = price;
  words[order + LEAVES] = quantity;
  words[order + TRAITS] = traits & SENT_TRAITS;
  words[order + NUMBER] = number;
  words[order + ACCOUNT] = account;
  words[order + GROUP] = group;
  words[order + SESSION] = session;
  run(core, order);
  return true;
}

/** Whether nothing in the numbers could be refused. */
function isWithin(core: Core, price: number, quantity: number): boolean {
  const { settings } = core;
  if (quantity < settings.minQuantity || quantity > settings.maxQuantity || quantity < 1) return false;
  if (price < core.lowest || price > core.highest) return false;
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
  const { words, rareNumbers } = core.pool;
  const { accounts } = core;
  const index = words[old + HOLDER] as number;
  const given = (rareNumbers[rareNumberAt(old) + HELD_EACH] as number) * (words[old + LEAVES] as number);
  const isSell = ((words[old + TRAITS] as number) & SELLS) !== 0;
  return needed <= given + (isSell ? accounts.freeGoods(index) : accounts.freeCash(index));
}

/** Whether the account has what the order would hold, or needs nothing. */
function canHold(core: Core, order: number): boolean {
  const { words } = core.pool;
  const index = core.accounts.indexOf(words[order + ACCOUNT] as number);
  if (index === 0) return !core.settings.requiresAllocation;
  const quantity = words[order + LEAVES] as number;
  if (((words[order + TRAITS] as number) & SELLS) !== 0) return quantity <= core.accounts.freeGoods(index);
  const each = costOfOne(core.settings, words[order + PRICE] as number);
  return each * quantity <= core.accounts.freeCash(index);
}

function run(core: Core, order: number): void {
  const { words } = core.pool;
  words[order + FILLED] = 0;
  words[order + DISPLAY] = 0;
  words[order + LINK] = 0;
  words[order + HOLDER] = 0;
  if (core.accounts.count !== 0) hold(core, order);
  stamp(core, order);
  const makers = makersOf(core, words[order + TRAITS] as number);
  const meetsNone = makers.best > makers.keyOf(words[order + PRICE] as number) && core.allOrNone.count === 0;
  if (meetsNone) {
    core.takerGone = false;
    core.interruption = UNINTERRUPTED;
  } else match(core, order);
  finish(core, order);
}
