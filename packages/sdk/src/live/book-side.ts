import { parseDecimal } from "@kontor/kernel";
import type { LevelView } from "@kontor/protocol";

export type BookLevel = { readonly price: string; readonly quantity: string; readonly orders: number };

/** Digits that a decimal may have behind its point. */
const finest = 18;

type Ranked = { readonly rank: bigint; readonly level: BookLevel };

/** One side's levels, best first. */
export class BookSide {
  readonly #isBids: boolean;
  #levels: Ranked[] = [];
  #shown: readonly BookLevel[] | null = null;

  constructor(isBids: boolean) {
    this.#isBids = isBids;
  }

  get levels(): readonly BookLevel[] {
    this.#shown ??= this.#levels.map(({ level }) => level);
    return this.#shown;
  }

  best(count: number): readonly BookLevel[] {
    return this.#levels.slice(0, count).map(({ level }) => level);
  }

  replace(levels: Readonly<Record<string, LevelView>>): void {
    this.#shown = null;
    this.#levels = Object.entries(levels).map(([price, view]) => ({
      rank: this.#rankOf(price),
      level: { price, ...view },
    }));
    this.#levels.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  }

  /** What a merge patch says of a level: what of it changed, or null: it is gone. */
  set(price: string, change: Partial<LevelView> | null): void {
    this.#shown = null;
    const rank = this.#rankOf(price);
    const at = this.#placeOf(rank);
    const known = this.#levels[at]?.rank === rank ? this.#levels[at] : undefined;
    if (change === null) {
      if (known !== undefined) this.#levels.splice(at, 1);
      return;
    }
    const level: BookLevel = { quantity: "0", orders: 0, ...known?.level, ...change, price };
    this.#levels.splice(at, known === undefined ? 0 : 1, { rank, level });
  }

  /** Where a level of this rank is, or belongs. */
  #placeOf(rank: bigint): number {
    let low = 0;
    let high = this.#levels.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#levels[middle] as Ranked).rank < rank) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Smaller is better. */
  #rankOf(price: string): bigint {
    const parsed = parseDecimal(price, finest);
    const rank = typeof parsed === "bigint" ? parsed : 0n;
    return this.#isBids ? -rank : rank;
  }
}
