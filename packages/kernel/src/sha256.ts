/* SHA-256 (FIPS 180-4) in plain TypeScript: engines draw lots from committed secrets and may import nothing. */

import { utf8Of } from "./utf8.ts";

const roundConstants = /* @__PURE__ */ fractionalRoots();

/** First 32 fraction bits of the cube roots of the first 64 primes. */
function fractionalRoots(): Int32Array {
  const constants = new Int32Array(64);
  let found = 0;
  for (let candidate = 2; found < 64; candidate++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) prime = false;
    if (prime) constants[found++] = rootBits(BigInt(candidate), 3n);
  }
  return constants;
}

/** Fraction bits of the root, by integer search, so that no floating point is involved. */
function rootBits(value: bigint, degree: bigint): number {
  const scaled = value << (32n * degree);
  let low = 0n;
  let high = 1n << 40n;
  while (low + 1n < high) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= scaled) low = middle;
    else high = middle;
  }
  return Number(low & 0xffffffffn) | 0;
}

const initial = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n].map((prime) => rootBits(prime, 2n));

/** Lower-case hex digest of the UTF-8 bytes of `text`. */
export function sha256Hex(text: string): string {
  const message = padded(utf8Of(text));
  const hash = Int32Array.from(initial);
  const words = new Int32Array(64);
  for (let offset = 0; offset < message.length; offset += 64)
    compress(hash, words, message.subarray(offset, offset + 64));
  return Array.from(hash, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function padded(bytes: readonly number[]): Uint8Array {
  const length = ((bytes.length + 8) >> 6) + 1;
  const message = new Uint8Array(length * 64);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const bits = bytes.length * 8;
  for (let i = 0; i < 6; i++) message[message.length - 1 - i] = Math.floor(bits / 2 ** (8 * i)) & 255;
  return message;
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));
const at = (list: Int32Array | Uint8Array, index: number): number => list[index] as number;

function compress(hash: Int32Array, words: Int32Array, block: Uint8Array): void {
  for (let t = 0; t < 16; t++) {
    const i = t * 4;
    words[t] = (at(block, i) << 24) | (at(block, i + 1) << 16) | (at(block, i + 2) << 8) | at(block, i + 3);
  }
  for (let t = 16; t < 64; t++) {
    const w15 = at(words, t - 15);
    const w2 = at(words, t - 2);
    const s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3);
    const s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10);
    words[t] = (at(words, t - 16) + s0 + at(words, t - 7) + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = hash as unknown as [number, number, number, number, number, number, number, number];
  for (let t = 0; t < 64; t++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const t1 = (h + s1 + choice + at(roundConstants, t) + at(words, t)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    hash[i] = (at(hash, i) + word) | 0;
  });
}
