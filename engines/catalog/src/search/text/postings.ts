import { bytesOf, Column, widened } from "../memory/columns.ts";
import { MOSTS, SHIFTS } from "./fields.ts";

const FIRST_ROOM = 2;
const LAST_ROOM = 256;

/**
 * In which texts a term stands and how often in which field. A term's texts lie in blocks that double in size, in the
 * order of their coming, which is ascending: what is loaded at once and what comes later are kept alike. A block ends
 * with the place of the next.
 */
export class Postings {
  private readonly heads = new Column(new Uint32Array(64));
  /** The last place written, and how many places of its block are free. */
  private readonly tails = new Column(new Uint32Array(64));
  private readonly free = new Column(new Uint16Array(64));
  private readonly counts = new Column(new Uint32Array(64));
  private texts = new Uint32Array(1024);
  private mentions = new Uint16Array(1024);
  private end = 0;

  get bytes(): number {
    const terms = bytesOf([this.heads, this.tails, this.free, this.counts]);
    return terms + this.texts.byteLength + this.mentions.byteLength;
  }

  /** Texts that came with the term, also those that are gone. */
  count(term: number): number {
    return this.counts.values[term] ?? 0;
  }

  /** One more mention of a term in a field of a text; texts come in ascending order. */
  add(term: number, text: number, field: number): void {
    if (term >= this.counts.length) for (const column of this.columns()) column.reach(term + 1);
    const count = this.counts.values[term] as number;
    let place = this.tails.values[term] as number;
    if (count === 0 || this.texts[place] !== text) {
      place = this.nextPlace(term, count);
      this.texts[place] = text;
      this.mentions[place] = 0;
      this.tails.values[term] = place;
      this.counts.values[term] = count + 1;
    }
    const shift = SHIFTS[field] as number;
    const most = MOSTS[field] as number;
    const mentions = this.mentions[place] as number;
    if (((mentions >>> shift) & most) < most) this.mentions[place] = mentions + (1 << shift);
  }

  /** Copies a term's texts and mentions; returns how many. The arrays hold `count(term)` at least. */
  read(term: number, texts: Uint32Array, mentions: Uint16Array): number {
    const count = this.count(term);
    let block = this.heads.values[term] as number;
    let room = FIRST_ROOM;
    let done = 0;
    while (done < count) {
      const here = Math.min(count - done, room);
      for (let at = 0; at < here; at++) {
        texts[done + at] = this.texts[block + at] as number;
        mentions[done + at] = this.mentions[block + at] as number;
      }
      done += here;
      block = this.texts[block + room] as number;
      room = Math.min(room * 2, LAST_ROOM);
    }
    return count;
  }

  private columns() {
    return [this.heads, this.tails, this.free, this.counts];
  }

  private nextPlace(term: number, count: number): number {
    const free = this.free.values[term] as number;
    if (count > 0 && free > 0) {
      this.free.values[term] = free - 1;
      return (this.tails.values[term] as number) + 1;
    }
    let room = FIRST_ROOM;
    for (let held = 0; held + room <= count && room < LAST_ROOM; room *= 2) held += room;
    const block = this.end;
    this.end += room + 1;
    this.texts = widened(this.texts, this.end);
    this.mentions = widened(this.mentions, this.texts.length);
    if (count === 0) this.heads.values[term] = block;
    else this.texts[(this.tails.values[term] as number) + 1] = block;
    this.free.values[term] = room - 1;
    return block;
  }
}
