import * as accountWords from "../store/accounts.ts";
import type { Core } from "../store/core.ts";
import * as coreWords from "../store/core.ts";
import * as slots from "../store/pool.ts";
import { rareAt, rareNumberAt } from "../store/pool.ts";
import * as codes from "../wire/codes.ts";
import * as traitBits from "../wire/traits.ts";
import { kindOf } from "../wire/traits.ts";
import { costOfOne } from "./fees.ts";

const { ACCOUNT_NUMBERS, CASH, CASH_HELD, GOODS } = accountWords;
/** From what there is to what of it is held. */
const HELD = CASH_HELD - CASH;
const { ACCOUNT, BOUND, HELD_EACH, HOLDER, LEAVES, ORDER_WORDS, PRICE, TRAITS } = slots;
const { F_FEE, F_QUANTITY, F_VALUE } = coreWords;
const { LIMIT, STOP_LIMIT } = codes;
const { KIND_MASK, KIND_SHIFT, LISTED, SELLS } = traitBits;

/*
 * Money and goods set aside for orders of accounts with an allocation; all other orders pass by.
 */

/** What one step of an order holds: of goods itself, of money the most that it can cost at the price. */
export function eachOf(core: Core, traits: number, price: number): number {
  return (traits & SELLS) === 0 ? costOfOne(core.settings, price) : 1;
}

/** The price that a live order holds by: its limit, or what was found when it came in. */
function boundOf(core: Core, order: number): number {
  const { words, rare } = core.pool;
  const kind = kindOf(words[order + TRAITS] as number);
  const hasLimit = kind === LIMIT || kind === STOP_LIMIT;
  return hasLimit ? (words[order + PRICE] as number) : (rare[rareAt(order) + BOUND] as number);
}

/** Begins the hold of an order whose account has an allocation. */
export function hold(core: Core, order: number): void {
  const { words, rareNumbers } = core.pool;
  const index = core.accounts.indexOf(words[order + ACCOUNT] as number);
  words[order + HOLDER] = index;
  if (index === 0) return;
  const traits = words[order + TRAITS] as number;
  const each = eachOf(core, traits, boundOf(core, order));
  if ((traits & KIND_MASK) !== LIMIT << KIND_SHIFT) rareNumbers[rareNumberAt(order) + HELD_EACH] = each;
  core.accounts.move(index, heldOf(traits), each * (words[order + LEAVES] as number));
}

/** The same for a new limit order, unless the account has not what it would hold: then nothing, and false. */
export function holdLimit(core: Core, order: number): boolean {
  const { words } = core.pool;
  const index = core.accounts.indexOf(words[order + ACCOUNT] as number);
  words[order + HOLDER] = index;
  if (index === 0) return !core.settings.requiresAllocation;
  const { numbers } = core.accounts;
  const has = index * ACCOUNT_NUMBERS + CASH + ((words[order + TRAITS] as number) & SELLS);
  const held = (numbers[has + HELD] as number) + heldEach(core, order) * (words[order + LEAVES] as number);
  if (held > (numbers[has] as number)) return false;
  numbers[has + HELD] = held;
  return true;
}

/** What one step of a live order holds: of a limit it is found in its price, of others it is remembered. */
export function heldEach(core: Core, order: number): number {
  const { words, rareNumbers } = core.pool;
  const traits = words[order + TRAITS] as number;
  if ((traits & KIND_MASK) !== LIMIT << KIND_SHIFT) return rareNumbers[rareNumberAt(order) + HELD_EACH] as number;
  const sells = traits & SELLS;
  return sells + (1 - sells) * costOfOne(core.settings, words[order + PRICE] as number);
}

/** Goods follow cash as sells follow buys: nobody can foretell which of them a branch would take. */
const heldOf = (traits: number): number => CASH_HELD + (traits & SELLS);

/** Gives back what so much of the order held. */
export function release(core: Core, order: number, quantity: number): void {
  const { words } = core.pool;
  const index = words[order + HOLDER] as number;
  if (index === 0) return;
  const each = heldEach(core, order);
  const { numbers } = core.accounts;
  const at = index * ACCOUNT_NUMBERS + heldOf(words[order + TRAITS] as number);
  numbers[at] = (numbers[at] as number) - each * quantity;
}

/** Moves money and goods of an order's fill, and what was held for it. */
export function settleFill(core: Core, order: number): void {
  if (core.pool.words[order + HOLDER] === 0) return;
  const { numbers } = core.accounts;
  const held =
    (core.pool.words[order + HOLDER] as number) * ACCOUNT_NUMBERS + heldOf(core.pool.words[order + TRAITS] as number);
  numbers[held] = (numbers[held] as number) - heldEach(core, order) * (core.fill[F_QUANTITY] as number);
  moveFill(core, order);
}

/** Moves money and goods alone. */
export function moveFill(core: Core, order: number): void {
  const { words } = core.pool;
  const { fill } = core;
  const { numbers } = core.accounts;
  const index = words[order + HOLDER] as number;
  if (index === 0) return;
  const sign = 1 - 2 * ((words[order + TRAITS] as number) & SELLS);
  const at = index * ACCOUNT_NUMBERS;
  numbers[at + CASH] = (numbers[at + CASH] as number) - sign * (fill[F_VALUE] as number) - (fill[F_FEE] as number);
  numbers[at + GOODS] = (numbers[at + GOODS] as number) + sign * (fill[F_QUANTITY] as number);
}

/** Begins the holds of an account that has got its first allocation. */
export function holdAll(core: Core, account: number): void {
  const { end } = core.pool;
  for (let order = ORDER_WORDS; order < end; order += ORDER_WORDS) {
    if (isLiveOf(core, order, account)) hold(core, order);
  }
}

/** Takes the latest account out again, as if it had never had an allocation. */
export function holdNone(core: Core, account: number): void {
  const { words, end } = core.pool;
  for (let order = ORDER_WORDS; order < end; order += ORDER_WORDS) {
    if (isLiveOf(core, order, account)) words[order + HOLDER] = 0;
  }
  core.accounts.removeLatest();
}

function isLiveOf(core: Core, order: number, account: number): boolean {
  const { words } = core.pool;
  return words[order + ACCOUNT] === account && ((words[order + TRAITS] as number) & LISTED) !== 0;
}
