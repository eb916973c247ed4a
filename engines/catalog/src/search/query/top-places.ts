/** Below zero when the left place comes first; never zero for two. */
export type Order = (left: number, right: number) => number;

/** Keeps the first `limit` places by their keys, equal keys by an order: a heap with the last of them on top. */
export class TopPlaces {
  private readonly places: Int32Array;
  private count = 0;
  private readonly keys: Float64Array;
  private readonly ties: Order;

  constructor(limit: number, keys: Float64Array, ties: Order) {
    this.places = new Int32Array(Math.max(0, Math.min(limit, keys.length)));
    this.keys = keys;
    this.ties = ties;
  }

  offer(place: number): void {
    const { places } = this;
    if (this.count < places.length) {
      places[this.count++] = place;
      this.rise(this.count - 1);
    } else if (this.count > 0 && this.isBefore(place, places[0] as number)) {
      places[0] = place;
      this.sink();
    }
  }

  sorted(): readonly number[] {
    return [...this.places.subarray(0, this.count)].sort((left, right) => (this.isBefore(left, right) ? -1 : 1));
  }

  private isBefore(left: number, right: number): boolean {
    const own = this.keys[left] as number;
    const other = this.keys[right] as number;
    return own === other ? this.ties(left, right) < 0 : own < other;
  }

  private rise(from: number): void {
    const { places } = this;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >>> 1;
      if (!this.isBefore(places[above] as number, places[at] as number)) return;
      this.swap(at, above);
      at = above;
    }
  }

  private sink(): void {
    const { places } = this;
    let at = 0;
    for (;;) {
      let last = at;
      const left = 2 * at + 1;
      const right = left + 1;
      if (left < this.count && this.isBefore(places[last] as number, places[left] as number)) last = left;
      if (right < this.count && this.isBefore(places[last] as number, places[right] as number)) last = right;
      if (last === at) return;
      this.swap(at, last);
      at = last;
    }
  }

  private swap(left: number, right: number): void {
    const place = this.places[left] as number;
    this.places[left] = this.places[right] as number;
    this.places[right] = place;
  }
}
