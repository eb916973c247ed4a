import { LISTED } from "../wire/traits.ts";
import type { Core } from "./core.ts";
import { ORDER_WORDS, TRAITS } from "./pool.ts";
import { Selection } from "./slot-set.ts";

/** The live orders that fit, earliest first. Looks at every slot: for what is rare. */
export function selectByTime(core: Core, fits: (order: number) => boolean): Selection {
  const { words, end } = core.pool;
  const selection = new Selection();
  for (let order = ORDER_WORDS; order < end; order += ORDER_WORDS) {
    if (((words[order + TRAITS] as number) & LISTED) !== 0 && fits(order)) selection.add(order);
  }
  return selection.sortByTime(core.pool);
}
