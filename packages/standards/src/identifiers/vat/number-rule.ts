import { weightedSum } from "../check-digits.ts";
import type { IdentifierFault } from "../checked.ts";
import { digitsFault } from "../checked.ts";

/** How one country's VAT numbers are judged. Numbers come without separators and without the country's prefix. */
export type VatNumberRule = {
  /** What is wrong with the number, or null. */
  readonly fault: (number: string) => IdentifierFault | null;
  /** The full form of a number that was written short, or with an old spelling. */
  readonly full?: (number: string) => string;
};

/** Digits of one length, whose check is judged by `fits`. */
export function digitsRule(length: number, fits: (number: string) => boolean): VatNumberRule {
  return { fault: (number) => digitsFault(number, length) ?? verdict(fits(number)) };
}

/** Digits of as many as there are weights; the weighted sum is a multiple of the modulus. Zero may not come first. */
export function weightedRule(weights: readonly number[], modulus: number): VatNumberRule {
  const fits = (number: string): boolean => weightedSum(number, weights) % modulus === 0;
  return {
    fault: (number) =>
      digitsFault(number, weights.length) ?? (number.startsWith("0") ? "part_wrong" : verdict(fits(number))),
  };
}

export function verdict(fits: boolean): IdentifierFault | null {
  return fits ? null : "check_digit_wrong";
}

/** Remainder of a number of any length; digits only. */
export function remainder(digits: string, modulus: number): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % modulus;
  return rest;
}
