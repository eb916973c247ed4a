import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { putTogether, takeApart, valuesIn } from "../src/index.ts";

const texts = fc.jsonValue().map((value) => JSON.stringify(value));

describe("a JSON text taken apart", () => {
  test("is put together to the same text, and has its own form", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const taken = takeApart(text);
        if (taken === null) {
          expect(text).toContain("\\");
          return;
        }
        expect(putTogether(taken.form, taken.values)).toBe(text);
        expect(valuesIn(text, taken.form)).toEqual(taken.values);
        const blank = JSON.parse(taken.form.blank, (_, value) => (typeof value === "string" ? "" : value));
        expect(JSON.stringify(blank)).toBe(taken.form.blank);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  test("has the form of another exactly when it differs in string values alone", () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const [left, right] = [takeApart(one), takeApart(other)];
        if (left === null || right === null) return;
        expect(valuesIn(other, left.form)).toEqual(left.form.blank === right.form.blank ? right.values : null);
      }),
      { seed: 12, numRuns: 2_000 },
    );
  });

  test("keeps names and numbers in the form", () => {
    const taken = takeApart('[{"type":"bid","rank":1,"tags":["a",""]}]');
    expect(taken?.values).toEqual(["bid", "a", ""]);
    expect(taken?.form.blank).toBe('[{"type":"","rank":1,"tags":["",""]}]');
  });

  test("does not take apart what holds an escape, whether it fits a form or not", () => {
    expect(takeApart('{"a":"x\\"y"}')).toBeNull();
    const form = takeApart('{"a":"","b":""}')?.form;
    expect(form && valuesIn('{"a":"x\\","b":"y"}', form)).toBeNull();
    expect(form && valuesIn('{"a":"x","b":"y"} ', form)).toBeNull();
    expect(form && valuesIn('{"a":"x', form)).toBeNull();
  });
});
