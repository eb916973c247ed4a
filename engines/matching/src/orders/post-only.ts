import type { Core } from "../store/core.ts";
import { makersOf } from "../store/core.ts";
import { LEAVES, PRICE, TRAITS } from "../store/pool.ts";
import { stepAbove, stepBelow } from "../store/price-steps.ts";
import { NO_PRICE } from "../store/settings.ts";
import { SELLS } from "../wire/traits.ts";

/** An order as far as its meeting others is concerned. */
export type Entrant = { readonly traits: number; readonly price: number; readonly quantity: number };

/** Best visible price of the other side; `NO_PRICE` when there is none. */
export function bestOpposite(core: Core, traits: number): number {
  const makers = makersOf(core, traits);
  return makers.best < makers.count ? makers.priceOf(makers.best) : NO_PRICE;
}

/** Whether an order of the other side, also one that is not seen, could trade with it. */
export function wouldTrade(core: Core, entrant: Entrant): boolean {
  const makers = makersOf(core, entrant.traits);
  return makers.best <= makers.keyOf(entrant.price) || meetsApart(core, entrant);
}

function meetsApart(core: Core, { traits, price, quantity }: Entrant): boolean {
  const { words } = core.pool;
  const makers = makersOf(core, traits);
  for (let at = 0; at < core.allOrNone.count; at++) {
    const order = core.allOrNone.items[at] as number;
    if ((((words[order + TRAITS] as number) ^ traits) & SELLS) === 0) continue;
    const within = makers.keyOf(words[order + PRICE] as number) <= makers.keyOf(price);
    if (within && (words[order + LEAVES] as number) <= quantity) return true;
  }
  return false;
}

/** The price one tick behind the best opposite one; `NO_PRICE` when the order could not rest there either. */
export function priceBehind(core: Core, entrant: Entrant): number {
  const best = bestOpposite(core, entrant.traits);
  if (best === NO_PRICE) return NO_PRICE;
  const buys = (entrant.traits & SELLS) === 0;
  const price = buys ? stepBelow(core.settings, best - 1) : stepAbove(core.settings, best + 1);
  if (price < core.lowest || price > core.highest) return NO_PRICE;
  return wouldTrade(core, { ...entrant, price }) ? NO_PRICE : price;
}
