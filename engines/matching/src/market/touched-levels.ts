import type { EventRing } from "../wire/event-ring.ts";
import { E_PRICE, E_SIDE, EVENT_WORDS } from "../wire/event-ring.ts";
import { LEVEL } from "../wire/event-types.ts";

/** Levels remembered: a batch that touches more is compared whole. */
const touchedMax = 4_096;

export type Touched = { readonly buy: ReadonlySet<number>; readonly sell: ReadonlySet<number> };

/**
 * Prices at which the last commands changed what is shown: no part of the state, but a help to tell what is new in it
 * without looking at all of it.
 */
export class TouchedLevels {
  /** Two numbers each: of the command, and the price, above zero of a buy, below zero of a sell. */
  #entries: number[] = [];
  /** The first command that is remembered whole. */
  #from: number;

  constructor(from: number) {
    this.#from = from;
  }

  /** Takes in the levels at the end of a command's group, which is the last in the ring. */
  note(command: number, { words, start, end }: EventRing): void {
    for (let at = end - 2 * EVENT_WORDS; at >= start && words[at] === LEVEL; at -= EVENT_WORDS) {
      const price = words[at + E_PRICE] as number;
      this.#entries.push(command, words[at + E_SIDE] === 0 ? price : -price);
    }
    if (this.#entries.length > 4 * touchedMax) this.#forget(command);
  }

  /** Since a command, that one included; null when that is too long ago. */
  since(command: number): Touched | null {
    if (command < this.#from) return null;
    const buy = new Set<number>();
    const sell = new Set<number>();
    for (let at = this.#entries.length - 2; at >= 0 && (this.#entries[at] as number) >= command; at -= 2) {
      const price = this.#entries[at + 1] as number;
      if (price > 0) buy.add(price);
      else sell.add(-price);
    }
    return { buy, sell };
  }

  #forget(latest: number): void {
    const left = this.#entries.slice(-2 * touchedMax);
    const first = left[0] ?? latest;
    this.#from = Math.min(first, latest) + 1;
    this.#entries = left;
  }
}
