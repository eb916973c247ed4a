import { DORMANT, placeOf } from "../wire/traits.ts";
import type { Core } from "./core.ts";
import type { Levels } from "./levels.ts";
import { LEAVES, NEXT, NUMBER, PRICE, rareAt, SHOWN, STOP_PRICE, TRAITS } from "./pool.ts";
import { NO_PRICE } from "./settings.ts";
import type { SlotSet } from "./slot-set.ts";
import { Selection } from "./slot-set.ts";

// biome-ignore lint/nursery/noJsRestrictedProperties: exact on 32-bit integers, the same on every machine.
const { imul } = Math;

const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;
const TWO_32 = 4294967296;

/** 32 bits of all that decides what the book does next; two books of the same commands have the same. */
export function hashOf(core: Core): number {
  let hash = OFFSET;
  const mix = (word: number): void => {
    hash = imul(hash ^ word, PRIME);
  };
  mix(core.phase);
  mix(core.last);
  mix(core.reference);
  for (const side of [core.buys, core.sells]) mixSide(core, side, mix);
  for (const orders of [core.allOrNone, core.dormant, core.parked]) mixApart(core, orders, mix);
  mixAccounts(core, mix);
  return hash >>> 0;
}

type Mix = (word: number) => void;

function mixSide(core: Core, side: Levels, mix: Mix): void {
  const { words } = core.pool;
  const mixQueue = (head: number): void => {
    for (let order = head; order !== 0; order = words[order + NEXT] as number) {
      mix(words[order + NUMBER] as number);
      mix(words[order + PRICE] as number);
      mix(words[order + LEAVES] as number);
      mix(words[order + SHOWN] as number);
    }
  };
  mixQueue(side.marketHead);
  for (let key = side.best; key < side.count; key = side.after(key)) mixQueue(side.headOf(key));
}

function mixApart(core: Core, set: SlotSet, mix: Mix): void {
  const { words, rare } = core.pool;
  const orders = new Selection();
  for (let at = 0; at < set.count; at++) orders.add(set.items[at] as number);
  orders.sortByTime(core.pool);
  for (let at = 0; at < orders.count; at++) {
    const order = orders.items[at] as number;
    const sleeps = placeOf(words[order + TRAITS] as number) === DORMANT;
    mix(words[order + NUMBER] as number);
    mix(words[order + PRICE] as number);
    mix(sleeps ? (rare[rareAt(order) + STOP_PRICE] as number) : NO_PRICE);
    mix(words[order + LEAVES] as number);
  }
}

function mixAccounts({ accounts }: Core, mix: Mix): void {
  const indices = Array.from({ length: accounts.count }, (_, at) => at + 1);
  indices.sort((a, b) => (accounts.names[a] as number) - (accounts.names[b] as number));
  for (const index of indices) {
    mix(accounts.names[index] as number);
    for (let what = 0; what < 4; what++) {
      const value = accounts.get(index, what);
      const high = value % TWO_32 < 0 ? Math.trunc(value / TWO_32) - 1 : Math.trunc(value / TWO_32);
      mix((value - high * TWO_32) | 0);
      mix(high | 0);
    }
  }
}
