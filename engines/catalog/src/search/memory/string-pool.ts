import { Column, widened } from "./columns.ts";
import { readText, TextBytes, UUID_MARK } from "./text-bytes.ts";

// biome-ignore lint/nursery/noJsRestrictedProperties: exact on 32-bit integers, the same on every machine.
const { imul } = Math;

/**
 * Strings by a number each, from 0 in the order of their arrival, without an object per string: their bytes lie one after
 * another, found by open addressing. A string stays for the pool's life.
 */
export class StringPool {
  size = 0;
  private bytes = new Uint8Array(1024);
  private readonly starts = new Column(new Uint32Array(64));
  private places = new Uint32Array(128);
  /** Eight bits of each place's hash, so that hardly any other text is compared. */
  private tags = new Uint8Array(128);
  private readonly scratch = new TextBytes();

  constructor() {
    this.starts.push(0);
  }

  get byteLength(): number {
    return this.bytes.byteLength + this.starts.bytes + this.places.byteLength + this.tags.byteLength;
  }

  /** -1 when the text is not there. */
  find(text: string): number {
    this.scratch.write(text);
    return (this.places[this.placeOf(this.scratchHash())] as number) - 1;
  }

  intern(text: string): number {
    this.scratch.write(text);
    const hash = this.scratchHash();
    const place = this.placeOf(hash);
    const found = this.places[place] as number;
    if (found !== 0) return found - 1;
    const { bytes, length } = this.scratch;
    const start = this.starts.values[this.size] as number;
    this.bytes = widened(this.bytes, start + length);
    this.bytes.set(bytes.subarray(0, length), start);
    this.starts.push(start + length);
    this.places[place] = ++this.size;
    this.tags[place] = hash >>> 24;
    if (this.size * 4 > this.places.length * 3) this.spread();
    return this.size - 1;
  }

  text(id: number): string {
    return readText(this.bytes, this.starts.values[id] as number, this.starts.values[id + 1] as number);
  }

  /** Whether a text begins with another; to be asked of many texts. */
  beginning(begun: string): (id: number) => boolean {
    this.scratch.write(begun);
    const wanted = this.scratch.bytes.slice(0, this.scratch.length);
    return (id) => {
      const start = this.starts.values[id] as number;
      if ((this.starts.values[id + 1] as number) - start < wanted.length) return false;
      for (let at = 0; at < wanted.length; at++) if (this.bytes[start + at] !== wanted[at]) return false;
      return true;
    };
  }

  /** The order of the texts by code units: below zero, zero or above. */
  compare(left: number, right: number): number {
    const { bytes, starts } = this;
    const start = starts.values[left] as number;
    const other = starts.values[right] as number;
    const length = (starts.values[left + 1] as number) - start;
    const otherLength = (starts.values[right + 1] as number) - other;
    if (length > 0 && otherLength > 0 && (bytes[start] === UUID_MARK) !== (bytes[other] === UUID_MARK)) {
      return this.text(left) < this.text(right) ? -1 : 1;
    }
    for (let at = 0; at < length && at < otherLength; at++) {
      const difference = (bytes[start + at] as number) - (bytes[other + at] as number);
      if (difference !== 0) return difference;
    }
    return length - otherLength;
  }

  private scratchHash(): number {
    return hashOf(this.scratch.bytes, 0, this.scratch.length);
  }

  private placeOf(hash: number): number {
    const mask = this.places.length - 1;
    const tag = hash >>> 24;
    let place = hash & mask;
    for (;;) {
      const found = this.places[place] as number;
      if (found === 0 || (this.tags[place] === tag && this.isWritten(found - 1))) return place;
      place = (place + 1) & mask;
    }
  }

  private isWritten(id: number): boolean {
    const { bytes, length } = this.scratch;
    const start = this.starts.values[id] as number;
    if ((this.starts.values[id + 1] as number) - start !== length) return false;
    for (let at = 0; at < length; at++) if (this.bytes[start + at] !== bytes[at]) return false;
    return true;
  }

  private spread(): void {
    const places = new Uint32Array(this.places.length * 2);
    const tags = new Uint8Array(places.length);
    const mask = places.length - 1;
    for (let id = 0; id < this.size; id++) {
      const whole = hashOf(this.bytes, this.starts.values[id] as number, this.starts.values[id + 1] as number);
      let place = whole & mask;
      while (places[place] !== 0) place = (place + 1) & mask;
      places[place] = id + 1;
      tags[place] = whole >>> 24;
    }
    this.places = places;
    this.tags = tags;
  }
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = imul(hash ^ (bytes[at] as number), 0x01000193) + 0x9e37;
  hash = imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return hash ^ (hash >>> 15);
}
