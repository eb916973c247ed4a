import type { Pool } from "./pool.ts";
import * as slots from "./pool.ts";

const { CHAIN, NUMBER } = slots;
// biome-ignore lint/nursery/noJsRestrictedProperties: exact on 32-bit integers, the same on every machine.
const { imul } = Math;

const INITIAL_HEADS = 4096;
/** Numbers of one block of so many bits lie side by side; an odd factor spreads the blocks. */
const BLOCK_BITS = 14;
const SPREAD = 0x9e3779b1;

/**
 * Live orders by their number: chains, through the orders themselves, of those that fall into one place, hardly ever of
 * more than one. Numbers that rise one by one, as a market gives them, take places that lie side by side, and that a
 * new one is not taken is known without a look.
 */
export class OrderIndex {
  declare private readonly pool: Pool;
  private size = 0;
  private highest = 0;
  private heads = new Int32Array(INITIAL_HEADS);
  private mask = INITIAL_HEADS - 1;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  /** The live order of that number, or 0. */
  get(number: number): number {
    const { words } = this.pool;
    let order = this.heads[(number ^ imul(number >>> BLOCK_BITS, SPREAD)) & this.mask] as number;
    while (order !== 0 && words[order + NUMBER] !== number) order = words[order + CHAIN] as number;
    return order;
  }

  has(number: number): boolean {
    return number <= this.highest && this.get(number) !== 0;
  }

  /** No order of its number may be there. */
  add(order: number): void {
    const { words } = this.pool;
    const number = words[order + NUMBER] as number;
    const place = (number ^ imul(number >>> BLOCK_BITS, SPREAD)) & this.mask;
    words[order + CHAIN] = this.heads[place] as number;
    this.heads[place] = order;
    if (number > this.highest) this.highest = number;
    this.size++;
    if (this.size > this.mask >> 2) this.grow();
  }

  /** The order must be there. */
  remove(order: number): void {
    const { words } = this.pool;
    const number = words[order + NUMBER] as number;
    const place = (number ^ imul(number >>> BLOCK_BITS, SPREAD)) & this.mask;
    const head = this.heads[place] as number;
    this.size--;
    if (head === order) this.heads[place] = words[order + CHAIN] as number;
    else this.unchain(head, order);
  }

  private unchain(head: number, order: number): void {
    const { words } = this.pool;
    let before = head;
    while (words[before + CHAIN] !== order) before = words[before + CHAIN] as number;
    words[before + CHAIN] = words[order + CHAIN] as number;
  }

  private grow(): void {
    const { words } = this.pool;
    const old = this.heads;
    this.heads = new Int32Array(old.length * 2);
    this.mask = this.heads.length - 1;
    this.size = 0;
    for (const head of old) {
      for (let order = head; order !== 0; ) {
        const next = words[order + CHAIN] as number;
        this.add(order);
        order = next;
      }
    }
  }
}
