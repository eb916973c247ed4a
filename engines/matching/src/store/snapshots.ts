import type { Determination } from "../calls/auction-price.ts";
import type { Bands } from "../commands.ts";
import { GTD, LIMIT, PEGGED, STOP, STOP_LIMIT, TRAILING } from "../wire/codes.ts";
import { IN_LEVEL, IN_MARKET_QUEUE, kindOf, PREVENTED, placeOf, SELLS, tifOf } from "../wire/traits.ts";
import type { Core } from "./core.ts";
import { NOW, setBands, TIME } from "./core.ts";
import { joinLink, linkOf } from "./link-rings.ts";
import {
  AHEAD_ORDERS,
  AHEAD_QUANTITY,
  BETTER_ORDERS,
  BETTER_QUANTITY,
  BOUND,
  CAP,
  DISTANCE,
  EXPIRES_AT,
  EXTREME,
  HELD_EACH,
  HOLDER,
  NEXT,
  PREVENTED_QUANTITY,
  PREVIOUS,
  rareAt,
  rareNumberAt,
  SESSION,
  SHOWN,
  STEP,
  STOP_PRICE,
  TRAITS,
  timeAt,
} from "./pool.ts";
import { standAgain } from "./standing.ts";

/** A whole book as data that JSON can carry; to be read by the same version only. */
export type BookSnapshot = {
  readonly version: 1;
  readonly bands: Bands;
  readonly lastAuction: Determination | null;
  /** The rest, in the order in which `save` and `restore` go through it. */
  readonly numbers: readonly number[];
};

/** Words of an order that are kept: all but its neighbours; then come its link and its time. */
const FIRST_KEPT = PREVIOUS + 1;
const LAST_KEPT = SESSION;
/** Words of what is rare that are kept, then doubles. */
const RARE_KEPT = 6;
const KEPT_LATER = [AHEAD_ORDERS, BETTER_ORDERS, BOUND] as const;
const DOUBLES_FIRST = 4;
const DOUBLES_END = 9;
/** Stands for the time before the first command. */
const NEVER = -1;

export function save(core: Core): BookSnapshot {
  const now = core.clock[NOW] as number;
  const numbers = [
    ...[core.phase, core.purpose, core.last, core.reference, core.high, core.low, core.nextBreaker],
    ...[core.priceExtensions, core.marketExtensions],
    ...(now < 0 ? [NEVER, 0] : [0, now]),
    core.clock[TIME] as number,
  ];
  saveAccounts(core, numbers);
  const blocked = core.blocked.keys().sort((a, b) => a - b);
  numbers.push(blocked.length, ...blocked);
  saveOrders(core, numbers);
  // One by one: there may be more of them than a call takes arguments.
  for (const number of core.trades.save()) numbers.push(number);
  return { version: 1, bands: core.bands, lastAuction: core.lastAuction ?? null, numbers };
}

function saveAccounts({ accounts }: Core, numbers: number[]): void {
  numbers.push(accounts.count);
  for (let index = 1; index <= accounts.count; index++) {
    numbers.push(accounts.names[index] as number);
    for (let what = 0; what < 4; what++) numbers.push(accounts.get(index, what));
  }
}

/** Each queue from its head, so that putting the orders back one by one gives the same queues. */
function saveOrders(core: Core, numbers: number[]): void {
  const { words } = core.pool;
  const from = numbers.length;
  numbers.push(0);
  let count = 0;
  const add = (order: number): void => {
    count++;
    saveOrder(core, order, numbers);
  };
  for (const side of [core.buys, core.sells]) {
    for (let order = side.marketHead; order !== 0; order = words[order + NEXT] as number) add(order);
    for (let key = side.best; key < side.count; key = side.after(key)) {
      for (let order = side.headOf(key); order !== 0; order = words[order + NEXT] as number) add(order);
    }
  }
  for (const set of [core.allOrNone, core.dormant, core.parked]) {
    for (let at = 0; at < set.count; at++) add(set.items[at] as number);
  }
  numbers[from] = count;
}

