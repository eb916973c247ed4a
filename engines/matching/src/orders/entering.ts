import { hold, release } from "../matching/holds.ts";
import { match } from "../matching/matching.ts";
import * as phaseReasons from "../operator/phase-change.ts";
import { arrangeOrders, isOwnCall, restInCall, setPhase } from "../operator/phase-change.ts";
import type { Core } from "../store/core.ts";
import * as coreWords from "../store/core.ts";
import { farEnd, isCall, stamp } from "../store/core.ts";
import { linkOf } from "../store/link-rings.ts";
import * as slots from "../store/pool.ts";
import { rareAt } from "../store/pool.ts";
import * as limits from "../store/settings.ts";
import { drop, park, rest, sayCancelled, setApart, sleep } from "../store/standing.ts";
import * as codes from "../wire/codes.ts";
import * as eventWords from "../wire/event-ring.ts";
import * as types from "../wire/event-types.ts";
import * as traitBits from "../wire/traits.ts";
import { kindOf, tifOf } from "../wire/traits.ts";
import { tradable } from "./fillable.ts";
import { restingLinked } from "./linked-orders.ts";
import { bestOpposite, priceBehind, wouldTrade } from "./post-only.ts";

const { FOR_BREAKER, FOR_VOLATILITY } = phaseReasons;
const { BY_BREAKER, NOW, UNINTERRUPTED } = coreWords;
const { BOUND, LEAVES, MINIMUM, NUMBER, PRICE, TRAITS } = slots;
const { NO_PRICE } = limits;
const {
  AUCTION,
  AUCTION_ONLY,
  BY_FOK,
  BY_INTERRUPTION,
  BY_IOC,
  BY_MINIMUM,
  BY_NO_LIQUIDITY,
  CLOSING_CROSS,
  CONTINUOUS,
  FOK,
  HALT,
  INTRADAY,
  IOC,
  MARKET,
  PEGGED,
  POST_REPRICE,
  STOP,
  STOP_LIMIT,
  TRAILING,
  VOLATILITY,
} = codes;
const { E_ORDER, E_PRICE } = eventWords;
const { REPRICED } = types;
const { ALL_OR_NONE, FOR_CALL, FOR_LINK, FOR_PEG, LINKED, POST_MASK, POST_SHIFT, SELLS } = traitBits;

/** Where an order that is nowhere goes, with a new time: it may match, or rest, sleep or be parked at once. */
export function enter(core: Core, order: number): void {
  const { words } = core.pool;
  const traits = words[order + TRAITS] as number;
  const kind = kindOf(traits);
  stamp(core, order);
  if (kind === STOP || kind === STOP_LIMIT || kind === TRAILING) return sleep(core, order);
  if (kind === PEGGED) return park(core, order, FOR_PEG);
  if (tifOf(traits) >= AUCTION_ONLY && !isOwnCall(core, tifOf(traits))) return park(core, order, FOR_CALL);
  if (core.phase === CONTINUOUS || core.phase === CLOSING_CROSS) return take(core, order);
  if ((traits & ALL_OR_NONE) !== 0) return setApart(core, order);
  const isLinked = isCall(core.phase) && (traits & LINKED) !== 0;
  if (isLinked && restingLinked(core, linkOf(core, order), order) !== 0) return park(core, order, FOR_LINK);
  restInCall(core, order);
}

/** The worst price that a market order would take now. */
export function marketLimit(core: Core, traits: number): number {
  if (core.phase === CLOSING_CROSS) return core.reference;
  const end = farEnd(core, traits);
  const best = bestOpposite(core, traits);
  const protection = core.settings.marketProtection;
  if (best === NO_PRICE) return end;
  return (traits & SELLS) === 0 ? Math.min(end, best + protection) : Math.max(end, best - protection);
}

/** A market order has a limit from now on, which is also what it holds by; a buy's is never more than it held by. */
function limitMarketOrder(core: Core, order: number): void {
  const { words, rare } = core.pool;
  const traits = words[order + TRAITS] as number;
  const at = rareAt(order) + BOUND;
  const limit = marketLimit(core, traits);
  const bound = (traits & SELLS) === 0 ? Math.min(limit, rare[at] as number) : limit;
  release(core, order, words[order + LEAVES] as number);
  words[order + PRICE] = bound;
  rare[at] = bound;
  hold(core, order);
}

