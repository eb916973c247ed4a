import type { Core } from "../store/core.ts";
import { linkOf } from "../store/link-rings.ts";
import {
  ACCOUNT,
  BOUND,
  CAP,
  DISPLAY,
  DISTANCE,
  EXPIRES_AT,
  EXTREME,
  FILLED,
  GROUP,
  LEAVES,
  MINIMUM,
  NUMBER,
  PRICE,
  rareAt,
  rareNumberAt,
  SESSION,
  STEP,
  STOP_PRICE,
  TRAITS,
} from "../store/pool.ts";
import { NO_PRICE } from "../store/settings.ts";
import { GTD, LIMIT, PEGGED, STOP, STOP_LIMIT, TRAILING } from "../wire/codes.ts";
import {
  M_DISPLAY,
  M_EXPIRES,
  M_GROUP,
  M_LINK,
  M_MINIMUM,
  M_PEG,
  M_PRICE,
  M_SELF_TRADE,
  M_SESSION,
  M_STOP,
  M_TRAIL,
  R_ACCOUNT,
  R_DISPLAY,
  R_DISTANCE,
  R_EXPIRES,
  R_GROUP,
  R_LINK,
  R_MEMBERS,
  R_MINIMUM,
  R_ORDER,
  R_PRICE,
  R_QUANTITY,
  R_SESSION,
  R_STEP,
  R_STOP,
  R_TRAITS,
  readPair,
} from "../wire/record.ts";
import { FIRED, ICEBERG, kindOf, MODE_MASK, MODE_SHIFT, SENT_TRAITS, tifOf } from "../wire/traits.ts";
import type { Intent } from "./intent.ts";
import { worstPriceOf } from "./worst-price.ts";

/** The order that a `new` record asks for. */
export function readIntent(core: Core, record: Int32Array, at: number): Intent {
  const { intent } = core;
  const members = record[at + R_MEMBERS] as number;
  const given = (member: number, word: number): number =>
    (members & member) !== 0 ? (record[at + word] as number) : 0;
  const account = record[at + R_ACCOUNT] as number;
  intent.subject = 0;
  intent.isAmendment = false;
  intent.number = record[at + R_ORDER] as number;
  intent.account = account;
  intent.group = (members & M_GROUP) !== 0 ? (record[at + R_GROUP] as number) : account;
  intent.session = given(M_SESSION, R_SESSION);
  intent.traits = traitsOf(core, record[at + R_TRAITS] as number, members);
  intent.members = members;
  intent.price = (members & M_PRICE) !== 0 ? (record[at + R_PRICE] as number) : NO_PRICE;
  intent.quantity = record[at + R_QUANTITY] as number;
  intent.filled = 0;
  intent.stopPrice = (members & M_STOP) !== 0 ? (record[at + R_STOP] as number) : NO_PRICE;
  intent.distance = given(M_TRAIL | M_PEG, R_DISTANCE);
  intent.step = given(M_TRAIL, R_STEP);
  intent.display = given(M_DISPLAY, R_DISPLAY);
  intent.minimum = given(M_MINIMUM, R_MINIMUM);
  intent.link = given(M_LINK, R_LINK);
  intent.expiresAt = (members & M_EXPIRES) !== 0 ? readPair(record, at + R_EXPIRES) : 0;
  return intent;
}

/** What a sender set, with the book's own mode where he set none. */
export function traitsOf(core: Core, sent: number, members: number): number {
  const traits = sent & SENT_TRAITS;
  if ((members & M_SELF_TRADE) !== 0) return traits;
  return (traits & ~MODE_MASK) | (core.settings.selfTrade << MODE_SHIFT);
}

/** A live order as an intent, to be changed. */
export function intentOf(core: Core, order: number): Intent {
  const { intent } = core;
  const { words, rare, rareNumbers } = core.pool;
  const at = rareAt(order);
  const traits = words[order + TRAITS] as number;
  const kind = kindOf(traits);
  const isStop = kind === STOP || kind === STOP_LIMIT || kind === TRAILING;
  const hasDistance = kind === TRAILING || kind === PEGGED;
  intent.subject = order;
  intent.isAmendment = true;
  intent.number = words[order + NUMBER] as number;
  intent.account = words[order + ACCOUNT] as number;
  intent.group = words[order + GROUP] as number;
  intent.session = words[order + SESSION] as number;
  intent.traits = traits & (SENT_TRAITS | FIRED);
  intent.price = kind === PEGGED ? (rare[at + CAP] as number) : (words[order + PRICE] as number);
  if (kind !== LIMIT && kind !== STOP_LIMIT && kind !== PEGGED) intent.price = NO_PRICE;
  intent.filled = words[order + FILLED] as number;
  intent.quantity = intent.filled + (words[order + LEAVES] as number);
  intent.stopPrice = isStop ? (rare[at + STOP_PRICE] as number) : NO_PRICE;
  intent.distance = hasDistance ? (rare[at + DISTANCE] as number) : 0;
  intent.step = kind === TRAILING ? (rare[at + STEP] as number) : 0;
  intent.display = words[order + DISPLAY] as number;
  intent.minimum = 0;
  intent.link = linkOf(core, order);
  intent.expiresAt = tifOf(traits) === GTD ? (rareNumbers[rareNumberAt(order) + EXPIRES_AT] as number) : 0;
  intent.members = membersOf(intent);
  return intent;
}

function membersOf(intent: Intent): number {
  let members = 0;
  if (intent.price !== NO_PRICE) members |= M_PRICE;
  if (intent.stopPrice !== NO_PRICE) members |= M_STOP;
  if (intent.kind === TRAILING) members |= M_TRAIL;
  if (intent.kind === PEGGED) members |= M_PEG;
  if (intent.tif === GTD) members |= M_EXPIRES;
  if (intent.display !== 0) members |= M_DISPLAY;
  if (intent.link !== 0) members |= M_LINK;
  return members;
}

/** Writes an intent into an order's slot: all but its link, its hold and where it stands. */
export function writeOrder(core: Core, order: number, intent: Intent): void {
  const { words, rare, rareNumbers } = core.pool;
  const at = rareAt(order);
  words[order + PRICE] = intent.kind === PEGGED ? NO_PRICE : intent.price;
  words[order + LEAVES] = intent.quantity - intent.filled;
  words[order + TRAITS] = intent.traits | (intent.display !== 0 ? ICEBERG : 0);
  words[order + NUMBER] = intent.number;
  words[order + ACCOUNT] = intent.account;
  words[order + GROUP] = intent.group;
  words[order + FILLED] = intent.filled;
  words[order + DISPLAY] = intent.display;
  words[order + SESSION] = intent.session;
  rare[at + STOP_PRICE] = intent.stopPrice;
  rare[at + DISTANCE] = intent.distance;
  rare[at + STEP] = intent.step;
  rare[at + EXTREME] = core.last;
  rare[at + CAP] = intent.kind === PEGGED ? intent.price : NO_PRICE;
  rare[at + BOUND] = worstPriceOf(core, intent);
  rare[at + MINIMUM] = intent.minimum;
  rareNumbers[rareNumberAt(order) + EXPIRES_AT] = intent.expiresAt;
}
