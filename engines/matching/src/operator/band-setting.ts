import type { Band, Bands } from "../commands.ts";
import { enter } from "../orders/entering.ts";
import type { Core } from "../store/core.ts";
import { isCall, setBands } from "../store/core.ts";
import { BOUND, CAP, PRICE, rareAt, TRAITS, timeAt } from "../store/pool.ts";
import { selectByTime } from "../store/selecting.ts";
import { NO_PRICE } from "../store/settings.ts";
import { cancel, isParkedFor, park, parkFor, takeOut, unpark } from "../store/standing.ts";
import { BY_BAND, CONTINUOUS, MARKET, PEGGED } from "../wire/codes.ts";
import { BANDS_CHANGED } from "../wire/event-types.ts";
import { M_DYNAMIC, M_ENTRY, M_STATIC, R_DYNAMIC, R_ENTRY, R_MEMBERS, R_STATIC } from "../wire/record.ts";
import { DORMANT, FOR_BAND, kindOf, PARKED, placeOf, SELLS } from "../wire/traits.ts";

/** `set_bands`: orders outside the new entry band go, those that it let go before come back. */
export function changeBands(core: Core, record: Int32Array, offset: number): void {
  setBands(core, readBands(record, offset));
  core.ring.add(BANDS_CHANGED);
  leaveOutside(core);
  returnInside(core);
}

function readBands(record: Int32Array, offset: number): Bands {
  const members = record[offset + R_MEMBERS] as number;
  const word = (at: number): number => record[offset + at] as number;
  const band = (at: number): Band => ({ down: word(at), up: word(at + 1) });
  return {
    ...((members & M_ENTRY) !== 0 ? { entry: { low: word(R_ENTRY), high: word(R_ENTRY + 1) } } : {}),
    ...((members & M_DYNAMIC) !== 0 ? { dynamic: band(R_DYNAMIC) } : {}),
    ...((members & M_STATIC) !== 0 ? { static: band(R_STATIC) } : {}),
  };
}

/** Its limit or cap; `NO_PRICE` when it has none. */
function ownLimit(core: Core, order: number): number {
  const { words, rare } = core.pool;
  const isPeg = kindOf(words[order + TRAITS] as number) === PEGGED;
  return (isPeg ? rare[rareAt(order) + CAP] : words[order + PRICE]) as number;
}

export function isOutside(core: Core, order: number): boolean {
  const limit = ownLimit(core, order);
  return limit !== NO_PRICE && (limit < core.lowest || limit > core.highest);
}

/** A market buy without a limit, now that the prices it may meet go beyond what it holds. */
function mayCostMore(core: Core, order: number): boolean {
  const { words, rare } = core.pool;
  const traits = words[order + TRAITS] as number;
  const isMarketBuy = kindOf(traits) === MARKET && (traits & SELLS) === 0;
  return isMarketBuy && (rare[rareAt(order) + BOUND] as number) < core.highest;
}

function leaveOutside(core: Core): void {
  const { words } = core.pool;
  const fits = (order: number): boolean =>
    placeOf(words[order + TRAITS] as number) !== DORMANT && (isOutside(core, order) || mayCostMore(core, order));
  const outside = selectByTime(core, fits);
  for (let at = 0; at < outside.count; at++) {
    const order = outside.items[at] as number;
    if (core.settings.cancelsOutsideBand || mayCostMore(core, order)) cancel(core, order, BY_BAND);
    else if (placeOf(words[order + TRAITS] as number) === PARKED) parkFor(core, order, FOR_BAND);
    else {
      takeOut(core, order);
      park(core, order, FOR_BAND);
    }
  }
}

function returnInside(core: Core): void {
  const { numbers } = core.pool;
  const inside = selectByTime(core, (order) => isParkedFor(core, order, FOR_BAND) && !isOutside(core, order));
  const times = Array.from(inside.items.subarray(0, inside.count), (order) => numbers[timeAt(order)]);
  for (let at = 0; at < inside.count && (core.phase === CONTINUOUS || isCall(core.phase)); at++) {
    const order = inside.items[at] as number;
    // One that came before may have traded and taken this one with it.
    if (numbers[timeAt(order)] !== times[at] || !isParkedFor(core, order, FOR_BAND)) continue;
    unpark(core, order);
    enter(core, order);
  }
}
