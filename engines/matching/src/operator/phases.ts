import type { Rejection } from "../events.ts";
import { enter } from "../orders/entering.ts";
import type { Core } from "../store/core.ts";
import { TRAITS, timeAt } from "../store/pool.ts";
import { selectByTime } from "../store/selecting.ts";
import { NO_PRICE } from "../store/settings.ts";
import { cancel, isParkedFor, unpark } from "../store/standing.ts";
import { AUCTION, BY_EXPIRY, CLOSED, CLOSING_CROSS, CONTINUOUS, GTD, INTRADAY } from "../wire/codes.ts";
import { FOR_BAND, FOR_LINK, PARKED, placeOf, tifOf } from "../wire/traits.ts";
import { isOutside } from "./band-setting.ts";
import { ASKED, arrangeOrders, setPhase } from "./phase-change.ts";

/** Why the book may not be where orders match now. */
export function phaseRejection(core: Core, phase: number): Rejection | undefined {
  if (phase !== CONTINUOUS && phase !== CLOSING_CROSS) return undefined;
  if (core.marketOrders !== 0 || isCrossed(core)) return { code: "book_crossed" };
  return phase === CLOSING_CROSS && core.reference === NO_PRICE ? { code: "no_reference" } : undefined;
}

function isCrossed(core: Core): boolean {
  const { buys, sells } = core;
  if (buys.best === buys.count || sells.best === sells.count) return false;
  return buys.priceOf(buys.best) >= sells.priceOf(sells.best);
}

/** Goes to a phase, with what that does to the orders. */
export function goTo(core: Core, phase: number, purpose: number): void {
  const from = core.phase;
  setPhase(core, phase, { purpose: phase === AUCTION ? purpose : INTRADAY, reason: ASKED, resumesAt: 0 });
  if (phase === CLOSED) close(core);
  arrangeOrders(core, from);
  if (phase === CONTINUOUS) reopen(core);
}

/** The day's orders go, and breakers may trip again. */
function close(core: Core): void {
  const { words } = core.pool;
  core.nextBreaker = 0;
  const ending = selectByTime(core, (order) => tifOf(words[order + TRAITS] as number) > GTD);
  for (let at = 0; at < ending.count; at++) cancel(core, ending.items[at] as number, BY_EXPIRY);
}

/** What a call kept apart from the other orders of its link comes back, and what is inside its band again. */
function reopen(core: Core): void {
  if (core.parked.count === 0) return;
  const isBack = (order: number): boolean => isParkedFor(core, order, FOR_BAND) && !isOutside(core, order);
  const waiting = selectByTime(core, (order) => isParkedFor(core, order, FOR_LINK) || isBack(order));
  const times = Array.from(waiting.items.subarray(0, waiting.count), (order) => core.pool.numbers[timeAt(order)]);
  for (let at = 0; at < waiting.count && core.phase === CONTINUOUS; at++) {
    const order = waiting.items[at] as number;
    // One that came before may have traded and taken this one with it.
    if (core.pool.numbers[timeAt(order)] !== times[at] || placeOf(core.pool.words[order + TRAITS] as number) !== PARKED)
      continue;
    unpark(core, order);
    enter(core, order);
  }
}
