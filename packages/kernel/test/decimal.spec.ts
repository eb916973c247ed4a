import fc from "fast-check";
import { expect, test } from "vitest";
import { decimalPattern, formatDecimal, parseDecimal } from "../src/index.ts";

/** The rule in the plainest words: the digits, moved by the scale. */
function naive(text: string, scale: number): bigint | string {
  if (!decimalPattern.test(text)) return "malformed";
  const negative = text.startsWith("-");
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  if (/[1-9]/.test(fraction.slice(scale))) return "scale_exceeded";
  const units = BigInt(whole) * 10n ** BigInt(scale) + BigInt(fraction.slice(0, scale).padEnd(scale, "0") || "0");
  return negative ? -units : units;
}

const scales = fc.integer({ min: 0, max: 8 });

test("any text is read as the rule says, amounts of every length and those that are none", () => {
  const digits = fc.stringMatching(/^-?[0-9]{0,19}(\.[0-9]{0,19})?$/);
  const amounts = fc.stringMatching(/^[1-9][0-9]{0,14}(\.[0-9]{1,6})?$/);
  const texts = fc.oneof(amounts, digits, fc.string({ unit: fc.constantFrom(..."0123456789.-+e ,") }), fc.string());
  const check = (text: string, scale: number): void => {
    expect(parseDecimal(text, scale)).toBe(naive(text, scale));
  };
  const given: [string, number][] = ["0", "", ".", "5.", ".5", "05", "1.50", "999999999999999", "9999999999999999"].map(
    (text) => [text, 2],
  );
  fc.assert(fc.property(texts, scales, check), { seed: 7, numRuns: 20_000, examples: given });
});

test("what is written is read again", () => {
  const units = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });
  const check = (amount: bigint, scale: number): void => {
    expect(parseDecimal(formatDecimal(amount, scale), scale)).toBe(amount);
  };
  fc.assert(fc.property(units, scales, check), { seed: 8, numRuns: 2_000 });
});
