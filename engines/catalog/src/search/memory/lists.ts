import { Column } from "./columns.ts";

/** A short list of numbers per owner, in one array. A longer list than before gets a new place; a shorter one stays. */
export class NumberLists {
  readonly starts = new Column(new Uint32Array(64));
  readonly lengths = new Column(new Uint16Array(64));
  readonly items = new Column(new Uint32Array(256));

  get bytes(): number {
    return this.starts.bytes + this.lengths.bytes + this.items.bytes;
  }

  /** Returns where the list begins. */
  set(owner: number, list: readonly number[]): number {
    this.starts.reach(owner + 1);
    this.lengths.reach(owner + 1);
    let start = this.starts.values[owner] as number;
    if (list.length > (this.lengths.values[owner] as number)) {
      start = this.items.length;
      this.items.reach(start + list.length);
      this.starts.values[owner] = start;
    }
    for (const [at, item] of list.entries()) this.items.values[start + at] = item;
    this.lengths.values[owner] = list.length;
    return start;
  }

  lengthOf(owner: number): number {
    return this.lengths.values[owner] ?? 0;
  }
}