/** Takes what the other side has, then does with the rest what the order says. */
export function take(core: Core, order: number): void {
  const { words } = core.pool;
  const traits = words[order + TRAITS] as number;
  if (kindOf(traits) === MARKET) limitMarketOrder(core, order);
  if ((traits & POST_MASK) >> POST_SHIFT === POST_REPRICE) stepBehind(core, order);
  const reason = refusal(core, order);
  if (reason >= 0) return end(core, order, reason);
  if ((traits & ALL_OR_NONE) !== 0 && tradable(core, order) < (words[order + LEAVES] as number)) {
    return setApart(core, order);
  }
  match(core, order);
  finish(core, order);
}

/** After matching: what is left of it rests, is cancelled, or waits for the call that it has brought about. */
export function finish(core: Core, order: number): void {
  const { words } = core.pool;
  const traits = words[order + TRAITS] as number;
  const tif = tifOf(traits);
  if (core.takerGone || words[order + LEAVES] === 0) return drop(core, order);
  if (core.interruption !== UNINTERRUPTED) return interrupt(core, order);
  if (kindOf(traits) === MARKET) return end(core, order, BY_NO_LIQUIDITY);
  if (tif === IOC) return end(core, order, BY_IOC);
  if (tif === FOK) return end(core, order, BY_FOK);
  if ((traits & ALL_OR_NONE) !== 0) return setApart(core, order);
  rest(core, order);
}

/** Cancels an order that is nowhere. */
function end(core: Core, order: number, reason: number): void {
  sayCancelled(core, order, reason);
  drop(core, order);
}

/** Why it may not even begin: -1 when it may. */
function refusal(core: Core, order: number): number {
  const { words, rare } = core.pool;
  const tif = tifOf(words[order + TRAITS] as number);
  if (tif === FOK) return tradable(core, order) < (words[order + LEAVES] as number) ? BY_FOK : -1;
  if (tif !== IOC) return -1;
  const minimum = rare[rareAt(order) + MINIMUM] as number;
  return minimum > 0 && tradable(core, order) < minimum ? BY_MINIMUM : -1;
}

/** One tick behind the other side, where a post-only order is to be repriced rather than refused. */
function stepBehind(core: Core, order: number): void {
  const { words } = core.pool;
  const traits = words[order + TRAITS] as number;
  const entrant = { traits, price: words[order + PRICE] as number, quantity: words[order + LEAVES] as number };
  if (!wouldTrade(core, entrant)) return;
  const price = priceBehind(core, entrant);
  if (price === NO_PRICE) return;
  release(core, order, entrant.quantity);
  words[order + PRICE] = price;
  hold(core, order);
  sayRepriced(core, order);
}

export function sayRepriced(core: Core, order: number): void {
  const at = core.ring.add(REPRICED);
  core.ring.words[at + E_ORDER] = core.pool.words[order + NUMBER] as number;
  core.ring.words[at + E_PRICE] = core.pool.words[order + PRICE] as number;
}

/** A trade that must not print: the phase changes, and what is left of the taker waits in it. */
function interrupt(core: Core, order: number): void {
  const { words } = core.pool;
  const from = core.phase;
  const breaker = core.interruption === BY_BREAKER ? core.settings.breakers[core.nextBreaker] : undefined;
  if (breaker === undefined) setPhase(core, AUCTION, { purpose: VOLATILITY, reason: FOR_VOLATILITY, resumesAt: 0 });
  else {
    core.nextBreaker++;
    const resumesAt = (core.clock[NOW] as number) + breaker.pauseMicros;
    setPhase(core, HALT, { purpose: INTRADAY, reason: FOR_BREAKER, resumesAt });
  }
  core.interruption = UNINTERRUPTED;
  const traits = words[order + TRAITS] as number;
  const tif = tifOf(traits);
  if (tif === IOC || tif === FOK || kindOf(traits) === MARKET) end(core, order, BY_INTERRUPTION);
  else if ((traits & ALL_OR_NONE) !== 0) setApart(core, order);
  else rest(core, order);
  arrangeOrders(core, from);
}
