import type { AuctionRule } from "./calls/auction-price.ts";
import { determine } from "./calls/auction-price.ts";
import type { CallTable } from "./calls/auction-table.ts";
import type { Phase } from "./commands.ts";
import { bestOpposite } from "./orders/post-only.ts";
import type { Core } from "./store/core.ts";
import { isCall, makersOf } from "./store/core.ts";
import { FILLED, GROUP, LEAVES, NEXT, PREVENTED_QUANTITY, PRICE, rareNumberAt, TRAITS } from "./store/pool.ts";
import type { Ahead } from "./store/queue-memory.ts";
import { aheadOf, rememberedQueue } from "./store/queue-memory.ts";
import { NO_PRICE } from "./store/settings.ts";
import { CLOSING_CROSS, CONTINUOUS, phases } from "./wire/codes.ts";
import {
  ALL_OR_NONE,
  APART,
  DORMANT,
  FOR_BAND,
  FOR_CALL,
  FOR_LINK,
  IN_LEVEL,
  MODE_MASK,
  PARKED,
  PREVENTED,
  placeOf,
  reasonOf,
} from "./wire/traits.ts";

export type ParkedFor = "no_peg_price" | "its_auction" | "band" | "link_in_call";

/** The first reason why an order does not trade. `waiting`: none of these; it waits for its turn or its trigger. */
export type Hindrance =
  | { readonly reason: "phase"; readonly phase: Phase }
  | { readonly reason: "no_opposite" }
  | { readonly reason: "beyond_limit"; readonly limit: number; readonly opposite: number }
  | { readonly reason: "all_or_none_too_large"; readonly leaves: number }
  | { readonly reason: "own_orders" }
  | { readonly reason: "waiting" };

export type OrderExplanation = {
  readonly place: "resting" | "apart" | "dormant" | "parked";
  readonly parkedFor: ParkedFor | null;
  /** What stood ahead when it came to rest; null where it does not rest, or the book does not remember queues. */
  readonly aheadAtEntry: Ahead | null;
  readonly aheadNow: Ahead | null;
  readonly traded: number;
  readonly prevented: number;
  readonly leaves: number;
  readonly hindrance: Hindrance;
};

export type AuctionExplanation = {
  /** Whether the call stands or was the last to be uncrossed. */
  readonly state: "standing" | "ended";
  readonly price: number | null;
  readonly quantity: number;
  /** Above zero what buyers, below zero what sellers would not get, or did not. */
  readonly surplus: number;
  readonly rule: AuctionRule;
  readonly table: CallTable;
};

/** Undefined when no order of that number is live. */
export function explainOrder(core: Core, number: number): OrderExplanation | undefined {
  const order = core.ids.get(number);
  if (order === 0) return undefined;
  const { words, rareNumbers } = core.pool;
  const traits = words[order + TRAITS] as number;
  const hasQueue = placeOf(traits) === IN_LEVEL;
  const prevented = rareNumbers[rareNumberAt(order) + PREVENTED_QUANTITY] as number;
  return {
    place: placeNamed(placeOf(traits)),
    parkedFor: placeOf(traits) === PARKED ? parkedForNamed(reasonOf(traits)) : null,
    aheadAtEntry: hasQueue && core.remembersQueues ? rememberedQueue(core, order) : null,
    aheadNow: hasQueue ? aheadOf(core, order) : null,
    traded: words[order + FILLED] as number,
    prevented: (traits & PREVENTED) === 0 ? 0 : prevented,
    leaves: words[order + LEAVES] as number,
    hindrance: hindranceOf(core, order),
  };
}

function placeNamed(place: number): OrderExplanation["place"] {
  if (place === APART) return "apart";
  if (place === DORMANT) return "dormant";
  return place === PARKED ? "parked" : "resting";
}

function parkedForNamed(reason: number): ParkedFor {
  if (reason === FOR_CALL) return "its_auction";
  if (reason === FOR_BAND) return "band";
  return reason === FOR_LINK ? "link_in_call" : "no_peg_price";
}

function hindranceOf(core: Core, order: number): Hindrance {
  const { words } = core.pool;
  const traits = words[order + TRAITS] as number;
  if (core.phase !== CONTINUOUS && core.phase !== CLOSING_CROSS) {
    return { reason: "phase", phase: phases[core.phase] as Phase };
  }
  const opposite = bestOpposite(core, traits);
  if (opposite === NO_PRICE) return { reason: "no_opposite" };
  const limit = words[order + PRICE] as number;
  const makers = makersOf(core, traits);
  if (limit !== NO_PRICE && makers.best > makers.keyOf(limit)) return { reason: "beyond_limit", limit, opposite };
  if (placeOf(traits) !== APART) return { reason: "waiting" };
  if (meetsOwn(core, order)) return { reason: "own_orders" };
  const tooLarge = (traits & ALL_OR_NONE) !== 0;
  return tooLarge
    ? { reason: "all_or_none_too_large", leaves: words[order + LEAVES] as number }
    : { reason: "waiting" };
}

/** Whether an order of its own group stands within its limit on the other side. */
function meetsOwn(core: Core, order: number): boolean {
  const { words } = core.pool;
  const traits = words[order + TRAITS] as number;
  if ((traits & MODE_MASK) === 0) return false;
  const makers = makersOf(core, traits);
  const limit = makers.keyOf(words[order + PRICE] as number);
  for (let key = makers.best; key <= limit && key < makers.count; key = makers.after(key)) {
    for (let maker = makers.headOf(key); maker !== 0; maker = words[maker + NEXT] as number) {
      if (words[maker + GROUP] === words[order + GROUP]) return true;
    }
  }
  return false;
}

/** Of the call that stands, else of the last one that ended; undefined when there was none. */
export function explainCall(core: Core): AuctionExplanation | undefined {
  const stands = isCall(core.phase);
  const result = stands ? determine(core) : core.lastAuction;
  if (result === undefined) return undefined;
  return { state: stands ? "standing" : "ended", ...result };
}
