import { canonicalJson } from "@kontor/kernel";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalText } from "../src/canonical-text.ts";

test("the text is the kernel's, for every JSON value", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary", maxDepth: 2 }), (value) => {
      expect(canonicalText(value)).toBe(canonicalJson(value));
    }),
    { seed: 3, numRuns: 200 },
  );
});

test("many members, absent members, escapes", () => {
  const wide = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`name ${(index * 7) % 40}`, index]));
  for (const value of [
    wide,
    { b: undefined, a: 'quote " and \\ \n \u2028 ü' },
    [undefined, null, "", []],
    {},
    "x",
    1.5,
  ]) {
    expect(canonicalText(value)).toBe(canonicalJson(value));
  }
});
