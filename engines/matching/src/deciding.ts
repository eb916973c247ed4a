import { tellIndicative, uncross } from "./calls/uncross.ts";
import { settle } from "./matching/settling.ts";
import { allocate } from "./operator/allocation.ts";
import { changeBands } from "./operator/band-setting.ts";
import { bust, correct } from "./operator/corrections.ts";
import { goTo, phaseRejection } from "./operator/phases.ts";
import { amendOrder, replaceOrder } from "./orders/amending.ts";
import { blockAccount, cancelOrder, expire, massCancel, unblockAccount } from "./orders/cancelling.ts";
import { addOrder } from "./orders/new-order.ts";
import { addPlain, cancelPlain, replacePlain } from "./orders/plain.ts";
import { sayCommandRejected } from "./orders/rejecting.ts";
import type { Core } from "./store/core.ts";
import * as coreWords from "./store/core.ts";
import type { Levels } from "./store/levels.ts";
import * as limits from "./store/settings.ts";
import * as codes from "./wire/codes.ts";
import * as eventWords from "./wire/event-ring.ts";
import * as types from "./wire/event-types.ts";
import * as recordWords from "./wire/record.ts";
import { readPair } from "./wire/record.ts";
import * as bits from "./wire/traits.ts";

const { NEXT_EXPIRY, NOW } = coreWords;
const { NO_PRICE } = limits;
const { CONTINUOUS, INTRADAY } = codes;
const { SELLS } = bits;
const { E_ORDER, E_PRICE, E_SIDE, E_TYPE, EVENT_WORDS, N_FIRST } = eventWords;
const { COMMAND_REJECTED, END, LEVEL, REFERENCE_CHANGED, REJECTED } = types;
const {
  C_ALLOCATE,
  C_AMEND,
  C_BLOCK,
  C_BUST,
  C_CANCEL,
  C_CORRECT,
  C_INDICATIVE,
  C_MASS_CANCEL,
  C_NEW,
  C_PHASE,
  C_REPLACE,
  C_SET_BANDS,
  C_SET_REFERENCE,
  C_UNBLOCK,
  C_UNCROSS,
  M_PURPOSE,
  R_ACCOUNT,
  R_AT,
  R_MEMBERS,
  R_PHASE,
  R_PRICE,
  R_PURPOSE,
  R_TYPE,
} = recordWords;

/**
 * Carries out one command and returns the number of its events in the ring.
 *
 * @throws RangeError when its time is before that of an earlier command, or it is no command.
 */
export function decide(core: Core, record: Int32Array, offset: number): number {
  const at = readPair(record, offset + R_AT);
  const { clock, ring } = core;
  const before = clock[NOW] as number;
  if (at < before) throw new RangeError("a command's time is before that of an earlier one");
  clock[NOW] = at;
  ring.begin();
  if (at >= (clock[NEXT_EXPIRY] as number)) expire(core);
  const type = record[offset + R_TYPE] as number;
  if (doPlain(core, record, offset)) {
    if (core.phase === CONTINUOUS) follow(core);
  } else {
    decideAny(core, record, offset);
    // A refusal leaves no trace, not even its time: whoever recovers from the facts alone never hears of it.
    if (ring.end > ring.start && isRefusal(ring.words[ring.start + E_TYPE] as number)) clock[NOW] = before;
    else if (core.phase === CONTINUOUS && type !== C_BUST && type !== C_CORRECT) follow(core);
  }
  if (core.marksLevels) markLevels(core);
  return (ring.end - ring.start) / EVENT_WORDS;
}

/** Whether the command was about plain orders alone and is done with; it was no refusal then. */
function doPlain(core: Core, record: Int32Array, offset: number): boolean {
  const type = record[offset + R_TYPE] as number;
  if (type === C_NEW) return addPlain(core, record, offset);
  if (type === C_CANCEL) return cancelPlain(core, record, offset);
  return type === C_REPLACE && replacePlain(core, record, offset);
}

const isRefusal = (type: number): boolean => type >= REJECTED && type <= COMMAND_REJECTED;

/** What a command in continuous trading brings about, if there is anything that could follow. */
function follow(core: Core): void {
  if (core.watched !== 0) settle(core);
  else {
    core.high = NO_PRICE;
    core.low = NO_PRICE;
  }
}

function decideAny(core: Core, record: Int32Array, offset: number): void {
  switch (record[offset + R_TYPE]) {
    case C_NEW:
      return addOrder(core, record, offset);
    case C_CANCEL:
      return cancelOrder(core, record, offset);
    case C_REPLACE:
      return replaceOrder(core, record, offset);
    case C_AMEND:
      return amendOrder(core, record, offset);
    case C_MASS_CANCEL:
      return massCancel(core, record, offset);
    case C_BLOCK:
      return blockAccount(core, record[offset + R_ACCOUNT] as number);
    case C_UNBLOCK:
      return unblockAccount(core, record[offset + R_ACCOUNT] as number);
    case C_PHASE:
      return changePhase(core, record, offset);
    case C_UNCROSS:
      return uncross(core, record, offset);
    case C_INDICATIVE:
      return tellIndicative(core);
    case C_SET_BANDS:
      return changeBands(core, record, offset);
    case C_SET_REFERENCE:
      return setReference(core, record[offset + R_PRICE] as number);
    case C_BUST:
      return bust(core, record, offset);
    case C_CORRECT:
      return correct(core, record, offset);
    case C_ALLOCATE:
      return allocate(core, record, offset);
    default:
      return;
  }
}

function changePhase(core: Core, record: Int32Array, offset: number): void {
  const phase = record[offset + R_PHASE] as number;
  const hasPurpose = ((record[offset + R_MEMBERS] as number) & M_PURPOSE) !== 0;
  const rejection = phaseRejection(core, phase);
  if (rejection !== undefined) return sayCommandRejected(core, rejection);
  goTo(core, phase, hasPurpose ? (record[offset + R_PURPOSE] as number) : INTRADAY);
}

function setReference(core: Core, price: number): void {
  core.reference = price;
  const at = core.ring.add(REFERENCE_CHANGED);
  core.ring.words[at + E_PRICE] = price;
}

/** Closes the group with what its levels have come to, buys first. */
function markLevels(core: Core): void {
  const { changes } = core;
  if (changes.mixed) markMixed(core);
  else for (let index = 0; index < changes.count; index++) markLevel(core, changes.items[index] as number);
  changes.clear();
  core.ring.add(END);
}

function markMixed(core: Core): void {
  const { items, count } = core.changes;
  for (const side of [0, SELLS]) {
    for (let index = 0; index < count; index++) {
      if (((items[index] as number) & SELLS) === side) markLevel(core, items[index] as number);
    }
  }
}

function markLevel(core: Core, item: number): void {
  const side = core.sides[item & SELLS] as Levels;
  const key = item >> 1;
  const at = core.ring.add(LEVEL);
  const { words, numbers } = core.ring;
  words[at + E_SIDE] = item & SELLS;
  words[at + E_PRICE] = side.priceOf(key);
  words[at + E_ORDER] = side.ordersAt(key);
  numbers[(at >> 1) + N_FIRST] = side.quantityAt(key);
  side.forget(key);
}
