import type { Core } from "../store/core.ts";
import * as coreWords from "../store/core.ts";
import { makersOf } from "../store/core.ts";
import * as slots from "../store/pool.ts";
import * as traitBits from "../wire/traits.ts";
import { comeBy, isPassedOver, nextApart, walkOf } from "./apart.ts";
import { guardAt } from "./guards.ts";
import { prevent } from "./self-trade.ts";
import { priceWith, trade } from "./trading.ts";

const { UNINTERRUPTED } = coreWords;
const { GROUP, LEAVES, PRICE, TRAITS } = slots;
const { MODE_MASK } = traitBits;

/**
 * Lets an order that is nowhere take what its limit allows. Afterwards `takerGone` tells whether it was cancelled on
 * the way, and `interruption` whether a trade that must not print has ended it.
 */
export function match(core: Core, taker: number): void {
  const { words } = core.pool;
  const makers = makersOf(core, words[taker + TRAITS] as number);
  const limit = makers.keyOf(words[taker + PRICE] as number);
  core.taker = taker;
  core.takerGone = false;
  core.interruption = UNINTERRUPTED;
  if (core.allOrNone.count !== 0) matchAlsoApart(core, taker, limit);
  else {
    while (makers.best <= limit) {
      if (!meet(core, taker, makers.headOf(makers.best))) break;
    }
  }
  core.taker = 0;
}

/** Also with all-or-none orders, each behind the queue at its price. */
function matchAlsoApart(core: Core, taker: number, limit: number): void {
  const { words } = core.pool;
  const walk = walkOf(core, taker);
  const makers = walk.levels;
  for (;;) {
    walk.wanted = words[taker + LEAVES] as number;
    const best = makers.best;
    const apart = nextApart(core, walk, best <= limit ? best - 1 : limit);
    if (apart !== 0) {
      comeBy(core, walk, apart);
      if (!isPassedOver(core, walk, apart) && !meet(core, taker, apart)) return;
    } else if (best > limit || !meet(core, taker, makers.headOf(best))) return;
  }
}

/** Whether the taker goes on after its turn with a maker. */
function meet(core: Core, taker: number, maker: number): boolean {
  const { words } = core.pool;
  if (((words[taker + TRAITS] as number) & MODE_MASK) !== 0 && words[taker + GROUP] === words[maker + GROUP]) {
    prevent(core, taker, maker);
  } else {
    if (core.guarded) {
      core.interruption = guardAt(core, priceWith(core, maker), core.last);
      if (core.interruption !== UNINTERRUPTED) return false;
    }
    trade(core, taker, maker);
  }
  return !core.takerGone && (core.pool.words[taker + LEAVES] as number) !== 0;
}
