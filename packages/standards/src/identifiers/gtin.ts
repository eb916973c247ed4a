import { gs1Fits } from "./check-digits.ts";
import type { Checked } from "./checked.ts";
import { checked, digitsFault, withoutSeparators } from "./checked.ts";

/**
 * A Global Trade Item Number of 8, 12, 13 or 14 digits.
 *
 * Shape   the value has 14 digits, filled with zeros from the left, so that one article has one number.
 * Errors  length, character, all zeros (`part_wrong`), check digit. A number that lost leading zeros, in a spreadsheet
 *         say, is refused by its length: which kind it was cannot be told.
 */
export function checkGtin(text: string): Checked {
  const number = withoutSeparators(text);
  const fault = digitsFault(number, 8, 12, 13, 14);
  const value = number.padStart(14, "0");
  if (fault !== null) return checked(value, fault);
  return checked(value, gs1Fits(value) ? null : "check_digit_wrong");
}

export type GtinKind = "gtin8" | "gtin12" | "gtin13" | "gtin14";

export type GtinFacts = {
  /** The shortest kind that the number has room in. */
  readonly kind: GtinKind;
  /** 0 the article itself, 1 to 8 a packaging level of it, 9 an article of variable measure. */
  readonly packagingIndicator: number;
  /** The article's own number, of which this is a packaging level: 14 digits, null where the indicator is 0 or 9. */
  readonly packedGtin: string | null;
  /** A number from a range that companies and regions give out for their own use (02, 04, 2x): unique nowhere else. */
  readonly inHouse: boolean;
  /** A number of a coupon, refund slip or the like, which is no article. */
  readonly coupon: boolean;
};

/** What a number that `checkGtin` passed says of itself. */
export function gtinFacts(gtin14: string): GtinFacts {
  const packagingIndicator = Number(gtin14[0]);
  const kind = kindOf(gtin14);
  const prefix = kind === "gtin8" ? gtin14.slice(6, 9) : gtin14.slice(1, 4);
  const inHouse = kind === "gtin8" ? /^[02]/.test(prefix) : /^(02|04|2)/.test(prefix);
  const coupon = kind !== "gtin8" && /^(05|98[0-4]|99)/.test(prefix);
  const packed = packagingIndicator >= 1 && packagingIndicator <= 8;
  const packedGtin = packed ? withCheckDigit(`0${gtin14.slice(1, 13)}`) : null;
  return { kind, packagingIndicator, packedGtin, inHouse, coupon };
}

function kindOf(gtin14: string): GtinKind {
  if (gtin14[0] !== "0") return "gtin14";
  if (gtin14.startsWith("000000")) return "gtin8";
  return gtin14[1] === "0" ? "gtin12" : "gtin13";
}

function withCheckDigit(digits: string): string {
  const fitting = [..."0123456789"].find((digit) => gs1Fits(digits + digit)) ?? "";
  return digits + fitting;
}