/** What means nothing for an order is kept as 0: there its words are whatever the slot's last order left in them. */
function saveOrder(core: Core, order: number, numbers: number[]): void {
  const { words, numbers: times } = core.pool;
  const place = placeOf(words[order + TRAITS] as number);
  const rests = place === IN_LEVEL || place === IN_MARKET_QUEUE;
  for (let word = FIRST_KEPT; word <= LAST_KEPT; word++) {
    numbers.push(word === SHOWN && !rests ? 0 : (words[order + word] as number));
  }
  numbers.push(linkOf(core, order), times[timeAt(order)] as number);
  saveRare(core, order, numbers);
}

function saveRare(core: Core, order: number, numbers: number[]): void {
  const { words, rare, rareNumbers } = core.pool;
  const traits = words[order + TRAITS] as number;
  const kind = kindOf(traits);
  const trails = kind === TRAILING;
  const pegs = kind === PEGGED;
  const hasLimit = kind === LIMIT || kind === STOP_LIMIT;
  const hasQueue = core.remembersQueues && placeOf(traits) === IN_LEVEL;
  const at = rareAt(order);
  const double = rareNumberAt(order);
  const word = (means: boolean, which: number): number => (means ? (rare[at + which] as number) : 0);
  const number = (means: boolean, which: number): number => (means ? (rareNumbers[double + which] as number) : 0);
  numbers.push(
    word(kind === STOP || kind === STOP_LIMIT || trails, STOP_PRICE),
    word(trails || pegs, DISTANCE),
    word(trails, STEP),
    word(trails, EXTREME),
    word(pegs, CAP),
    0, // The minimum, which an order has only on its way in.
    word(hasQueue, AHEAD_ORDERS),
    word(hasQueue, BETTER_ORDERS),
    word(!hasLimit, BOUND),
    number(tifOf(traits) === GTD, EXPIRES_AT),
    number(words[order + HOLDER] !== 0 && kind !== LIMIT, HELD_EACH),
    number((traits & PREVENTED) !== 0, PREVENTED_QUANTITY),
    number(hasQueue, AHEAD_QUANTITY),
    number(hasQueue, BETTER_QUANTITY),
  );
}

/** Puts into a new book what was saved of another with the same rules. @throws RangeError for another version. */
export function restore(core: Core, { version, bands, lastAuction, numbers }: BookSnapshot): void {
  if (version !== 1) throw new RangeError(`a snapshot of version ${String(version)} cannot be read`);
  let at = 0;
  const take = (): number => numbers[at++] as number;
  core.phase = take();
  core.purpose = take();
  core.last = take();
  core.reference = take();
  core.high = take();
  core.low = take();
  core.nextBreaker = take();
  core.priceExtensions = take();
  core.marketExtensions = take();
  const isNever = take() === NEVER;
  const now = take();
  if (!isNever) core.clock[NOW] = now;
  core.clock[TIME] = take();
  core.lastAuction = lastAuction ?? undefined;
  setBands(core, bands);
  restoreAccounts(core, take);
  for (let left = take(); left > 0; left--) core.blocked.set(take(), 1);
  for (let left = take(); left > 0; left--) restoreOrder(core, take);
  core.trades.restore(take);
  forgetChanges(core);
}

/** What was put back is no news. */
function forgetChanges({ changes, sides }: Core): void {
  for (let index = 0; index < changes.count; index++) {
    const item = changes.items[index] as number;
    sides[item & SELLS]?.forget(item >> 1);
  }
  changes.clear();
}

function restoreAccounts(core: Core, take: () => number): void {
  for (let left = take(); left > 0; left--) {
    const index = core.accounts.add(take());
    for (let what = 0; what < 4; what++) core.accounts.move(index, what, take());
    core.charges = true;
  }
}

function restoreOrder(core: Core, take: () => number): void {
  const order = core.pool.take();
  const { words, rare, rareNumbers, numbers: times } = core.pool;
  for (let word = FIRST_KEPT; word <= LAST_KEPT; word++) words[order + word] = take();
  const link = take();
  times[timeAt(order)] = take();
  const at = rareAt(order);
  for (let word = 0; word < RARE_KEPT; word++) rare[at + word] = take();
  for (const word of KEPT_LATER) rare[at + word] = take();
  for (let double = DOUBLES_FIRST; double < DOUBLES_END; double++) rareNumbers[at / 2 + double] = take();
  if (link !== 0) joinLink(core, order, link);
  standAgain(core, order);
}
