import { Column, widened } from "./columns.ts";

// biome-ignore lint/nursery/noJsRestrictedProperties: exact on 32-bit integers, the same on every machine.
const { imul } = Math;

/**
 * Strings by a number each, from 0 in the order of their arrival, without an object per string: the UTF-8 bytes of
 * their code units lie one after another, found by open addressing. A string stays for the pool's life.
 */
export class StringPool {
  size = 0;
  private bytes = new Uint8Array(1024);
  private readonly starts = new Column(new Uint32Array(64));
  private places = new Uint32Array(128);
  /** Eight bits of each place's hash, so that hardly any other text is compared. */
  private tags = new Uint8Array(128);
  private readonly scratch = new Scratch();

  constructor() {
    this.starts.push(0);
  }

  get byteLength(): number {
    return this.bytes.byteLength + this.starts.bytes + this.places.byteLength + this.tags.byteLength;
  }

  /** -1 when the text is not there. */
  find(text: string): number {
    this.scratch.write(text);
    return (this.places[this.placeOf(this.scratch.hash)] as number) - 1;
  }

  intern(text: string): number {
    this.scratch.write(text);
    const place = this.placeOf(this.scratch.hash);
    const found = this.places[place] as number;
    if (found !== 0) return found - 1;
    const { bytes, length } = this.scratch;
    const start = this.starts.values[this.size] as number;
    this.bytes = widened(this.bytes, start + length);
    this.bytes.set(bytes.subarray(0, length), start);
    this.starts.push(start + length);
    this.places[place] = ++this.size;
    this.tags[place] = this.scratch.hash >>> 24;
    if (this.size * 4 > this.places.length * 3) this.spread();
    return this.size - 1;
  }

  text(id: number): string {
    const end = this.starts.values[id + 1] as number;
    let text = "";
    let at = this.starts.values[id] as number;
    while (at < end) {
      const byte = this.bytes[at] as number;
      const more = (byte < 0x80 ? 0 : 1) + (byte < 0xe0 ? 0 : 1);
      let unit = more === 0 ? byte : byte & (more === 1 ? 0x1f : 0x0f);
      for (let next = 1; next <= more; next++) unit = (unit << 6) | ((this.bytes[at + next] as number) & 0x3f);
      text += String.fromCharCode(unit);
      at += more + 1;
    }
    return text;
  }

  /** The order of the texts by code units: below zero, zero or above. */
  compare(left: number, right: number): number {
    const { bytes, starts } = this;
    const start = starts.values[left] as number;
    const other = starts.values[right] as number;
    const length = (starts.values[left + 1] as number) - start;
    const otherLength = (starts.values[right + 1] as number) - other;
    for (let at = 0; at < length && at < otherLength; at++) {
      const difference = (bytes[start + at] as number) - (bytes[other + at] as number);
      if (difference !== 0) return difference;
    }
    return length - otherLength;
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
      let hash = 0;
      const end = this.starts.values[id + 1] as number;
      for (let at = this.starts.values[id] as number; at < end; at++) hash = mixed(hash, this.bytes[at] as number);
      const whole = settled(hash);
      let place = whole & mask;
      while (places[place] !== 0) place = (place + 1) & mask;
      places[place] = id + 1;
      tags[place] = whole >>> 24;
    }
    this.places = places;
    this.tags = tags;
  }
}

const mixed = (hash: number, byte: number): number => imul(hash ^ byte, 0x01000193) + 0x9e37;
const settled = (hash: number): number => {
  const once = imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return once ^ (once >>> 15);
};

/** One text as bytes with its hash, before it is looked up. */
class Scratch {
  bytes = new Uint8Array(256);
  length = 0;
  hash = 0;

  write(text: string): void {
    if (text.length * 3 > this.bytes.length) this.bytes = new Uint8Array(text.length * 3);
    this.length = 0;
    let hash = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      const from = this.length;
      if (unit < 0x80) this.bytes[this.length++] = unit;
      else if (unit < 0x800) {
        this.bytes[this.length++] = 0xc0 | (unit >> 6);
        this.bytes[this.length++] = 0x80 | (unit & 0x3f);
      } else {
        this.bytes[this.length++] = 0xe0 | (unit >> 12);
        this.bytes[this.length++] = 0x80 | ((unit >> 6) & 0x3f);
        this.bytes[this.length++] = 0x80 | (unit & 0x3f);
      }
      for (let byte = from; byte < this.length; byte++) hash = mixed(hash, this.bytes[byte] as number);
    }
    this.hash = settled(hash);
  }
}
