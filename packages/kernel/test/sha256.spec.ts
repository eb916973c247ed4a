import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sha256Hex } from "../src/index.ts";

test("digests are those of the platform, for every length around a block's and for any text", () => {
  const platform = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");
  for (let length = 0; length <= 130; length++)
    expect(sha256Hex("a".repeat(length))).toBe(platform("a".repeat(length)));
  const check = (text: string): void => {
    expect(sha256Hex(text)).toBe(platform(text));
  };
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), check), { seed: 13, numRuns: 500 });
});
