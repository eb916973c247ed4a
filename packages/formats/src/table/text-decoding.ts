import { isAscii, isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import type { TextEncoding } from "./table.ts";

const marks: readonly (readonly [readonly number[], TextEncoding])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/** The encoding of a text by its first bytes; null while all of them are ASCII, which is the same in most. */
export function encodingOf(sample: Uint8Array): TextEncoding | null {
  const marked = marks.find(([bytes]) => bytes.every((byte, at) => sample[at] === byte));
  if (marked !== undefined) return marked[1];
  const wide = wideEncodingOf(sample);
  if (wide !== null) return wide;
  if (isAscii(sample)) return null;
  return isUtf8(withoutCutCharacter(sample)) ? "utf-8" : latinEncodingOf(sample);
}

/** Text of two bytes per character shows in the zeros of every second byte. */
function wideEncodingOf(sample: Uint8Array): TextEncoding | null {
  let [even, odd] = [0, 0];
  const length = Math.min(sample.length, 4_096);
  for (let at = 0; at < length; at++) {
    if (sample[at] !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  if (odd > length / 8 && even < odd / 8) return "utf-16le";
  return even > length / 8 && odd < even / 8 ? "utf-16be" : null;
}

/** The sample may end in the midst of a character: at most three bytes are of one that is not all there. */
function withoutCutCharacter(sample: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= sample.length; back++) {
    const byte = sample[sample.length - back] ?? 0;
    if (byte < 0x80) return sample;
    if (byte >= 0xc0) return charactersBytes(byte) > back ? sample.subarray(0, sample.length - back) : sample;
  }
  return sample;
}

function charactersBytes(first: number): number {
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}

/** Places where ISO 8859-15 has the euro and letters, and windows-1252 signs that catalogues hardly use alone. */
const latin9Letters = new Set([0xa4, 0xa6, 0xa8, 0xb4, 0xb8, 0xbc, 0xbd, 0xbe]);

function latinEncodingOf(sample: Uint8Array): TextEncoding {
  let latin9 = 0;
  for (const byte of sample) {
    // Control characters in the one, quotes, dashes and the euro in the other.
    if (byte >= 0x80 && byte <= 0x9f) return "windows-1252";
    if (byte === 0xa4) latin9 += 2;
    else if (latin9Letters.has(byte)) latin9--;
  }
  return latin9 > 0 ? "iso-8859-15" : "windows-1252";
}

/**
 * Text of bytes that come in pieces. Where the encoding was not to be seen in the sample, the first piece with another
 * character than those of ASCII tells it. What does not decode becomes U+FFFD, which the mapping tells cell by cell.
 */
export class TextDecoding {
  #decoder: TextDecoder | null;

  constructor(encoding: TextEncoding | null) {
    this.#decoder = encoding === null ? null : new TextDecoder(encoding);
  }

  next(piece: Uint8Array): string {
    if (this.#decoder === null) {
      if (isAscii(piece)) return Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString("latin1");
      this.#decoder = new TextDecoder(encodingOf(piece) ?? "utf-8");
    }
    return this.#decoder.decode(piece, { stream: true });
  }

  end(): string {
    return this.#decoder?.decode() ?? "";
  }
}
