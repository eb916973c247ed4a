import { bytesOf, Column } from "../memory/columns.ts";
import { hasDigit } from "./stems.ts";

/**
 * What is needed of every term to pass over nearly all of them when a word is looked for by likeness: its length and
 * which letters it has at all.
 */
export class TermShapes {
  readonly lengths = new Column(new Uint8Array(64));
  readonly letters = new Column(new Uint32Array(64));

  get count(): number {
    return this.lengths.length;
  }

  get bytes(): number {
    return bytesOf([this.lengths, this.letters]);
  }

  add(term: string): void {
    this.lengths.push(Math.min(255, term.length));
    this.letters.push(hasDigit(term) ? 0 : lettersOf(term));
  }
}

/** One bit per letter that occurs; letters beyond 32 share bits. 0 only for a term that is not to be spelled. */
export function lettersOf(term: string): number {
  let letters = 0;
  for (let at = 0; at < term.length; at++) letters |= 1 << (term.charCodeAt(at) & 31);
  return letters >>> 0;
}

export function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  bits = (bits + (bits >>> 4)) & 0x0f0f0f0f;
  bits += bits >>> 8;
  return (bits + (bits >>> 16)) & 0x3f;
}
