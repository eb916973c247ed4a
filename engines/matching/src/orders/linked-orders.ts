import type { Core } from "../store/core.ts";
import { linkOf, nextLinked } from "../store/link-rings.ts";
import { LEAVES, TRAITS, timeAt } from "../store/pool.ts";
import { cancel } from "../store/standing.ts";
import { BY_LINK } from "../wire/codes.ts";
import { IN_LEVEL, IN_MARKET_QUEUE, LINKED, placeOf } from "../wire/traits.ts";

/** Cancels the other orders of an order's link, by time. */
export function cancelLinked(core: Core, order: number): void {
  if (((core.pool.words[order + TRAITS] as number) & LINKED) === 0) return;
  const name = linkOf(core, order);
  for (let other = earliest(core, name, order); other !== 0; other = earliest(core, name, order)) {
    cancel(core, other, BY_LINK);
  }
}

function earliest(core: Core, name: number, except: number): number {
  const { words, numbers } = core.pool;
  let found = 0;
  for (let other = core.links.get(name); other !== 0; other = nextLinked(core, other)) {
    if (other === except || words[other + LEAVES] === 0) continue;
    if (other === core.taker && core.takerGone) continue;
    if (found === 0 || (numbers[timeAt(other)] as number) < (numbers[timeAt(found)] as number)) found = other;
  }
  return found;
}

/** An order of the link that rests with or without a price, other than the given one; 0 when there is none. */
export function restingLinked(core: Core, name: number, except: number): number {
  const { words } = core.pool;
  for (let other = core.links.get(name); other !== 0; other = nextLinked(core, other)) {
    const place = placeOf(words[other + TRAITS] as number);
    if (other !== except && (place === IN_LEVEL || place === IN_MARKET_QUEUE)) return other;
  }
  return 0;
}
