import type { Core } from "../store/core.ts";
import * as coreWords from "../store/core.ts";
import * as slots from "../store/pool.ts";
import { rareNumberAt, timeAt } from "../store/pool.ts";
import { selectByTime } from "../store/selecting.ts";
import { cancel } from "../store/standing.ts";
import * as codes from "../wire/codes.ts";
import * as eventWords from "../wire/event-ring.ts";
import * as types from "../wire/event-types.ts";
import * as recordWords from "../wire/record.ts";
import * as traitBits from "../wire/traits.ts";
import { ownOrder } from "./amending.ts";
import { sayUnknownOrder } from "./rejecting.ts";

const { NEXT_EXPIRY, NOW } = coreWords;
const { ACCOUNT, EXPIRES_AT, GROUP, SESSION, TRAITS } = slots;
const { BY_EXPIRY, BY_MASS_CANCEL, BY_USER } = codes;
const { E_ORDER } = eventWords;
const { BLOCKED, CANCEL_REJECTED, MASS_CANCELLED, UNBLOCKED } = types;
const {
  M_ACCOUNT,
  M_GROUP,
  M_ON_DISCONNECT,
  M_SESSION,
  M_SIDE,
  R_ACCOUNT,
  R_GROUP,
  R_MEMBERS,
  R_ORDER,
  R_SESSION,
  R_TRAITS,
} = recordWords;
const { ON_DISCONNECT, SELLS } = traitBits;

/** `cancel` by the order's own account. */
export function cancelOrder(core: Core, record: Int32Array, offset: number): void {
  const number = record[offset + R_ORDER] as number;
  const order = ownOrder(core, number, record[offset + R_ACCOUNT] as number);
  if (order === 0) sayUnknownOrder(core, CANCEL_REJECTED, number);
  else cancel(core, order, BY_USER);
}

/** `mass_cancel`: all live orders that fit all that is given, dormant and parked ones too. */
export function massCancel(core: Core, record: Int32Array, offset: number): void {
  const { words } = core.pool;
  const members = record[offset + R_MEMBERS] as number;
  const differs = (member: number, wanted: number, actual: number): boolean =>
    (members & member) !== 0 && record[offset + wanted] !== actual;
  cancelAll(core, (order) => {
    const traits = words[order + TRAITS] as number;
    if (differs(M_ACCOUNT, R_ACCOUNT, words[order + ACCOUNT] as number)) return false;
    if (differs(M_GROUP, R_GROUP, words[order + GROUP] as number)) return false;
    if (differs(M_SESSION, R_SESSION, words[order + SESSION] as number)) return false;
    if (differs(M_SIDE, R_TRAITS, traits & SELLS)) return false;
    return (members & M_ON_DISCONNECT) === 0 || (traits & ON_DISCONNECT) !== 0;
  });
}

function cancelAll(core: Core, fits: (order: number) => boolean): void {
  const orders = selectByTime(core, fits);
  for (let at = 0; at < orders.count; at++) cancel(core, orders.items[at] as number, BY_MASS_CANCEL);
  const at = core.ring.add(MASS_CANCELLED);
  core.ring.words[at + E_ORDER] = orders.count;
}

/** `block`: nothing of the account is left, and nothing new of it comes in. */
export function blockAccount(core: Core, account: number): void {
  const { words } = core.pool;
  cancelAll(core, (order) => words[order + ACCOUNT] === account);
  core.blocked.set(account, 1);
  const at = core.ring.add(BLOCKED);
  core.ring.words[at + E_ORDER] = account;
}

export function unblockAccount(core: Core, account: number): void {
  core.blocked.delete(account);
  const at = core.ring.add(UNBLOCKED);
  core.ring.words[at + E_ORDER] = account;
}

/** Cancels the orders whose time has come, by that time, then by the book's. */
export function expire(core: Core): void {
  const { dated, pool } = core;
  const now = core.clock[NOW] as number;
  const expiryOf = (order: number): number => pool.rareNumbers[rareNumberAt(order) + EXPIRES_AT] as number;
  const timeOf = (order: number): number => pool.numbers[timeAt(order)] as number;
  const all = Array.from(dated.items.subarray(0, dated.count));
  const due = all.filter((order) => expiryOf(order) <= now);
  due.sort((a, b) => expiryOf(a) - expiryOf(b) || timeOf(a) - timeOf(b));
  for (const order of due) cancel(core, order, BY_EXPIRY);
  let next = Number.POSITIVE_INFINITY;
  for (let at = 0; at < dated.count; at++) next = Math.min(next, expiryOf(dated.items[at] as number));
  core.clock[NEXT_EXPIRY] = next;
}
