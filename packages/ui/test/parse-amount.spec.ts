import fc from "fast-check";
import { expect, test } from "vitest";
import { amountParts, formatAmount } from "../src/money/format-amount.ts";
import { parseAmount } from "../src/money/parse-amount.ts";

const locales = ["en", "fr", "es", "zh", "ru", "he", "fa"] as const;

/** Text, language, most decimals, and what comes of it: a value, "?" with its readings, or "!" with the fault. */
const table: readonly (readonly [text: string, locale: string, decimals: number, outcome: string])[] = [
  ["", "en", 2, ""],
  ["   ", "en", 2, ""],
  ["412", "en", 2, "412"],
  ["412.5", "en", 2, "412.5"],
  ["412.50", "en", 2, "412.5"],
  ["412,50", "en", 2, "412.5"],
  ["12,34", "en", 2, "12.34"],
  ["1,5", "he", 2, "1.5"],
  ["1.5", "es", 2, "1.5"],
  ["123,5", "fa", 2, "123.5"],
  ["1,234", "en", 2, "1234"],
  ["1.234", "en", 2, "? 1234"],
  ["1,234", "es", 2, "? 1234"],
  ["1.234", "es", 2, "1234"],
  ["1,234", "en", 3, "? 1234 1.234"],
  ["1.234", "en", 3, "? 1.234 1234"],
  ["1,234", "fr", 3, "? 1.234 1234"],
  ["1.234", "ru", 4, "? 1234 1.234"],
  ["1.500", "en", 2, "? 1.5 1500"],
  ["412.500", "en", 2, "? 412.5 412500"],
  ["1,234", "fa", 2, "? 1234"],
  ["1.234", "ru", 2, "? 1234"],
  ["0,123", "en", 3, "0.123"],
  ["0.123", "es", 3, "0.123"],
  ["1,234,567", "en", 2, "1234567"],
  ["1.234.567", "en", 2, "1234567"],
  ["1,234.50", "en", 2, "1234.5"],
  ["1.234,50", "es", 2, "1234.5"],
  ["1.234,50", "en", 2, "? 1234.5"],
  ["1.234,50", "en", 4, "? 1234.5 1.2345"],
  ["1,234.50", "es", 2, "? 1234.5"],
  ["1,234.50", "fr", 5, "? 1234.5 1.2345"],
  ["1.234.567,89", "en", 2, "? 1234567.89"],
  ["1,234,567.89", "zh", 2, "1234567.89"],
  ["1 234,50", "fr", 2, "1234.5"],
  ["1\u202f234,50", "fr", 2, "1234.5"],
  ["1\u00a0234\u00a0567,8", "ru", 2, "1234567.8"],
  ["1\u2009234", "ru", 2, "1234"],
  ["1\u3000234", "zh", 2, "1234"],
  ["1 234,567", "en", 3, "1234.567"],
  ["1'234.50", "en", 2, "1234.5"],
  ["1’234’567", "fr", 2, "1234567"],
  ["１，２３４．５", "zh", 2, "1234.5"],
  ["１２３４", "zh", 2, "1234"],
  ["412。5", "zh", 2, "412.5"],
  ["۱۲۳٫۵", "fa", 2, "123.5"],
  ["۱٬۲۳۴", "fa", 2, "1234"],
  ["۱٬۲۳۴٫۵۶", "fa", 2, "1234.56"],
  ["۱۲۳٫۴۵۶", "fa", 3, "123.456"],
  ["۱۲۳٫۴۵۶", "fa", 2, "! too_many_decimals"],
  ["۴۱۲.۵", "fa", 2, "412.5"],
  ["۴۱۲،۵", "fa", 2, "412.5"],
  ["٤١٢٫٥", "fa", 2, "412.5"],
  ["१२३", "en", 2, "123"],
  ["\u200e412.5\u200f", "he", 2, "412.5"],
  ["\u2066412,5\u2069", "he", 2, "412.5"],
  [".5", "en", 2, "0.5"],
  [",5", "fr", 2, "0.5"],
  ["412.", "en", 2, "412"],
  ["007", "en", 2, "7"],
  ["0", "en", 2, "0"],
  ["0.00", "en", 2, "0"],
  ["412.555", "en", 2, "? 412555"],
  ["12.555", "fr", 2, "? 12555"],
  ["412.5555", "en", 2, "! too_many_decimals"],
  ["1,234.567", "en", 2, "! too_many_decimals"],
  ["412.5", "en", 0, "! too_many_decimals"],
  ["412.0", "en", 0, "412"],
  ["1,23", "en", 0, "! too_many_decimals"],
  ["12,34,567", "en", 2, "! bad_grouping"],
  ["1,2345.5", "en", 2, "! bad_grouping"],
  ["1.234.56", "en", 2, "! bad_grouping"],
  ["0,123,456", "en", 2, "! bad_grouping"],
  ["1,234.567,8", "en", 2, "! bad_grouping"],
  ["1 23", "fr", 2, "! bad_grouping"],
  ["1. 5", "en", 2, "! bad_grouping"],
  ["1..5", "en", 2, "! bad_grouping"],
  ["1,,234", "en", 2, "! bad_grouping"],
  ["1 234 567,8,9", "fr", 2, "! bad_grouping"],
  ["12e3", "en", 2, "! not_a_number"],
  ["€ 412", "en", 2, "! not_a_number"],
  ["four", "en", 2, "! not_a_number"],
  ["..", "en", 2, "! not_a_number"],
  ["1-2", "en", 2, "! not_a_number"],
  ["-5", "en", 2, "! negative"],
  ["\u22125", "en", 2, "! negative"],
  ["1234567890123456789", "en", 2, "! too_long"],
  ["000000000000000000000001", "en", 2, "1"],
];

