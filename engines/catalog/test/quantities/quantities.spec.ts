import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkQuantity } from "../../src/quantities/check-quantity.ts";
import { judge } from "../../src/quantities/override.ts";
import type { QuantityTerms } from "../../src/quantities/quantity-terms.ts";
import { leastCommonMultiple } from "../../src/quantities/ratio.ts";
import type { VariantUnits } from "../../src/quantities/units.ts";
import { six } from "../prices/given.ts";

const pieces: VariantUnits = { base: "C62", others: new Map() };

const terms = (minimum: string | null, multiple: string | null, maximum: string | null): QuantityTerms => {
  const value = (text: string | null) => (text === null ? null : six(text));
  return { unit: "C62", minimum: value(minimum), multiple: value(multiple), maximum: value(maximum) };
};

const check = (quantity: string, given: readonly QuantityTerms[], { units = pieces, unit = "C62" } = {}) =>
  checkQuantity({ quantity: six(quantity), unit, units, terms: given });

describe("a refusal names the nearest quantities that would do", () => {
  test("none above the maximum, none below the minimum", () => {
    const given = [terms("50", "24", "100")];
    expect(check("60", given)).toMatchObject({
      code: "quantity_not_multiple",
      limit: "24",
      neighbours: { below: null, above: "72" },
    });
    expect(check("97", given)).toMatchObject({ neighbours: { below: "96", above: null } });
    expect(check("120", given)).toMatchObject({
      code: "quantity_above_maximum",
      limit: "100",
      neighbours: { below: "96", above: null },
    });
  });

  test("both null where nothing may be ordered", () => {
    expect(check("60", [terms("50", "24", "70")])).toMatchObject({ neighbours: { below: null, above: null } });
  });

  test("terms of each field come from the nearest that says something", () => {
    const chain = [terms(null, null, "40"), terms("20", null, null), terms("48", "10", "1000")];
    expect(check("30", chain)).toBeNull();
    expect(check("41", chain)).toMatchObject({ code: "quantity_above_maximum", limit: "40" });
    expect(check("19", chain)).toMatchObject({ code: "quantity_below_minimum", limit: "20" });
    expect(check("25", chain)).toMatchObject({ neighbours: { below: "20", above: "30" } });
  });

  test("what is wrong first is told first", () => {
    expect(check("0", [terms("48", "24", null)])).toMatchObject({
      code: "quantity_not_positive",
      neighbours: { below: null, above: "48" },
    });
    expect(check("47.5", [terms("48", "24", null)])).toMatchObject({
      code: "quantity_scale_exceeded",
      limit: "1",
      neighbours: { below: null, above: "48" },
    });
  });
});

test("a minimum of zero lets nobody order nothing", () => {
  expect(check("0", [terms("0", "5", null)])).toMatchObject({
    code: "quantity_not_positive",
    neighbours: { below: null, above: "5" },
  });
});

test("an agent overrides the vendor's terms, not what cannot be", () => {
  const by = { agentId: "agent", reason: "sample" };
  expect(judge(check("5", [terms("48", null, null)]), by).kind).toBe("overridden");
  for (const refused of [check("1", [], { unit: "XX" }), check("0", []), check("0.5", [])]) {
    expect(judge(refused, by)).toEqual({ kind: "rejected", rejection: refused });
  }
});

test("the least common multiple of exact numbers", () => {
  const half = { num: 1n, den: 2n };
  expect(leastCommonMultiple(half, { num: 2n, den: 8n })).toEqual(half);
  expect(leastCommonMultiple({ num: 3n, den: 4n }, { num: 5n, den: 6n })).toEqual({ num: 15n, den: 2n });
});

describe("units", () => {
  const boxes: VariantUnits = {
    base: "C62",
    others: new Map([
      ["BX", { ratio: { num: 10n, den: 1n }, decimals: 0, sold: true }],
      ["KGM", { ratio: { num: 3n, den: 7n }, decimals: 3, sold: true }],
      ["PF", { ratio: { num: 480n, den: 1n }, decimals: 0, sold: false }],
    ]),
  };

  test("terms in pieces hold for boxes too, and name boxes", () => {
    const given = [terms("48", "24", null)];
    expect(check("12", given, { units: boxes, unit: "BX" })).toBeNull();
    expect(check("5", given, { units: boxes, unit: "BX" })).toMatchObject({
      code: "quantity_not_multiple",
      unit: "C62",
      neighbours: { below: null, above: "12" },
    });
  });

  test("a unit that is not sold is refused with those that are", () => {
    const rejection = { code: "unit_not_sold", choices: ["BX", "C62", "KGM"] };
    expect(check("1", [], { units: boxes, unit: "PF" })).toEqual({ ...rejection, unit: "PF" });
    expect(check("1", [], { units: boxes, unit: "XX" })).toEqual({ ...rejection, unit: "XX" });
  });

  test("decimals go as far as the unit's", () => {
    expect(check("0.125", [], { units: boxes, unit: "KGM" })).toBeNull();
    expect(check("0.1255", [], { units: boxes, unit: "KGM" })).toMatchObject({
      code: "quantity_scale_exceeded",
      neighbours: { below: "0.125", above: "0.126" },
    });
  });
});

/** All quantities of a unit up to a bound that keep to the terms, by trying each. */
function allowed(given: QuantityTerms, ratio: readonly [bigint, bigint], grid: bigint): bigint[] {
  const all: bigint[] = [];
  for (let quantity = grid; quantity <= six("60"); quantity += grid) {
    const [num, den] = [quantity * ratio[0], ratio[1]];
    if (given.minimum !== null && num < given.minimum * den) continue;
    if (given.maximum !== null && num > given.maximum * den) continue;
    if (given.multiple !== null && num % (given.multiple * den) !== 0n) continue;
    all.push(quantity);
  }
  return all;
}

test("neighbours are those that brute force finds, in any unit", () => {
  const amount = fc.option(fc.integer({ min: 1, max: 40 }).map((value) => BigInt(value) * 500_000n));
  fc.assert(
    fc.property(
      fc.record({ unit: fc.constant("C62"), minimum: amount, multiple: amount, maximum: amount }),
      fc.record({
        num: fc.bigInt({ min: 1n, max: 6n }),
        den: fc.bigInt({ min: 1n, max: 4n }),
        decimals: fc.integer({ min: 0, max: 1 }),
      }),
      fc.integer({ min: 1, max: 300 }).map((value) => BigInt(value) * 50_000n),
      (given, { num, den, decimals }, quantity) => {
        const units = { base: "C62", others: new Map([["BX", { ratio: { num, den }, decimals, sold: true }]]) };
        const rejection = checkQuantity({ quantity, unit: "BX", units, terms: [given] });
        const good = allowed(given, [num, den], decimals === 0 ? six("1") : six("0.1"));
        expect(rejection === null).toBe(good.includes(quantity));
        if (rejection === null) return;
        const below = good.filter((each) => each < quantity).at(-1) ?? null;
        const above = good.find((each) => each > quantity) ?? null;
        const read = (text: string | null | undefined) => (text == null ? null : six(text));
        expect(read(rejection.neighbours?.below)).toBe(below);
        const told = read(rejection.neighbours?.above);
        // Brute force looks no further than 60.
        if (told === null || told <= six("60")) expect(told).toBe(above);
        else expect(above).toBeNull();
      },
    ),
    { numRuns: 3_000, seed: 42 },
  );
});
