import type { Rejection } from "../events.ts";
import { noteStop } from "../matching/dormant-stops.ts";
import { hold, release } from "../matching/holds.ts";
import type { Core } from "../store/core.ts";
import { levelsOf, stamp } from "../store/core.ts";
import { ACCOUNT, BOUND, CAP, DISPLAY, LEAVES, PRICE, rareAt, SHOWN, STOP_PRICE, TRAITS } from "../store/pool.ts";
import { cancel, drop, takeOut } from "../store/standing.ts";
import { BY_AMEND, PEGGED } from "../wire/codes.ts";
import { E_ORDER, E_OTHER } from "../wire/event-ring.ts";
import { AMEND_REJECTED, AMENDED, REPLACED } from "../wire/event-types.ts";
import {
  M_DISPLAY,
  M_PRICE,
  M_QUANTITY,
  M_STOP,
  R_ACCOUNT,
  R_DISPLAY,
  R_MEMBERS,
  R_NEW_ORDER,
  R_ORDER,
  R_PRICE,
  R_QUANTITY,
  R_STOP,
} from "../wire/record.ts";
import { ALL_OR_NONE, DORMANT, ICEBERG, IN_LEVEL, IN_MARKET_QUEUE, PARKED, placeOf } from "../wire/traits.ts";
import { checkContent, checkOrder, checkPhase, checkStanding } from "./checks.ts";
import { offendingChange } from "./combinations.ts";
import { enter } from "./entering.ts";
import type { Intent } from "./intent.ts";
import { intentOf } from "./intentions.ts";
import { admit } from "./new-order.ts";
import { sayRejected, sayUnknownOrder } from "./rejecting.ts";
import { worstPriceOf } from "./worst-price.ts";

/** `amend`: a live order becomes another, in its place where that costs nobody else anything. */
export function amendOrder(core: Core, record: Int32Array, offset: number): void {
  const number = record[offset + R_ORDER] as number;
  const order = ownOrder(core, number, record[offset + R_ACCOUNT] as number);
  if (order === 0) return sayUnknownOrder(core, AMEND_REJECTED, number);
  const changed = record[offset + R_MEMBERS] as number;
  const intent = intentOf(core, order);
  if ((changed & M_PRICE) !== 0) intent.price = record[offset + R_PRICE] as number;
  if ((changed & M_QUANTITY) !== 0) intent.quantity = record[offset + R_QUANTITY] as number;
  if ((changed & M_DISPLAY) !== 0) intent.display = record[offset + R_DISPLAY] as number;
  if ((changed & M_STOP) !== 0) intent.stopPrice = record[offset + R_STOP] as number;
  intent.members |= changed & (M_PRICE | M_DISPLAY | M_STOP);
  const field = offendingChange(intent, changed);
  const early =
    checkStanding(core, intent) ??
    (field === undefined ? undefined : { code: "combination_not_allowed" as const, field });
  if (early !== undefined) return refuse(core, number, early);
  if (intent.quantity <= intent.filled) return cancel(core, order, BY_AMEND);
  const rejection = checkPhase(core, intent) ?? checkContent(core, intent);
  if (rejection !== undefined) return refuse(core, number, rejection);
  apply(core, order, intent);
}

/** The live order of that number, if it is that account's; else 0. */
export function ownOrder(core: Core, number: number, account: number): number {
  const order = core.ids.get(number);
  return order !== 0 && core.pool.words[order + ACCOUNT] === account ? order : 0;
}

function refuse(core: Core, number: number, rejection: Rejection): void {
  sayRejected(core, { type: AMEND_REJECTED, number }, rejection);
}

function apply(core: Core, order: number, intent: Intent): void {
  const { words } = core.pool;
  const traits = words[order + TRAITS] as number;
  const place = placeOf(traits);
  const kept = keepsPriority(core, order, intent);
  const at = core.ring.add(AMENDED);
  core.ring.words[at + E_ORDER] = intent.number;
  core.ring.words[at + E_OTHER] = kept ? 1 : 0;
  const stays = kept || place === DORMANT || place === PARKED;
  if (!stays) takeOut(core, order);
  release(core, order, words[order + LEAVES] as number);
  change(core, order, intent);
  hold(core, order);
  if (!stays) return enter(core, order);
  if (!kept) stamp(core, order);
  if (place === DORMANT) noteStop(core, order);
}

/** Exactly when nobody behind it loses by it. */
function keepsPriority(core: Core, order: number, intent: Intent): boolean {
  const { words, rare } = core.pool;
  const traits = words[order + TRAITS] as number;
  const at = rareAt(order);
  const price = intent.kind === PEGGED ? rare[at + CAP] : words[order + PRICE];
  const before = (words[order + LEAVES] as number) + intent.filled;
  const display = words[order + DISPLAY] as number;
  if ((traits & ALL_OR_NONE) !== 0 || intent.quantity > before) return false;
  if (intent.takesPrice && intent.price !== price) return false;
  if (intent.isStop && intent.stopPrice !== rare[at + STOP_PRICE]) return false;
  return display === 0 || intent.display <= display;
}

/** Writes what an amendment can change; what is taken off a resting order is taken from its hidden part first. */
function change(core: Core, order: number, intent: Intent): void {
  const { words, rare } = core.pool;
  const traits = words[order + TRAITS] as number;
  const at = rareAt(order);
  const leaves = intent.quantity - intent.filled;
  const place = placeOf(traits);
  const shown = words[order + SHOWN] as number;
  const most = intent.display !== 0 ? Math.min(intent.display, leaves) : leaves;
  const narrows = intent.display !== (words[order + DISPLAY] as number);
  const nowShown = Math.min(shown, narrows ? most : leaves);
  if (place === IN_LEVEL || place === IN_MARKET_QUEUE) words[order + SHOWN] = nowShown;
  if (place === IN_LEVEL) levelsOf(core, traits).shownChanged(words[order + PRICE] as number, nowShown - shown);
  words[order + LEAVES] = leaves;
  words[order + DISPLAY] = intent.display;
  if (intent.display !== 0) words[order + TRAITS] = (words[order + TRAITS] as number) | ICEBERG;
  if (intent.kind === PEGGED) rare[at + CAP] = intent.price;
  else if (intent.takesPrice) words[order + PRICE] = intent.price;
  if (intent.isStop) rare[at + STOP_PRICE] = intent.stopPrice;
  rare[at + BOUND] = worstPriceOf(core, intent);
}

/** `replace`: a new order with the members of the old one, in whose place it comes. */
export function replaceOrder(core: Core, record: Int32Array, offset: number): void {
  const number = record[offset + R_ORDER] as number;
  const order = ownOrder(core, number, record[offset + R_ACCOUNT] as number);
  if (order === 0) return sayUnknownOrder(core, AMEND_REJECTED, number);
  const intent = intentOf(core, order);
  intent.isAmendment = false;
  intent.number = record[offset + R_NEW_ORDER] as number;
  intent.quantity = record[offset + R_QUANTITY] as number;
  intent.filled = 0;
  if (((record[offset + R_MEMBERS] as number) & M_PRICE) !== 0) {
    intent.price = record[offset + R_PRICE] as number;
    intent.members |= M_PRICE;
  }
  const rejection = checkOrder(core, intent);
  if (rejection !== undefined) return refuse(core, number, rejection);
  const at = core.ring.add(REPLACED);
  core.ring.words[at + E_ORDER] = number;
  core.ring.words[at + E_OTHER] = intent.number;
  takeOut(core, order);
  drop(core, order);
  intent.subject = 0;
  admit(core, intent);
}
