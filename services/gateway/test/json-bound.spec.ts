import { LotRules, personCommands, TenderTerms } from "@kontor/protocol";
import { expect, test } from "vitest";
import { z } from "zod";
import { jsonBytesMax } from "../src/json-bound.ts";
import { largestTerms } from "./largest-terms.ts";

test.each([
  [z.strictObject({ a: z.string().max(3) }), { a: "\u0001\u0001\u0001" }],
  [z.strictObject({ a: z.array(z.boolean()).max(2) }), { a: [false, false] }],
  [z.strictObject({ a: z.union([z.literal("x"), z.string().max(1).nullable()]) }), { a: "\u0001" }],
  [z.strictObject({ kind: z.enum(["one", "three"]), n: z.int() }), { kind: "three", n: Number.MIN_SAFE_INTEGER }],
])("the bound of a schema holds for its longest value, with little to spare", (schema, longest) => {
  expect(schema.safeParse(longest).success).toBe(true);
  const length = JSON.stringify(longest).length;
  expect(jsonBytesMax(schema)).toBeGreaterThanOrEqual(length);
  expect(jsonBytesMax(schema)).toBeLessThan(length + 30);
});

test("what may be of any length has no bound", () => {
  for (const schema of [
    z.string(),
    z.array(z.boolean()),
    z.looseObject({}),
    z.unknown(),
    z.record(z.string(), z.int()),
  ]) {
    expect(jsonBytesMax(schema)).toBe(Number.POSITIVE_INFINITY);
  }
});

test("every command has a bound, and the largest tender is within it", () => {
  for (const [type, schema] of Object.entries(personCommands)) {
    expect(Number.isFinite(jsonBytesMax(schema)), type).toBe(true);
  }
  expect(TenderTerms.safeParse(largestTerms).error).toBeUndefined();
  expect(JSON.stringify(largestTerms).length).toBeLessThanOrEqual(jsonBytesMax(TenderTerms));
  expect(JSON.stringify(largestTerms).length).toBeGreaterThan(jsonBytesMax(TenderTerms) * 0.9);
  expect(Object.keys(largestTerms.lots[0]?.rules ?? {})).toEqual(Object.keys(LotRules.shape));
});
