import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { convertible, ratioBetween, unitOf, unitsByCode } from "../../src/index.ts";

const withFactor = [...unitsByCode().values()].filter(({ factor }) => factor !== null).map(({ code }) => code);

describe("definitions that are exact by law", () => {
  test.each([
    ["INH", "MMT", 127n, 5n],
    ["LBR", "KGM", 45_359_237n, 100_000_000n],
    ["ONZ", "LBR", 1n, 16n],
    ["APZ", "GRM", 19_439_673n, 625_000n],
    ["STN", "LBR", 2_000n, 1n],
    ["LTN", "LBR", 2_240n, 1n],
    ["GLL", "INQ", 231n, 1n],
    ["GLI", "LTR", 454_609n, 100_000n],
    ["BLL", "GLL", 42n, 1n],
    ["YRD", "FOT", 3n, 1n],
    ["SMI", "MTR", 201_168n, 125n],
    ["NMI", "MTR", 1_852n, 1n],
    ["MTK", "CMK", 10_000n, 1n],
    ["MTQ", "LTR", 1_000n, 1n],
    ["TNE", "KGM", 1_000n, 1n],
    ["DTN", "KGM", 100n, 1n],
    ["HUR", "SEC", 3_600n, 1n],
    ["KMH", "MTS", 5n, 18n],
    ["E18", "KGS", 5n, 18n],
    ["KWH", "JOU", 3_600_000n, 1n],
    ["ATM", "PAL", 101_325n, 1n],
    ["BAR", "PAL", 100_000n, 1n],
    ["AD", "A99", 8n, 1n],
    ["E62", "AD", 1_073_741_824n, 1n],
    ["DZN", "H87", 12n, 1n],
    ["GRO", "DZN", 12n, 1n],
    ["PR", "C62", 2n, 1n],
    ["CTM", "MGM", 200n, 1n],
    ["P1", "NX", 10n, 1n],
    ["A48", "KEL", 5n, 9n],
  ])("1 %s in %s", (from, to, ...[num, den]) => {
    expect(ratioBetween(from, to)).toEqual({ num, den, exact: true });
  });
});

test.each([
  ["KGM", "MTR"],
  ["CEL", "KEL"],
  ["FAH", "CEL"],
  ["NU", "JOU"],
  ["KVA", "KWT"],
  ["KVR", "KVA"],
  ["NM3", "MTQ"],
  ["BQL", "HTZ"],
  ["P1", "H87"],
  ["XBX", "H87"],
  ["KNI", "KGM"],
  ["KGM", "no such code"],
])("%s is not told in %s", (from, to) => {
  expect(convertible(from, to)).toBe(false);
  expect(convertible(to, from)).toBe(false);
});

test("a unit is its own, also one that measures nothing", () => {
  expect(ratioBetween("XBX", "XBX")).toEqual({ num: 1n, den: 1n, exact: true });
  expect(ratioBetween("CEL", "CEL")).toEqual({ num: 1n, den: 1n, exact: true });
  expect(ratioBetween("no such code", "no such code")).toBeNull();
});

test("a rounded factor says that it is", () => {
  expect(unitOf("DD")?.factor?.exact).toBe(false);
  expect(ratioBetween("DD", "C81")?.exact).toBe(false);
  expect(ratioBetween("C63", "MTR")?.exact).toBe(false);
});

test("there and back is nothing changed, and ways are alike", () => {
  const code = fc.constantFrom(...withFactor);
  fc.assert(
    fc.property(code, code, code, (a, b, c) => {
      const [there, back, on] = [ratioBetween(a, b), ratioBetween(b, a), ratioBetween(b, c)];
      expect(there === null).toBe(back === null);
      if (there !== null && back !== null) expect([there.num, there.den]).toEqual([back.den, back.num]);
      if (there === null || on === null) return;
      const straight = ratioBetween(a, c);
      expect(straight).not.toBeNull();
      expect((straight?.num ?? 0n) * there.den * on.den).toBe((straight?.den ?? 0n) * there.num * on.num);
    }),
    { seed: 7, numRuns: 3_000 },
  );
});

test("fractions are reduced and positive", () => {
  const factors = withFactor.map((code) => ratioBetween(code, code));
  expect(factors).not.toContain(null);
  const units = [...unitsByCode().values()];
  expect(units.filter(({ factor }) => factor !== null && (factor.num <= 0n || factor.den <= 0n))).toEqual([]);
  expect(units.filter(({ factor, dimension }) => (factor === null) !== (dimension === null))).toEqual([]);
});
