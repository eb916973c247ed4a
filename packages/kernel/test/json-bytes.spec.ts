import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonBytesOf } from "../src/index.ts";

const bytesOf = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

test("a text takes as many bytes as the platform writes for it", () => {
  const odd = fc.constantFrom(
    "\u0000",
    "\u001f",
    '"',
    "\\",
    "\n",
    "\u007f",
    "ä",
    "\u07ff",
    "\u0800",
    "界",
    "\ud800",
    "😀",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(odd, fc.string({ unit: "binary" }))), (parts) => {
      const text = parts.join("");
      expect(jsonBytesOf(text)).toBe(bytesOf(text));
    }),
    { seed: 8, numRuns: 300, examples: [[[]], [["\udc00\ud800"]], [["\ud83d", "\ude00"]]] },
  );
});
