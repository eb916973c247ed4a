import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject } from "../src/index.ts";
import { applyMergePatch, canonicalJson, PatchedValue, PatchSeries } from "../src/index.ts";

const name = fc.constantFrom("a", "b", "c");
const scalar = fc.oneof(fc.constantFrom("x", "y"), fc.nat({ max: 2 }), fc.constant(["x"]));
const tied = fc.letrec((tie) => ({
  document: fc.dictionary(name, fc.oneof({ depthSize: "small" }, scalar, tie("document")), { maxKeys: 3 }),
  patch: fc.dictionary(
    name,
    fc.oneof({ depthSize: "small" }, { weight: 2, arbitrary: fc.constant(null) }, scalar, tie("patch")),
    { maxKeys: 3 },
  ),
}));
const document = tied.document as fc.Arbitrary<JsonObject>;
const patch = tied.patch as fc.Arbitrary<JsonObject>;
const patches = fc.array(patch, { maxLength: 8 });

const oneByOne = (value: JsonObject, all: readonly unknown[]): unknown => all.reduce(applyMergePatch, value);

test("one patch does what a series of them does, and the series stays as it was", () => {
  const check = (value: JsonObject, all: readonly JsonObject[]): void => {
    const before = JSON.stringify([value, all]);
    const series = new PatchSeries(value);
    for (const each of all) series.add(each);
    const after = series.sum === undefined ? value : applyMergePatch(value, series.sum);
    expect(canonicalJson(after)).toBe(canonicalJson(oneByOne(value, all)));
    expect(JSON.stringify([value, all])).toBe(before);
  };
  fc.assert(fc.property(document, patches, check), { seed: 12, numRuns: 5_000 });
});

test("what was taken away and came back as less is less", () => {
  const series = new PatchSeries({ bids: { "10": { quantity: "5", orders: 2 } } });
  series.add({ bids: { "10": null } });
  series.add({ bids: { "10": { quantity: "1" } } });
  expect(series.sum).toEqual({ bids: { "10": { quantity: "1", orders: null } } });
});

test("a patched value is what its patches make of it, whenever they are applied", () => {
  const check = (value: JsonObject, all: readonly JsonObject[], times: number): void => {
    const patched = new PatchedValue(value);
    const long = Array.from({ length: times }, () => all).flat();
    for (const each of long) patched.apply(each);
    expect(canonicalJson(patched.value)).toBe(canonicalJson(oneByOne(value, long)));
  };
  fc.assert(fc.property(document, patches, fc.integer({ min: 1, max: 30 }), check), { seed: 14, numRuns: 1_000 });
});

test("the effect of a patch is the patch without what is so already", () => {
  const check = (value: JsonObject, all: readonly JsonObject[], next: JsonObject): void => {
    const patched = new PatchedValue(value);
    for (const each of all) patched.apply(each);
    const before = oneByOne(value, all);
    const after = canonicalJson(applyMergePatch(before, next));
    const effect = patched.effectOf(next);
    expect(effect === undefined).toBe(after === canonicalJson(before));
    if (effect === undefined) return;
    expect(canonicalJson(applyMergePatch(before, effect))).toBe(after);
    expect(canonicalJson(patched.effectOf(effect))).toBe(canonicalJson(effect));
  };
  fc.assert(fc.property(document, patches, patch, check), { seed: 16, numRuns: 5_000 });
});

test("putting many patches off copies a large value once in its own size", () => {
  const orders = Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`o${at}`, "1"]));
  const patched = new PatchedValue({ orders });
  const copies = new Set<unknown>();
  for (let at = 0; at < 1_000; at++) {
    patched.apply({ orders: { [`o${at}`]: null } });
    expect(patched.effectOf({ orders: { [`o${at}`]: null } })).toBeUndefined();
    if (at % 500 === 499) copies.add(patched.value["orders"]);
  }
  expect(copies.size).toBe(2);
  expect(Object.keys(patched.value["orders"] as object)).toHaveLength(1_000);
});
