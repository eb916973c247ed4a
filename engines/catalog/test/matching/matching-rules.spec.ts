import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clonedShare, rowKey } from "../../src/matching/cloned-catalogues.ts";
import { likeness, nameTokens } from "../../src/matching/likeness.ts";
import { partNumberKey } from "../../src/matching/part-number-key.ts";
import { agreementOf } from "../../src/matching/told-values.ts";
import { ratio } from "./given.ts";

describe("part numbers", () => {
  test.each([
    ["AB-12/3", "ab123"],
    ["ab 12 3", "ab123"],
    ["  Ab.123_", "ab123"],
    ["Größe 5", "grosse5"],
    ["--", "--"],
    ["- -", "--"],
  ])("%j goes by %j", (text, key) => {
    expect(partNumberKey(text)).toBe(key);
  });

  test("go by the same key however often it is taken, and whatever signs stand between", () => {
    const sign = fc.constantFrom(" ", "-", "/", ".", "_");
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{1,12}$/), fc.array(sign, { maxLength: 3 }), (text, signs) => {
        const key = partNumberKey(text);
        expect(partNumberKey(key)).toBe(key);
        expect(partNumberKey(`${signs.join("")}${[...text].join(signs.join(""))}`)).toBe(key);
      }),
      { seed: 7 },
    );
  });
});

describe("likeness", () => {
  const nothingTold = { agreed: [], contradicting: [] };

  test("is whole for the same words in any order, and nothing for other ones", () => {
    expect(likeness(["Drill GSR 18V-55"], ["gsr 18v 55, drill!"], nothingTold)).toBe(10_000);
    expect(likeness(["Drill"], ["Saw"], nothingTold)).toBe(0);
    expect(likeness([], [], nothingTold)).toBe(0);
    expect([...nameTokens(["Écrou M6×20"])]).toEqual(["ecrou", "m6", "20"]);
  });

  test("is the same from both sides, between nothing and all, and not raised by a contradiction", () => {
    const names = fc.array(fc.stringMatching(/^[a-d ]{0,8}$/), { maxLength: 2 });
    const some = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 3 });
    fc.assert(
      fc.property(names, names, fc.tuple(some, some), (a, b, [agreed, contradicting]) => {
        const told = { agreed, contradicting };
        const score = likeness(a, b, told);
        expect(score).toBe(likeness(b, a, told));
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(10_000);
        const more = { agreed: [...agreed, "x"], contradicting };
        expect(
          likeness(a, b, { agreed: [...agreed, "x"], contradicting: [...contradicting, "y"] }),
        ).toBeLessThanOrEqual(likeness(a, b, more));
      }),
      { seed: 11 },
    );
  });

  test("attributes are compared by what they are worth", () => {
    const told = (value: string | boolean | readonly string[], unit?: string) => [{ attribute: "x", value, unit }];
    const agrees = (a: ReturnType<typeof told>, b: ReturnType<typeof told>) =>
      agreementOf(a, b, ratio).agreed.length === 1;
    expect(agrees(told("1.50", "KGM"), told("1500", "GRM"))).toBe(true);
    expect(agrees(told("1500", "GRM"), told("1.51", "KGM"))).toBe(false);
    expect(agrees(told("2", "MTR"), told("2", "KGM"))).toBe(false);
    expect(agrees(told("Dark  Red"), told("dark red"))).toBe(true);
    expect(agrees(told(["b", "a"]), told(["a", "b"]))).toBe(true);
    expect(agrees(told(true), told(false))).toBe(false);
    expect(agreementOf(told("1"), [], ratio)).toEqual({ agreed: [], contradicting: [] });
  });
});

describe("cloned catalogues", () => {
  const row = {
    partNoKey: "ab12",
    texts: [
      { language: "en", name: "Copy paper A4", description: "80 g" },
      { language: "de", name: "Kopierpapier A4", description: "80 g" },
    ],
    attributes: [
      { attribute: "Format", value: "A4" },
      { attribute: "Weight", value: "80" },
    ],
  };

  test("are of rows that say the same in any order and case, whatever they cost", () => {
    const { texts, attributes } = row;
    const turned = { ...row, texts: [...texts].reverse(), attributes: [...attributes].reverse() };
    expect(rowKey(turned)).toBe(rowKey(row));
    expect(rowKey({ ...row, texts: texts.map((text) => ({ ...text, name: text.name.toUpperCase() })) })).toBe(
      rowKey(row),
    );
    expect(rowKey({ ...row, partNoKey: "ab13" })).not.toBe(rowKey(row));
    expect(rowKey({ ...row, attributes: [] })).not.toBe(rowKey(row));
  });

  test.each([
    [{ own: 19, other: 500, same: 19 }, null],
    [{ own: 20, other: 500, same: 12 }, 6_000],
    [{ own: 500, other: 20, same: 11 }, null],
    [{ own: 40, other: 50, same: 40 }, 10_000],
  ])("%j share %j", (counts, share) => {
    expect(clonedShare(counts)).toBe(share);
  });
});
