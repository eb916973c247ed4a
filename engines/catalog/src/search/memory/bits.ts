/** A set of small numbers, one bit each. */
export class Bits {
  words = new Uint32Array(16);

  get bytes(): number {
    return this.words.byteLength;
  }

  has(at: number): boolean {
    return (((this.words[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;
  }

  set(at: number, value: boolean): void {
    const word = at >>> 5;
    if (word >= this.words.length) {
      if (!value) return;
      this.reach(at + 1);
    }
    const bit = 1 << (at & 31);
    this.words[word] = value ? (this.words[word] as number) | bit : (this.words[word] as number) & ~bit;
  }

  /** Room for numbers below `count`. */
  reach(count: number): void {
    const needed = (count + 31) >>> 5;
    if (needed <= this.words.length) return;
    const words = new Uint32Array(Math.max(needed, this.words.length + (this.words.length >>> 2)));
    words.set(this.words);
    this.words = words;
  }
}
