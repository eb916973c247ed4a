// biome-ignore lint/nursery/noJsRestrictedProperties: exact on 32-bit integers, the same on every machine.
const { imul } = Math;

const INITIAL_SHIFT = 20;
/** 2^32 divided by the golden ratio. */
const FIBONACCI = 0x9e3779b1;

/** Numbers above zero to numbers above zero: open addressing, linear probing, deletion that leaves no graves. */
export class IdMap {
  size = 0;
  /** Pairs of key and value; key 0 is an empty place. */
  private pairs = new Int32Array(2 << (32 - INITIAL_SHIFT));
  private shift = INITIAL_SHIFT;
  private mask = (1 << (32 - INITIAL_SHIFT)) - 1;

  /** 0 when the key is not there. */
  get(key: number): number {
    const pairs = this.pairs;
    const mask = this.mask;
    let place = imul(key, FIBONACCI) >>> this.shift;
    for (;;) {
      const found = pairs[place << 1] as number;
      if (found === key) return pairs[(place << 1) + 1] as number;
      if (found === 0) return 0;
      place = (place + 1) & mask;
    }
  }

  /** The key must not be there yet, unless its value is replaced. */
  set(key: number, value: number): void {
    if (this.size * 3 > this.mask) this.grow();
    const pairs = this.pairs;
    let place = imul(key, FIBONACCI) >>> this.shift;
    for (;;) {
      const found = pairs[place << 1] as number;
      if (found === 0) this.size++;
      if (found === 0 || found === key) break;
      place = (place + 1) & this.mask;
    }
    pairs[place << 1] = key;
    pairs[(place << 1) + 1] = value;
  }

  delete(key: number): void {
    const pairs = this.pairs;
    const mask = this.mask;
    let hole = imul(key, FIBONACCI) >>> this.shift;
    for (;;) {
      const found = pairs[hole << 1] as number;
      if (found === key) break;
      if (found === 0) return;
      hole = (hole + 1) & mask;
    }
    this.size--;
    let place = hole;
    for (;;) {
      place = (place + 1) & mask;
      const found = pairs[place << 1] as number;
      if (found === 0) break;
      const home = imul(found, FIBONACCI) >>> this.shift;
      // It may fill the hole unless its home lies between the hole and where it is.
      if (((place - home) & mask) < ((place - hole) & mask)) continue;
      pairs[hole << 1] = found;
      pairs[(hole << 1) + 1] = pairs[(place << 1) + 1] as number;
      hole = place;
    }
    pairs[hole << 1] = 0;
  }

  /** In no order. */
  keys(): number[] {
    const keys: number[] = [];
    for (let at = 0; at < this.pairs.length; at += 2) if (this.pairs[at] !== 0) keys.push(this.pairs[at] as number);
    return keys;
  }

  private grow(): void {
    const old = this.pairs;
    this.shift--;
    this.mask = this.mask * 2 + 1;
    this.pairs = new Int32Array(old.length * 2);
    this.size = 0;
    for (let at = 0; at < old.length; at += 2) {
      const key = old[at] as number;
      if (key !== 0) this.set(key, old[at + 1] as number);
    }
  }
}
