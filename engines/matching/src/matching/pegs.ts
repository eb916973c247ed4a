import { sayRepriced, take } from "../orders/entering.ts";
import type { Core } from "../store/core.ts";
import { levelsOf, makersOf, stamp } from "../store/core.ts";
import type { Levels } from "../store/levels.ts";
import { BOUND, CAP, DISTANCE, NEXT, PRICE, rareAt, TRAITS, timeAt } from "../store/pool.ts";
import { stepAbove, stepBelow } from "../store/price-steps.ts";
import { NO_PRICE } from "../store/settings.ts";
import { park, takeOut } from "../store/standing.ts";
import { MID, PEGGED, PRIMARY } from "../wire/codes.ts";
import {
  FOR_BAND,
  FOR_PEG,
  IN_LEVEL,
  KIND_MASK,
  KIND_SHIFT,
  PARKED,
  PEG_MASK,
  PEG_SHIFT,
  placeOf,
  reasonOf,
  SELLS,
} from "../wire/traits.ts";

const IS_PEGGED = PEGGED << KIND_SHIFT;

/** Best price at which an order rests that is no peg: pegs do not follow pegs. */
function bestFree(core: Core, levels: Levels): number {
  const { words } = core.pool;
  for (let key = levels.best; key < levels.count; key = levels.after(key)) {
    for (let order = levels.headOf(key); order !== 0; order = words[order + NEXT] as number) {
      if (((words[order + TRAITS] as number) & KIND_MASK) !== IS_PEGGED) return levels.priceOf(key);
    }
  }
  return NO_PRICE;
}

function referenceOf(core: Core, traits: number): number {
  const reference = (traits & PEG_MASK) >> PEG_SHIFT;
  const own = bestFree(core, levelsOf(core, traits));
  if (reference === PRIMARY) return own;
  const opposite = bestFree(core, makersOf(core, traits));
  if (reference !== MID || opposite === NO_PRICE) return opposite;
  if (own === NO_PRICE) return NO_PRICE;
  const roundsUp = (traits & SELLS) !== 0 ? 1 : 0;
  return (own + opposite + roundsUp) >> 1;
}

/** Where a peg belongs now; `NO_PRICE` where there is nothing to follow. */
function aimOf(core: Core, order: number): number {
  const { words, rare } = core.pool;
  const traits = words[order + TRAITS] as number;
  const reference = referenceOf(core, traits);
  if (reference === NO_PRICE) return NO_PRICE;
  const wished = reference + (rare[rareAt(order) + DISTANCE] as number);
  const buys = (traits & SELLS) === 0;
  const valid = buys ? stepBelow(core.settings, wished) : stepAbove(core.settings, wished);
  const inside = Math.max(core.lowest, Math.min(core.highest, valid));
  // What a buy holds by is its cap where it has one; a sell without one has -1.
  if (buys) return Math.min(inside, rare[rareAt(order) + BOUND] as number);
  return Math.max(inside, rare[rareAt(order) + CAP] as number);
}

/** Moves the first peg that is not where it belongs; whether there was one. */
export function movePeg(core: Core): boolean {
  const { words, numbers } = core.pool;
  let found = 0;
  let foundAim = NO_PRICE;
  for (let at = 0; at < core.pegs.count; at++) {
    const order = core.pegs.items[at] as number;
    if (found !== 0 && (numbers[timeAt(order)] as number) > (numbers[timeAt(found)] as number)) continue;
    const traits = words[order + TRAITS] as number;
    if (placeOf(traits) === PARKED && reasonOf(traits) === FOR_BAND) continue;
    const aim = aimOf(core, order);
    const here = placeOf(traits) === IN_LEVEL ? (words[order + PRICE] as number) : NO_PRICE;
    if (aim === here) continue;
    found = order;
    foundAim = aim;
  }
  if (found === 0) return false;
  takeOut(core, found);
  words[found + PRICE] = foundAim;
  if (foundAim === NO_PRICE) park(core, found, FOR_PEG);
  else {
    sayRepriced(core, found);
    stamp(core, found);
    take(core, found);
  }
  return true;
}
