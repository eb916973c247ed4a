// biome-ignore lint/nursery/noJsRestrictedProperties: exact on 32-bit integers, the same on every machine.
const { imul } = Math;

const FIRST_ROOM = 8;

/** Prices of some offers: open addressing over typed arrays. Keys are offer numbers + 1; 0 is an empty place. */
export class SparsePrices {
  size = 0;
  keys = new Uint32Array(FIRST_ROOM);
  prices = new Float64Array(FIRST_ROOM);

  get bytes(): number {
    return this.keys.byteLength + this.prices.byteLength;
  }

  get(offer: number): number | undefined {
    const place = this.placeOf(offer);
    return this.keys[place] === 0 ? undefined : this.prices[place];
  }

  set(offer: number, price: number): void {
    let place = this.placeOf(offer);
    if (this.keys[place] === 0) {
      if ((this.size + 1) * 5 > this.keys.length * 4) {
        this.resize(this.keys.length * 2);
        place = this.placeOf(offer);
      }
      this.keys[place] = offer + 1;
      this.size++;
    }
    this.prices[place] = price;
  }

  delete(offer: number): void {
    const mask = this.keys.length - 1;
    let hole = this.placeOf(offer);
    if (this.keys[hole] === 0) return;
    this.size--;
    let place = hole;
    for (;;) {
      place = (place + 1) & mask;
      const key = this.keys[place] as number;
      if (key === 0) break;
      // It may fill the hole unless its home lies between the hole and where it is.
      if (((place - this.home(key - 1)) & mask) < ((place - hole) & mask)) continue;
      this.keys[hole] = key;
      this.prices[hole] = this.prices[place] as number;
      hole = place;
    }
    this.keys[hole] = 0;
  }

  private home(offer: number): number {
    const mixed = imul(offer + 1, 0x9e3779b1);
    return (mixed ^ (mixed >>> 15)) & (this.keys.length - 1);
  }

  private placeOf(offer: number): number {
    const mask = this.keys.length - 1;
    let place = this.home(offer);
    while (this.keys[place] !== 0 && this.keys[place] !== offer + 1) place = (place + 1) & mask;
    return place;
  }

  private resize(room: number): void {
    const { keys, prices } = this;
    this.keys = new Uint32Array(room);
    this.prices = new Float64Array(room);
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] as number;
      if (key === 0) continue;
      const place = this.placeOf(key - 1);
      this.keys[place] = key;
      this.prices[place] = prices[at] as number;
    }
  }
}
