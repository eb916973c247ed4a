import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkGln, checkGtin, checkSscc, gtinFacts } from "../../src/index.ts";
import { passingErrors } from "./single-errors.ts";

/** The check digit by its definition, written another way round than in the package. */
function withCheckDigit(digits: string): string {
  const sum = digits
    .split("")
    .reverse()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return `${digits}${(1000 - sum) % 10}`;
}

const digitsOf = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((digits) => digits.join(""))
    .filter((digits) => /[1-9]/.test(digits));

describe("GTIN", () => {
  test.each([8, 12, 13, 14])("of %i digits becomes one of 14", (length) => {
    fc.assert(
      fc.property(digitsOf(length - 1), (digits) => {
        const number = withCheckDigit(digits);
        expect(checkGtin(number)).toEqual({ ok: true, value: number.padStart(14, "0") });
        expect(passingErrors(checkGtin, number)).toEqual([]);
      }),
      { seed: 41, numRuns: 50 },
    );
  });

  test.each([
    ["4012345678901 2 3", "length_wrong"],
    ["40123456789O1", "character_wrong"],
    ["12345678901", "length_wrong"],
    ["", "length_wrong"],
    ["00000000000000", "part_wrong"],
    ["4012345678902", "check_digit_wrong"],
  ])("%s: %s", (text, reason) => {
    expect(checkGtin(text)).toEqual({ ok: false, reason });
  });

  test("blanks and hyphens do not count", () => {
    expect(checkGtin("4-012345-678901")).toEqual({ ok: true, value: "04012345678901" });
  });

  test.each([
    ["00000012345670", { kind: "gtin8", packagingIndicator: 0, packedGtin: null, inHouse: false, coupon: false }],
    ["00000020123451", { kind: "gtin8", packagingIndicator: 0, packedGtin: null, inHouse: true, coupon: false }],
    ["00614141123452", { kind: "gtin12", packagingIndicator: 0, packedGtin: null, inHouse: false, coupon: false }],
    ["00212345678901", { kind: "gtin12", packagingIndicator: 0, packedGtin: null, inHouse: true, coupon: false }],
    ["00412345678905", { kind: "gtin12", packagingIndicator: 0, packedGtin: null, inHouse: true, coupon: false }],
    ["00512345678900", { kind: "gtin12", packagingIndicator: 0, packedGtin: null, inHouse: false, coupon: true }],
    ["02512345678909", { kind: "gtin13", packagingIndicator: 0, packedGtin: null, inHouse: true, coupon: false }],
    ["04012345678901", { kind: "gtin13", packagingIndicator: 0, packedGtin: null, inHouse: false, coupon: false }],
    ["09912345678908", { kind: "gtin13", packagingIndicator: 0, packedGtin: null, inHouse: false, coupon: true }],
    [
      "34012345678902",
      { kind: "gtin14", packagingIndicator: 3, packedGtin: "04012345678901", inHouse: false, coupon: false },
    ],
    ["94012345678904", { kind: "gtin14", packagingIndicator: 9, packedGtin: null, inHouse: false, coupon: false }],
  ])("what %s says of itself", (gtin14, facts) => {
    expect(gtinFacts(gtin14)).toEqual(facts);
  });
});

test("GLN and SSCC have their length and check digit", () => {
  expect(checkGln("2369538820404")).toEqual({ ok: true, value: "2369538820404" });
  expect(passingErrors(checkGln, "2369538820404")).toEqual([]);
  expect(checkGln("236953882040")).toEqual({ ok: false, reason: "length_wrong" });
  expect(checkSscc("(00) 0 1751146929946899 8")).toEqual({ ok: true, value: "017511469299468998" });
  expect(passingErrors(checkSscc, "017511469299468998")).toEqual([]);
  expect(checkSscc("01751146929946899")).toEqual({ ok: false, reason: "length_wrong" });
});