function outcomeOf(text: string, locale: string, decimalsMax: number): string {
  const parsed = parseAmount(text, { locale, decimalsMax });
  if (parsed.kind === "empty") return "";
  if (parsed.kind === "amount") return parsed.value;
  return parsed.kind === "question" ? `? ${parsed.readings.join(" ")}` : `! ${parsed.fault}`;
}

test.each(table)("%j in %s with %i decimals", (...[text, locale, decimals, outcome]) => {
  expect(outcomeOf(text, locale, decimals)).toBe(outcome);
});

test("a negative amount is read where it is allowed, and nothing has no sign", () => {
  const options = { locale: "en", decimalsMax: 2, allowNegative: true };
  expect(parseAmount("\u22121,234.50", options)).toEqual({ kind: "amount", value: "-1234.5" });
  expect(parseAmount("- 5", options)).toEqual({ kind: "amount", value: "-5" });
  expect(parseAmount("-0.00", options)).toEqual({ kind: "amount", value: "0" });
  expect(parseAmount("-1.234", options)).toEqual({ kind: "question", readings: ["-1234"] });
});

const canonical = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
const amounts = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 6 }), fc.bigInt({ min: 0n, max: 999_999n }))
  .map(([whole, decimals, part]) =>
    decimals === 0 ? `${whole}` : `${whole}.${`${part}`.padStart(6, "0").slice(-decimals)}`,
  );

test("what is shown in any language is read back in any language as the same value, or asked about with it", () => {
  fc.assert(
    fc.property(amounts, fc.constantFrom(...locales), fc.constantFrom(...locales), (value, shownIn, readIn) => {
      const parsed = parseAmount(formatAmount(value, { locale: shownIn, decimals: 2 }), {
        locale: readIn,
        decimalsMax: 6,
      });
      if (parsed.kind === "question") return parsed.readings.includes(canonical(value));
      return parsed.kind === "amount" && parsed.value === canonical(value);
    }),
    { numRuns: 1_000, seed: 7 },
  );
});

test("whatever is typed, nothing is thrown and no value has more decimals than allowed", () => {
  const typed = fc.string({ unit: fc.constantFrom(..."0123456789.,' -٫٬۵\u00a0x"), maxLength: 14 });
  fc.assert(
    fc.property(typed, fc.constantFrom(...locales), (text, locale) => {
      const parsed = parseAmount(text, { locale, decimalsMax: 2 });
      if (parsed.kind !== "amount") return true;
      return /^(0|[1-9]\d{0,17})(\.\d{1,2})?$/.test(parsed.value);
    }),
    { numRuns: 1_000, seed: 11 },
  );
});

test("amounts are grouped always, padded, never rounded, with a true minus", () => {
  expect(formatAmount("1234.5", { locale: "es", decimals: 2 })).toBe("1.234,50");
  expect(formatAmount("-2825000", { locale: "en", decimals: 2 })).toBe("\u22122,825,000.00");
  expect(formatAmount("0.123456789012345678", { locale: "en", decimals: 2 })).toBe("0.123456789012345678");
  expect(formatAmount("999999999999999999.99", { locale: "en" })).toBe("999,999,999,999,999,999.99");
  expect(formatAmount("3", { locale: "en", signed: true })).toBe("+3");
  expect(formatAmount("0", { locale: "en", signed: true })).toBe("0");
  expect(formatAmount("1234.5", { locale: "fa", decimals: 2 })).toBe("۱٬۲۳۴٫۵۰");
});

test("zeros that say nothing are muted", () => {
  const shown = (value: string): string =>
    amountParts(value, { locale: "en", decimals: 2 })
      .map(({ kind, text }) => `${kind}:${text}`)
      .join(" ");
  expect(shown("412.5")).toBe("whole:412 fraction:.5 muted:0");
  expect(shown("2825000")).toBe("whole:2,825,000 muted:.00");
  expect(shown("-0.05")).toBe("sign:\u2212 whole:0 fraction:.05");
  expect(() => shown("1e3")).toThrow(RangeError);
});
