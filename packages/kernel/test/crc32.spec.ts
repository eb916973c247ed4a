import { crc32 as platform } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32 } from "../src/index.ts";

test.each([
  ["", 0],
  ["123456789", 0xcbf43926],
  ["The quick brown fox jumps over the lazy dog", 0x414fa339],
])("the checksum of %j is the published one", (text, sum) => {
  expect(crc32(text)).toBe(sum);
});

test("checksums are those of the platform for any text", () => {
  const check = (text: string): void => {
    expect(crc32(text)).toBe(platform(text));
  };
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), check), { seed: 32, numRuns: 500 });
});
