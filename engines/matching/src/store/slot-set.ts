import type { Pool } from "./pool.ts";
import { ORDER_SHIFT, timeAt } from "./pool.ts";

/** Some of a pool's orders, in no order: joining and leaving cost the same however many there are. */
export class SlotSet {
  count = 0;
  items = new Int32Array(16);
  private places = new Int32Array(16);

  add(order: number): void {
    if (this.count === this.items.length) this.items = doubled(this.items, this.count * 2);
    const slot = order >> ORDER_SHIFT;
    if (slot >= this.places.length) this.places = doubled(this.places, slot * 2);
    this.items[this.count] = order;
    this.places[slot] = this.count;
    this.count++;
  }

  /** The order must be in the set. */
  remove(order: number): void {
    const place = this.places[order >> ORDER_SHIFT] as number;
    this.count--;
    const last = this.items[this.count] as number;
    this.items[place] = last;
    this.places[last >> ORDER_SHIFT] = place;
  }
}

function doubled(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}

/** Orders picked for one purpose, then gone through by time; the array stays and grows. */
export class Selection {
  count = 0;
  items = new Int32Array(64);

  add(order: number): void {
    if (this.count === this.items.length) this.items = doubled(this.items, this.count * 2);
    this.items[this.count++] = order;
  }

  /** Earliest first, by heap sort: in place, whatever came in. */
  sortByTime(pool: Pool): this {
    const { items, count } = this;
    const times = pool.numbers;
    for (let at = (count >> 1) - 1; at >= 0; at--) this.sink(times, at, count);
    for (let end = count - 1; end > 0; end--) {
      const latest = items[0] as number;
      items[0] = items[end] as number;
      items[end] = latest;
      this.sink(times, 0, end);
    }
    return this;
  }

  /** Lets the order at a place of the heap's first `count` go down to where it belongs. */
  private sink(times: Float64Array, from: number, count: number): void {
    const { items } = this;
    let at = from;
    const moved = items[at] as number;
    const time = times[timeAt(moved)] as number;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= count) break;
      let order = items[child] as number;
      if (child + 1 < count) {
        const right = items[child + 1] as number;
        if ((times[timeAt(right)] as number) > (times[timeAt(order)] as number)) {
          child++;
          order = right;
        }
      }
      if ((times[timeAt(order)] as number) <= time) break;
      items[at] = order;
      at = child;
    }
    items[at] = moved;
  }
}
