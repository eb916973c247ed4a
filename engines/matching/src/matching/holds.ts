import { CASH, CASH_HELD, GOODS, GOODS_HELD } from "../store/accounts.ts";
import type { Core } from "../store/core.ts";
import {
  ACCOUNT,
  BOUND,
  HELD_EACH,
  HOLDER,
  LEAVES,
  ORDER_WORDS,
  PRICE,
  rareAt,
  rareNumberAt,
  TRAITS,
} from "../store/pool.ts";
import { LIMIT, STOP_LIMIT } from "../wire/codes.ts";
import { kindOf, LISTED, SELLS } from "../wire/traits.ts";
import { costOfOne } from "./fees.ts";

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
  rareNumbers[rareNumberAt(order) + HELD_EACH] = each;
  core.accounts.move(index, heldOf(traits), each * (words[order + LEAVES] as number));
}

/** Holds by what the order's price is now. */
export function holdAnew(core: Core, order: number): void {
  if (core.pool.words[order + HOLDER] === 0) return;
  release(core, order, core.pool.words[order + LEAVES] as number);
  hold(core, order);
}

const heldOf = (traits: number): number => ((traits & SELLS) === 0 ? CASH_HELD : GOODS_HELD);

/** Gives back what so much of the order held. */
export function release(core: Core, order: number, quantity: number): void {
  const { words, rareNumbers } = core.pool;
  const index = words[order + HOLDER] as number;
  if (index === 0) return;
  const each = rareNumbers[rareNumberAt(order) + HELD_EACH] as number;
  core.accounts.move(index, heldOf(words[order + TRAITS] as number), -each * quantity);
}

/** What `core.fill` holds of the fill that is being booked: how much, its value and its fee. */
export const F_QUANTITY = 0;
export const F_VALUE = 1;
export const F_FEE = 2;

/** Moves money and goods of an order's fill, and what was held for it. */
export function settleFill(core: Core, order: number): void {
  if (core.pool.words[order + HOLDER] === 0) return;
  release(core, order, core.fill[F_QUANTITY] as number);
  moveFill(core, order);
}

/** Moves money and goods alone. */
export function moveFill(core: Core, order: number): void {
  const { words } = core.pool;
  const { fill, accounts } = core;
  const index = words[order + HOLDER] as number;
  if (index === 0) return;
  const sign = ((words[order + TRAITS] as number) & SELLS) === 0 ? 1 : -1;
  accounts.move(index, CASH, -sign * (fill[F_VALUE] as number) - (fill[F_FEE] as number));
  accounts.move(index, GOODS, sign * (fill[F_QUANTITY] as number));
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
