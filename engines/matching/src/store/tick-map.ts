// biome-ignore lint/nursery/noJsRestrictedProperties: exact on 32-bit integers, the same on every machine.
const { clz32 } = Math;

const lowestBit = (bits: number): number => 31 - clz32(bits & -bits);

/** Which keys are taken: a bit each, and two smaller maps that tell which words of the one below have any. */
export class TickMap {
  declare private readonly count: number;
  declare private readonly bits: Int32Array;
  declare private readonly words: Int32Array;
  declare private readonly blocks: Int32Array;

  constructor(count: number) {
    this.count = count;
    // One word more than needed each, so that looking behind the last key stays inside.
    this.bits = new Int32Array((count >>> 5) + 2);
    this.words = new Int32Array((this.bits.length >>> 5) + 2);
    this.blocks = new Int32Array((this.words.length >>> 5) + 2);
  }

  add(key: number): void {
    const word = key >>> 5;
    const taken = this.bits[word] as number;
    this.bits[word] = taken | (1 << (key & 31));
    if (taken !== 0) return;
    const block = word >>> 5;
    this.words[block] = (this.words[block] as number) | (1 << (word & 31));
    this.blocks[block >>> 5] = (this.blocks[block >>> 5] as number) | (1 << (block & 31));
  }

  remove(key: number): void {
    const word = key >>> 5;
    const left = (this.bits[word] as number) & ~(1 << (key & 31));
    this.bits[word] = left;
    if (left !== 0) return;
    const block = word >>> 5;
    const leftWords = (this.words[block] as number) & ~(1 << (word & 31));
    this.words[block] = leftWords;
    if (leftWords === 0) this.blocks[block >>> 5] = (this.blocks[block >>> 5] as number) & ~(1 << (block & 31));
  }

  /** The smallest taken key from `from` on; the count of keys when there is none. */
  next(from: number): number {
    const word = from >>> 5;
    const here = (this.bits[word] as number) & (-1 << (from & 31));
    if (here !== 0) return (word << 5) + lowestBit(here);
    const found = this.nextWord(word + 1);
    return found < 0 ? this.count : (found << 5) + lowestBit(this.bits[found] as number);
  }

  private nextWord(from: number): number {
    const block = from >>> 5;
    const here = (this.words[block] as number) & (-1 << (from & 31));
    if (here !== 0) return (block << 5) + lowestBit(here);
    let at = (block + 1) >>> 5;
    let rest = (this.blocks[at] as number) & (-1 << ((block + 1) & 31));
    while (rest === 0) {
      if (++at >= this.blocks.length) return -1;
      rest = this.blocks[at] as number;
    }
    const found = (at << 5) + lowestBit(rest);
    return (found << 5) + lowestBit(this.words[found] as number);
  }
}
