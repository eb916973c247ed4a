import type { Core } from "../store/core.ts";
import { rareAt, STOP_PRICE, TRAITS, timeAt } from "../store/pool.ts";
import { NO_PRICE } from "../store/settings.ts";
import { SELLS } from "../wire/traits.ts";

/** Higher than any stop. */
const NO_STOP_ABOVE = 2 ** 31 - 1;

/** Whether a stop at this price fires when the last trade was at that one. */
export function isTriggered(traits: number, stop: number, last: number): boolean {
  if (last === NO_PRICE) return false;
  return (traits & SELLS) === 0 ? last >= stop : last <= stop;
}

/** The stop that fires next: the nearest of each side, of these the earlier; 0 when none does. */
export function nextStop(core: Core): number {
  const { last } = core;
  if (last === NO_PRICE || (last < core.lowestBuyStop && last > core.highestSellStop)) return 0;
  const { numbers, rare } = core.pool;
  const buy = nearest(core, 0);
  const sell = nearest(core, SELLS);
  core.lowestBuyStop = buy === 0 ? NO_STOP_ABOVE : (rare[rareAt(buy) + STOP_PRICE] as number);
  core.highestSellStop = sell === 0 ? NO_PRICE : (rare[rareAt(sell) + STOP_PRICE] as number);
  const buyFires = buy !== 0 && last >= core.lowestBuyStop;
  const sellFires = sell !== 0 && last <= core.highestSellStop;
  if (!buyFires || !sellFires) return (buyFires ? buy : 0) + (sellFires ? sell : 0);
  return (numbers[timeAt(buy)] as number) < (numbers[timeAt(sell)] as number) ? buy : sell;
}

/** Of the buys the one with the lowest stop, of the sells with the highest, then the earlier. */
function nearest(core: Core, side: number): number {
  const { words, rare, numbers } = core.pool;
  const { dormant } = core;
  let found = 0;
  let foundStop = 0;
  for (let at = 0; at < dormant.count; at++) {
    const order = dormant.items[at] as number;
    if (((words[order + TRAITS] as number) & SELLS) !== side) continue;
    const stop = rare[rareAt(order) + STOP_PRICE] as number;
    const nearer = side === 0 ? foundStop - stop : stop - foundStop;
    const earlier = found !== 0 && (numbers[timeAt(order)] as number) < (numbers[timeAt(found)] as number);
    if (found !== 0 && (nearer < 0 || (nearer === 0 && !earlier))) continue;
    found = order;
    foundStop = stop;
  }
  return found;
}

/** Widens what `nextStop` looks at by a stop that is new or has moved. */
export function noteStop(core: Core, order: number): void {
  const { words, rare } = core.pool;
  const stop = rare[rareAt(order) + STOP_PRICE] as number;
  core.trailsStale = true;
  if (((words[order + TRAITS] as number) & SELLS) === 0) core.lowestBuyStop = Math.min(core.lowestBuyStop, stop);
  else core.highestSellStop = Math.max(core.highestSellStop, stop);
}
