import { describe, expect, test } from "vitest";
import type { IdentifierScheme } from "../../src/index.ts";
import { checkBic, checkIban, checkLei, identifierChecks } from "../../src/index.ts";
import { passingErrors } from "./single-errors.ts";

/** Made-up numbers, one for each scheme with a check digit. */
const samples: readonly (readonly [IdentifierScheme, string])[] = [
  ["lei", "9845WT16JQ02P2Z8B891"],
  ["iban", "DE03902149875847046211"],
  ["iban", "FR605836716233ST12021755886"],
  ["iban", "MT81KCYS15273IPIDKPNJXEIGYSZBQH"],
  ["iban", "NO2118350732038"],
  ["isin", "DE000K7D2K69"],
  ["eic", "37XOFX41-434--R4"],
  ["au_abn", "64014164279"],
  ["ch_uid", "CHE838213838"],
  ["cn_uscc", "91335832MA20B79M30"],
  ["tr_vkn", "5333721398"],
  ["ua_edrpou", "87794307"],
];

test.each(samples)("%s %s passes, and with one wrong digit never", (scheme, number) => {
  const check = identifierChecks[scheme];
  expect(check(number)).toEqual({ ok: true, value: number });
  expect(check(` ${number.toLowerCase()} `)).toEqual({ ok: true, value: number });
  expect(passingErrors(check, number)).toEqual([]);
});

test.each(samples)("%s %s says when it is too short or too long", (scheme, number) => {
  const check = identifierChecks[scheme];
  expect(check(number.slice(0, -1))).toEqual({ ok: false, reason: "length_wrong" });
  expect(check(`${number}0`)).toEqual({ ok: false, reason: "length_wrong" });
  expect(check("")).toEqual({ ok: false, reason: "length_wrong" });
});

test.each(Object.entries(identifierChecks))("%s refuses what is far off, and throws nothing", (_, check) => {
  for (const text of ["0", "☃".repeat(20), "hasOwnProperty", "__proto__", " ", "1".repeat(10_000)]) {
    expect(check(text).ok).toBe(false);
  }
});

describe("IBAN", () => {
  test("blanks do not count", () => {
    expect(checkIban("DE03 9021 4987 5847 0462 11")).toEqual({ ok: true, value: "DE03902149875847046211" });
  });

  test.each([
    ["US03902149875847046211", "country_unknown"],
    ["DE0390214987584704621", "length_wrong"],
    ["DE0390214987584704621A", "character_wrong"],
    ["NO2118350732O38", "character_wrong"],
    ["DE04902149875847046211", "check_digit_wrong"],
  ])("%s: %s", (text, reason) => {
    expect(checkIban(text)).toEqual({ ok: false, reason });
  });

  test("check digits that no bank gives out are wrong, whatever their remainder", () => {
    // 97 more than 02 is 99, and 97 less than 98 is 01: the same remainder, but nobody issues them.
    const body = Array.from({ length: 97 }, (_, at) => String(at).padStart(11, "0"));
    const issued = body.flatMap((account) =>
      ["00", "01", "99"].filter((check) => checkIban(`NO${check}${account}`).ok),
    );
    expect(issued).toEqual([]);
  });
});

describe("BIC", () => {
  test.each([
    ["KNTRDEFF", "KNTRDEFF"],
    ["KNTR DE FF XXX", "KNTRDEFF"],
    ["kntrdeff500", "KNTRDEFF500"],
  ])("%s is %s", (text, value) => {
    expect(checkBic(text)).toEqual({ ok: true, value });
  });

  test.each([
    ["KNTRDEF", "length_wrong"],
    ["KNTRDEFF5", "length_wrong"],
    ["KNT1DEFF", "character_wrong"],
    ["KNTRQQFF", "country_unknown"],
  ])("%s: %s", (text, reason) => {
    expect(checkBic(text)).toEqual({ ok: false, reason });
  });
});

test("a letter where a LEI has its check digits is no check digit", () => {
  expect(checkLei("9845WT16JQ02P2Z8B8A1")).toEqual({ ok: false, reason: "character_wrong" });
});

test("an ISIN begins with a country or one of the few other prefixes", () => {
  expect(identifierChecks.isin("QQ000K7D2K69")).toEqual({ ok: false, reason: "country_unknown" });
});
