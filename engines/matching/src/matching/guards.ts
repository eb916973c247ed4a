import type { Core } from "../store/core.ts";
import { BY_BREAKER, BY_VOLATILITY, UNINTERRUPTED } from "../store/core.ts";
import { NO_PRICE } from "../store/settings.ts";

const WHOLE = 10_000;

/** What a trade at a price would set off, if it were the one after a trade at `last`. Breakers are looked at first. */
export function guardAt(core: Core, price: number, last: number): number {
  const { reference, bands } = core;
  if (reference !== NO_PRICE) {
    const breaker = core.settings.breakers[core.nextBreaker];
    if (breaker !== undefined && Math.abs(price - reference) * WHOLE > breaker.bps * reference) return BY_BREAKER;
    const fixed = bands.static;
    if (fixed !== undefined && (price > reference + fixed.up || price < reference - fixed.down)) return BY_VOLATILITY;
  }
  const moving = bands.dynamic;
  if (last === NO_PRICE || moving === undefined) return UNINTERRUPTED;
  return price > last + moving.up || price < last - moving.down ? BY_VOLATILITY : UNINTERRUPTED;
}
