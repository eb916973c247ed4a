import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareProducts } from "../../src/matching/compare-products.ts";
import type { MatchProduct } from "../../src/matching/match-product.ts";
import { product, ratio, variant } from "./given.ts";

const judged = (found: MatchProduct, other: MatchProduct = product({ productId: "p2" })) =>
  compareProducts(found, other, ratio);
const other = product({ productId: "p2", variants: [variant({ variantId: "v2" })] });

describe("what bears the same GTIN", () => {
  test("merges where packaging, brand and part number are the same and nothing contradicts", () => {
    const heavier = [{ attribute: "Weight", value: "1100", unit: "GRM" }];
    expect(judged(product({ attributes: heavier }), other)).toMatchObject({
      kind: "merge",
      reason: "gtin",
      score: 10_000,
      pairs: [{ from: "v1", to: "v2" }],
    });
  });

  test.each([
    ["packaging", { variants: [variant({ gtins: [{ gtin: "04006381333931", unit: "XBX" }] })] }],
    ["packaging", { variants: [variant({ baseUnit: "KGM" })] }],
    ["brand", { brandKey: "makita" }],
    ["part_no", { variants: [variant({ partNoKey: "ddf485" })] }],
  ])("is a conflict where the %s differs", (difference, changes) => {
    const verdict = judged(product(changes), other);
    expect(verdict).toMatchObject({ kind: "gtin_conflict", evidence: { differences: [difference] } });
  });

  test("of another packaging tells both packagings", () => {
    const pack = variant({ gtins: [{ gtin: "04006381333931", unit: "XBX" }] });
    expect(judged(product({ variants: [pack] }), other)).toMatchObject({
      evidence: { gtins: [{ gtin: "04006381333931", subject: "XBX of 12 H87", other: "H87 of 1 H87" }] },
    });
  });

  test.each([
    ["an attribute is told otherwise", { attributes: [{ attribute: "Weight", value: "1.2", unit: "KGM" }] }],
    ["a brand is not told", { brandKey: null }],
    ["no part number is told", { variants: [variant({ partNoKey: null })] }],
    ["a variant has no partner", { variants: [variant(), variant({ variantId: "v3", gtins: [], partNoKey: "x" })] }],
    ["a further unit holds another number", { variants: [variant({ units: [{ unit: "XBX", num: 10n, den: 1n }] })] }],
  ])("waits for somebody to look where %s", (_, changes) => {
    expect(judged(product(changes), other)).toMatchObject({ kind: "same_product", reason: "gtin" });
  });
});

describe("without a GTIN", () => {
  const bare = (changes: Partial<MatchProduct> = {}) => product({ variants: [variant({ gtins: [] })], ...changes });

  test("brand and part number are a finding, never a merge", () => {
    expect(judged(bare(), other)).toMatchObject({ kind: "same_product", reason: "brand_and_part_no" });
    expect(judged(bare({ brandKey: "makita" }), other)).toEqual({ kind: "apart" });
  });

  test("likeness is one where nothing speaks against it", () => {
    const unnumbered = { partNoKey: null, variants: [variant({ gtins: [], partNoKey: null })] };
    const alike = product({ ...unnumbered, names: ["GSR 18V-55 cordless drill solo, Bosch"] });
    expect(judged(alike, other)).toMatchObject({ kind: "same_product", reason: "likeness" });
    expect(judged({ ...alike, names: ["Angle grinder"] }, other)).toEqual({ kind: "apart" });
    expect(judged({ ...alike, attributes: [{ attribute: "Weight", value: "9" }] }, other)).toEqual({ kind: "apart" });
    expect(judged(bare({ ...alike, partNoKey: "other", brandKey: null }), other)).toEqual({ kind: "apart" });
  });
});

describe("for any two products", () => {
  const gtins = fc.array(fc.record({ gtin: fc.constantFrom("g1", "g2", "g3"), unit: fc.constantFrom("H87", "XBX") }), {
    maxLength: 2,
  });
  const key = fc.constantFrom(null, "a", "b");
  const attributes = fc.array(
    fc.record({ attribute: fc.constantFrom("colour", "width"), value: fc.constantFrom("1", "1.0", "2", "red") }),
    { maxLength: 2 },
  );
  const variants = fc.array(
    fc.record({
      partNoKey: key,
      baseUnit: fc.constantFrom("H87", "KGM"),
      units: fc.constantFrom([], [{ unit: "XBX", num: 12n, den: 1n }], [{ unit: "XBX", num: 10n, den: 1n }]),
      gtins,
      attributes,
    }),
    { minLength: 1, maxLength: 3 },
  );
  const someProduct = fc
    .record({
      brandKey: key,
      partNoKey: key,
      names: fc.array(fc.constantFrom("red drill", "blue drill 18V", "saw"), { maxLength: 2 }),
      attributes,
      variants,
    })
    .map((made): MatchProduct => {
      const numbered = made.variants.map((one, index) => ({ ...one, variantId: `v${index}` }));
      return { ...made, productId: "p", variants: numbered };
    });

  test("the verdict is of one kind from both sides, and the same each time", () => {
    fc.assert(
      fc.property(someProduct, someProduct, (a, b) => {
        const [there, back] = [compareProducts(a, b, ratio), compareProducts(b, a, ratio)];
        // A merge needs a partner for each variant of the one that is given up; the other way round some may be left.
        const kindOf = ({ kind }: { kind: string }) => (kind === "merge" ? "same_product" : kind);
        expect(kindOf(there)).toBe(kindOf(back));
        expect(compareProducts(a, b, ratio)).toEqual(there);
      }),
      { seed: 20_261_122 },
    );
  });

  test("a merge is never against a brand, a part number or a packaging, and pairs each variant once", () => {
    let merges = 0;
    fc.assert(
      fc.property(someProduct, someProduct, fc.nat(2), (a, unlike, likeness) => {
        const b = likeness === 0 ? unlike : { ...a, names: unlike.names, variants: [...a.variants].reverse() };
        const verdict = compareProducts(a, b, ratio);
        if (verdict.kind !== "merge") return;
        merges += 1;
        expect(a.brandKey).toBe(b.brandKey);
        expect(verdict.pairs.map(({ from }) => from)).toEqual(a.variants.map(({ variantId }) => variantId));
        expect(new Set(verdict.pairs.map(({ to }) => to)).size).toBe(verdict.pairs.length);
        for (const { from, to } of verdict.pairs) {
          const [left, right] = [a.variants, b.variants].map((all, side) =>
            all.find(({ variantId }) => variantId === (side === 0 ? from : to)),
          );
          expect(left?.baseUnit).toBe(right?.baseUnit);
        }
      }),
      { seed: 20_261_122, numRuns: 3_000 },
    );
    expect(merges).toBeGreaterThan(20);
  });
});
