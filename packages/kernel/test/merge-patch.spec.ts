import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject } from "../src/index.ts";
import { applyMergePatch, canonicalJson, mergePatchOf } from "../src/index.ts";

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-c]{1,2}$/), tie("value"), { maxKeys: 3 }),
  ),
}));
/** Few names, so that two documents share most of theirs. */
const document = fc.dictionary(fc.stringMatching(/^[a-d]$/), value, { maxKeys: 4 }) as fc.Arbitrary<JsonObject>;

test("the patch from one document to another makes the other of the one, and of nothing else", () => {
  fc.assert(
    fc.property(document, document, (from, to) => {
      const before = JSON.stringify(from);
      const patch = mergePatchOf(from, to);
      const patched = patch === null ? from : applyMergePatch(from, JSON.parse(JSON.stringify(patch)));
      expect(canonicalJson(patched)).toBe(canonicalJson(to));
      expect(patch === null).toBe(canonicalJson(from) === canonicalJson(to));
      expect(JSON.stringify(from)).toBe(before);
    }),
    { seed: 11, numRuns: 2_000 },
  );
});

test("absent and undefined are one", () => {
  expect(mergePatchOf({ a: 1, b: undefined }, { a: 1 })).toBeNull();
  expect(mergePatchOf({ a: 1 }, { a: undefined })).toEqual({ a: null });
});

test.each([
  [{ a: "b" }, { a: "c" }, { a: "c" }],
  [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
  [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
  [{ a: ["b"] }, { a: "c" }, { a: "c" }],
  [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
  [{ a: "foo" }, "bar", "bar"],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])("RFC 7396: %j patched with %j is %j", (target, patch, result) => {
  expect(applyMergePatch(target, patch)).toEqual(result);
});
