import type { Rejection } from "../events.ts";
import { isTriggered } from "../matching/dormant-stops.ts";
import { eachOf, heldEach } from "../matching/holds.ts";
import { isOwnCall } from "../operator/phase-change.ts";
import type { Core } from "../store/core.ts";
import { isCall } from "../store/core.ts";
import { nextLinked } from "../store/link-rings.ts";
import { ACCOUNT, HOLDER, LEAVES, ORDER_WORDS, PRICE, rareAt, STOP_PRICE, TRAITS } from "../store/pool.ts";
import { NO_PRICE } from "../store/settings.ts";
import { AUCTION_ONLY, LIMIT, MARKET, POST_REPRICE } from "../wire/codes.ts";
import {
  ALL_OR_NONE,
  DORMANT,
  IN_LEVEL,
  IN_MARKET_QUEUE,
  kindOf,
  PARKED,
  POST_MASK,
  POST_SHIFT,
  placeOf,
  SELLS,
} from "../wire/traits.ts";
import type { Intent } from "./intent.ts";
import { restingLinked } from "./linked-orders.ts";
import { bestOpposite, priceBehind, wouldTrade } from "./post-only.ts";
import { worstPriceOf } from "./worst-price.ts";

/** Whether what stands in the book, and what the account has, lets the order in. */
export function checkBook(core: Core, intent: Intent): Rejection | undefined {
  return (
    checkTriggered(core, intent) ??
    checkLinkedPrices(core, intent) ??
    checkCall(core, intent) ??
    checkPostOnly(core, intent) ??
    checkHold(core, intent)
  );
}

function checkTriggered(core: Core, intent: Intent): Rejection | undefined {
  if (!core.settings.refusesTriggeredStops || !intent.isStop || intent.isAmendment) return undefined;
  if (!isTriggered(intent.traits, intent.stopPrice, core.last)) return undefined;
  return { code: "stop_already_triggered", limit: core.last, field: "stopPrice" };
}

/** A limit and a stop of one side that are linked lie on either side of the last trade. */
function checkLinkedPrices(core: Core, intent: Intent): Rejection | undefined {
  if (intent.link === 0 || core.last === NO_PRICE || (intent.kind !== LIMIT && !intent.isStop)) return undefined;
  const { words, rare } = core.pool;
  for (let other = core.links.get(intent.link); other !== 0; other = nextLinked(core, other)) {
    const traits = words[other + TRAITS] as number;
    const otherStops = placeOf(traits) === DORMANT;
    if (other === intent.subject || ((traits ^ intent.traits) & SELLS) !== 0) continue;
    if (otherStops === intent.isStop || (!otherStops && kindOf(traits) !== LIMIT)) continue;
    const limit = otherStops ? intent.price : (words[other + PRICE] as number);
    const stop = otherStops ? (rare[rareAt(other) + STOP_PRICE] as number) : intent.stopPrice;
    const low = (traits & SELLS) === 0 ? limit : stop;
    const high = (traits & SELLS) === 0 ? stop : limit;
    if (low < core.last && core.last < high) continue;
    return { code: "linked_prices_invalid", limit: core.last, field: "link" };
  }
  return undefined;
}

/** What a call adds: one resting order of each link, and bounds for each account. */
function checkCall(core: Core, intent: Intent): Rejection | undefined {
  if (!isCall(core.phase) || !wouldRest(core, intent)) return undefined;
  if (intent.link !== 0 && restingLinked(core, intent.link, intent.subject) !== 0) {
    return { code: "link_in_call", field: "link" };
  }
  const { callOrders, callQuantity } = core.settings;
  const unbounded = callOrders === Number.POSITIVE_INFINITY && callQuantity === Number.POSITIVE_INFINITY;
  if (intent.isAmendment || unbounded) return undefined;
  const { orders, quantity } = restingOf(core, intent);
  if (orders + 1 > callOrders) return { code: "call_orders_exceeded", limit: callOrders };
  if (quantity + intent.quantity <= callQuantity) return undefined;
  return { code: "call_quantity_exceeded", limit: callQuantity, field: "quantity" };
}

function wouldRest(core: Core, { kind, tif, traits, subject, isAmendment }: Intent): boolean {
  if ((kind !== LIMIT && kind !== MARKET) || (traits & ALL_OR_NONE) !== 0) return false;
  if (isAmendment && placeOf(core.pool.words[subject + TRAITS] as number) === PARKED) return false;
  return tif < AUCTION_ONLY || isOwnCall(core, tif);
}

function restingOf(core: Core, { account, subject }: Intent): { orders: number; quantity: number } {
  const { words, end } = core.pool;
  let orders = 0;
  let quantity = 0;
  for (let order = ORDER_WORDS; order < end; order += ORDER_WORDS) {
    const place = placeOf(words[order + TRAITS] as number);
    const rests = place === IN_LEVEL || place === IN_MARKET_QUEUE;
    if (!rests || words[order + ACCOUNT] !== account || order === subject) continue;
    orders++;
    quantity += words[order + LEAVES] as number;
  }
  return { orders, quantity };
}

function checkPostOnly(core: Core, intent: Intent): Rejection | undefined {
  const { traits, price } = intent;
  if ((traits & POST_MASK) === 0) return undefined;
  const entrant = { traits, price, quantity: intent.quantity - intent.filled };
  if (!wouldTrade(core, entrant)) return undefined;
  if ((traits & POST_MASK) >> POST_SHIFT === POST_REPRICE && priceBehind(core, entrant) !== NO_PRICE) return undefined;
  const best = bestOpposite(core, traits);
  const refusal = { code: "post_only_would_trade", field: "price" } as const;
  return best === NO_PRICE ? refusal : { ...refusal, limit: best };
}

/** What the order would hold, less what the one gives back that it changes or replaces, must be there. */
function checkHold(core: Core, intent: Intent): Rejection | undefined {
  const index = core.accounts.indexOf(intent.account);
  if (index === 0 && !core.settings.requiresAllocation) return undefined; // The balances of none are zeros.
  const { traits, subject } = intent;
  const each = eachOf(core, traits, worstPriceOf(core, intent));
  const given = subject === 0 ? 0 : heldBy(core, subject);
  const needed = each * (intent.quantity - intent.filled);
  const buys = (traits & SELLS) === 0;
  const available = buys ? core.accounts.freeCash(index) : core.accounts.freeGoods(index);
  if (needed <= Math.max(given, available + given)) return undefined;
  const limit = intent.isAmendment ? available : available + given;
  return { code: buys ? "insufficient_funds" : "insufficient_goods", limit };
}

function heldBy(core: Core, order: number): number {
  const { words } = core.pool;
  return words[order + HOLDER] === 0 ? 0 : heldEach(core, order) * (words[order + LEAVES] as number);
}
