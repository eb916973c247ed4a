import * as slots from "./pool.ts";
import { TickMap } from "./tick-map.ts";

const { NEXT, PREVIOUS, PRICE, SHOWN } = slots;

/**
 * The levels of both sides whose totals changed in a group: each a key and, in its lowest bit, a side. One list for
 * both, because nobody can foretell which side's would have any.
 */
export class LevelChanges {
  count = 0;
  items = new Int32Array(64);
  /** Whether a buy level came behind a sell level. */
  mixed = false;

  add(item: number): void {
    const { count, items } = this;
    if (count === items.length) this.grow();
    if (count !== 0 && (item & 1) < ((items[count - 1] as number) & 1)) this.mixed = true;
    this.items[count] = item;
    this.count = count + 1;
  }

  clear(): void {
    this.count = 0;
    this.mixed = false;
  }

  private grow(): void {
    const larger = new Int32Array(this.count * 2);
    larger.set(this.items);
    this.items = larger;
  }
}

type PriceRange = { readonly minPrice: number; readonly maxPrice: number };

/**
 * One side's queues, one per tick. A level's key is its distance from the best price that there can be, so that on
 * both sides a smaller key is a better price. The queue behind the last key is that of orders without a price.
 */
export class Levels {
  /** Key of the best level; `count` when there is none. */
  declare best: number;
  declare readonly count: number;
  /** Head and tail of each level. */
  declare readonly ends: Int32Array;
  declare private readonly origin: number;
  /** All bits of a price turn over where a higher one is better; none does where a lower one is. */
  declare private readonly turn: number;
  declare private readonly occupied: TickMap;
  declare readonly keepsTotals: boolean;
  /** Where changes of totals are noted. */
  declare private readonly changes: LevelChanges;
  declare private readonly side: number;
  /** Per level the shown quantity as a double, then the number of orders and whether the level was touched. */
  declare private readonly totals: Float64Array;
  declare private readonly totalWords: Int32Array;

  constructor(range: PriceRange, sells: boolean, changes: LevelChanges | null) {
    this.count = range.maxPrice - range.minPrice + 1;
    this.best = this.count;
    this.origin = sells ? -range.minPrice : range.maxPrice + 1;
    this.turn = sells ? 0 : -1;
    this.ends = new Int32Array((this.count + 1) * 2);
    this.occupied = new TickMap(this.count);
    this.keepsTotals = changes !== null;
    this.changes = changes ?? new LevelChanges();
    this.side = sells ? 1 : 0;
    this.totals = new Float64Array(this.keepsTotals ? (this.count + 1) * 2 : 0);
    this.totalWords = new Int32Array(this.totals.buffer);
  }

  keyOf(price: number): number {
    return (price ^ this.turn) + this.origin;
  }

  priceOf(key: number): number {
    return (key - this.origin) ^ this.turn;
  }

  headOf(key: number): number {
    return this.ends[key << 1] as number;
  }

  /** Head of the queue of orders without a price. */
  get marketHead(): number {
    return this.headOf(this.count);
  }

  /** The next worse level; `count` when there is none. */
  after(key: number): number {
    return this.occupied.next(key + 1);
  }

  append(words: Int32Array, order: number): void {
    const key = this.keyOf(words[order + PRICE] as number);
    if (this.put(words, order, key)) {
      this.occupied.add(key);
      if (key < this.best) this.best = key;
    }
    if (this.keepsTotals) this.change(key, words[order + SHOWN] as number, 1);
  }

  remove(words: Int32Array, order: number): void {
    const key = this.keyOf(words[order + PRICE] as number);
    if (this.keepsTotals) this.change(key, -(words[order + SHOWN] as number), -1);
    if (this.pull(words, order, key)) {
      this.occupied.remove(key);
      if (key === this.best) this.best = this.occupied.next(key);
    }
  }

  appendToMarket(words: Int32Array, order: number): void {
    this.put(words, order, this.count);
  }

  removeFromMarket(words: Int32Array, order: number): void {
    this.pull(words, order, this.count);
  }

  /** What is shown at a price changed by so much, with the number of orders as it was. */
  shownChanged(price: number, by: number): void {
    if (this.keepsTotals) this.change(this.keyOf(price), by, 0);
  }

  /** Quantity shown at a key. */
  quantityAt(key: number): number {
    return this.totals[key << 1] as number;
  }

  ordersAt(key: number): number {
    return this.totalWords[(key << 2) + 2] as number;
  }

  /** From now on a change of the key's totals is noted again. */
  forget(key: number): void {
    this.totalWords[(key << 2) + 3] = 0;
  }

  /** Whether the queue was empty. */
  private put(words: Int32Array, order: number, key: number): boolean {
    const ends = this.ends;
    const tail = ends[(key << 1) + 1] as number;
    words[order + NEXT] = 0;
    words[order + PREVIOUS] = tail;
    ends[(key << 1) + 1] = order;
    if (tail !== 0) {
      words[tail + NEXT] = order;
      return false;
    }
    ends[key << 1] = order;
    return true;
  }

  /** Whether the queue is empty now. */
  private pull(words: Int32Array, order: number, key: number): boolean {
    const next = words[order + NEXT] as number;
    const previous = words[order + PREVIOUS] as number;
    if (previous !== 0) words[previous + NEXT] = next;
    else this.ends[key << 1] = next;
    if (next !== 0) words[next + PREVIOUS] = previous;
    else this.ends[(key << 1) + 1] = previous;
    return (next | previous) === 0;
  }

  private change(key: number, quantity: number, orders: number): void {
    this.totals[key << 1] = (this.totals[key << 1] as number) + quantity;
    const at = (key << 2) + 2;
    this.totalWords[at] = (this.totalWords[at] as number) + orders;
    if (this.totalWords[at + 1] !== 0) return;
    this.totalWords[at + 1] = 1;
    this.changes.add((key << 1) | this.side);
  }
}
