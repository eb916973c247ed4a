import { take } from "../orders/entering.ts";
import { tradable } from "../orders/fillable.ts";
import type { Core } from "../store/core.ts";
import { stamp } from "../store/core.ts";
import { LEAVES, timeAt } from "../store/pool.ts";
import { NO_PRICE } from "../store/settings.ts";
import { takeOut } from "../store/standing.ts";
import { CONTINUOUS } from "../wire/codes.ts";
import { movePeg } from "./pegs.ts";
import { fireStop, followTrades } from "./stops.ts";

/** What follows from a command in continuous trading, one thing at a time, until nothing does. */
export function settle(core: Core): void {
  while (core.phase === CONTINUOUS) {
    if (core.dormant.count !== 0) {
      followTrades(core);
      if (fireStop(core)) continue;
    }
    if (core.allOrNone.count !== 0 && tradeApart(core)) continue;
    if (core.pegs.count !== 0 && movePeg(core)) continue;
    core.high = NO_PRICE;
    core.low = NO_PRICE;
    return;
  }
}

/** Lets the first all-or-none order trade that can; whether there was one. */
function tradeApart(core: Core): boolean {
  const { words, numbers } = core.pool;
  let found = 0;
  for (let at = 0; at < core.allOrNone.count; at++) {
    const order = core.allOrNone.items[at] as number;
    if (found !== 0 && (numbers[timeAt(order)] as number) > (numbers[timeAt(found)] as number)) continue;
    if (tradable(core, order) === (words[order + LEAVES] as number)) found = order;
  }
  if (found === 0) return false;
  takeOut(core, found);
  stamp(core, found);
  take(core, found);
  return true;
}
