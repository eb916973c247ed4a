import { restingLinked } from "../orders/linked-orders.ts";
import type { Core } from "../store/core.ts";
import { isCall, stamp } from "../store/core.ts";
import { linkOf, nextLinked } from "../store/link-rings.ts";
import { TRAITS, timeAt } from "../store/pool.ts";
import { selectByTime } from "../store/selecting.ts";
import { isParkedFor, park, rest, restWithoutPrice, takeOut, unpark } from "../store/standing.ts";
import {
  AT_CLOSE,
  AT_OPEN,
  AUCTION,
  AUCTION_ONLY,
  CLOSING,
  CONTINUOUS,
  MARKET,
  OPENING,
  PEGGED,
  PRE_OPEN,
} from "../wire/codes.ts";
import { E_ORDER, E_OTHER, E_PRICE, E_SIDE, N_FIRST } from "../wire/event-ring.ts";
import { PHASE_CHANGED } from "../wire/event-types.ts";
import {
  FOR_CALL,
  FOR_LINK,
  FOR_PEG,
  IN_LEVEL,
  IN_MARKET_QUEUE,
  kindOf,
  LINKED,
  placeOf,
  tifOf,
} from "../wire/traits.ts";

/** How a `phase` event tells why: nobody asked, a volatility interruption, a circuit breaker. */
export const ASKED = 0;
export const FOR_VOLATILITY = 1;
export const FOR_BREAKER = 2;

export type PhaseChange = { readonly purpose: number; readonly reason: number; readonly resumesAt: number };

export function setPhase(core: Core, phase: number, { purpose, reason, resumesAt }: PhaseChange): void {
  core.phase = phase;
  core.purpose = purpose;
  core.priceExtensions = 0;
  core.marketExtensions = 0;
  const at = core.ring.add(PHASE_CHANGED);
  core.ring.words[at + E_ORDER] = phase;
  core.ring.words[at + E_OTHER] = phase === AUCTION ? purpose : -1;
  core.ring.words[at + E_SIDE] = reason;
  core.ring.words[at + E_PRICE] = reason === FOR_BREAKER ? 1 : 0;
  core.ring.numbers[(at >> 1) + N_FIRST] = resumesAt;
}

/** Whether orders of this time in force take part in the call that stands. */
export function isOwnCall(core: Core, tif: number): boolean {
  if (tif === AUCTION_ONLY) return isCall(core.phase);
  if (tif === AT_OPEN) return core.phase === PRE_OPEN || (core.phase === AUCTION && core.purpose === OPENING);
  return tif === AT_CLOSE && core.phase === AUCTION && core.purpose === CLOSING;
}

/** What a phase does to orders where none of them comes to match: all but the steps into closed and continuous. */
export function arrangeOrders(core: Core, from: number): void {
  if (from === CONTINUOUS && core.phase !== CONTINUOUS) parkPegs(core);
  if (!isCall(core.phase)) return;
  if (!isCall(from)) parkLinked(core);
  callParked(core);
}

function parkPegs(core: Core): void {
  if (core.pegs.count === 0) return;
  const { words } = core.pool;
  const isRestingPeg = (order: number): boolean => {
    const traits = words[order + TRAITS] as number;
    return kindOf(traits) === PEGGED && placeOf(traits) === IN_LEVEL;
  };
  const pegs = selectByTime(core, isRestingPeg);
  for (let at = 0; at < pegs.count; at++) {
    const order = pegs.items[at] as number;
    takeOut(core, order);
    park(core, order, FOR_PEG);
  }
}

const isResting = (traits: number): boolean => placeOf(traits) === IN_LEVEL || placeOf(traits) === IN_MARKET_QUEUE;

/** Of each link only the earliest rests in a call, so that no fill takes away what has counted. */
function parkLinked(core: Core): void {
  if (core.links.size === 0) return;
  const { words } = core.pool;
  const fits = (order: number): boolean => {
    const traits = words[order + TRAITS] as number;
    return (traits & LINKED) !== 0 && isResting(traits);
  };
  const linked = selectByTime(core, fits);
  for (let at = 0; at < linked.count; at++) {
    const order = linked.items[at] as number;
    if (!hasEarlier(core, order)) continue;
    takeOut(core, order);
    park(core, order, FOR_LINK);
  }
}

function hasEarlier(core: Core, order: number): boolean {
  const { words, numbers } = core.pool;
  const time = numbers[timeAt(order)] as number;
  let other = core.links.get(linkOf(core, order));
  for (; other !== 0; other = nextLinked(core, other)) {
    if (isResting(words[other + TRAITS] as number) && (numbers[timeAt(other)] as number) < time) return true;
  }
  return false;
}

function callParked(core: Core): void {
  if (core.parked.count === 0) return;
  const { words } = core.pool;
  const fits = (order: number): boolean =>
    isParkedFor(core, order, FOR_CALL) && isOwnCall(core, tifOf(words[order + TRAITS] as number));
  const called = selectByTime(core, fits);
  for (let at = 0; at < called.count; at++) {
    const order = called.items[at] as number;
    const traits = words[order + TRAITS] as number;
    if ((traits & LINKED) !== 0 && restingLinked(core, linkOf(core, order), order) !== 0) continue;
    unpark(core, order);
    stamp(core, order);
    restInCall(core, order);
  }
}

/** With its limit, or without a price. */
export function restInCall(core: Core, order: number): void {
  if (kindOf(core.pool.words[order + TRAITS] as number) === MARKET) restWithoutPrice(core, order);
  else rest(core, order);
}
