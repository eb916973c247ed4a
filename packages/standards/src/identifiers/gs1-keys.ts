import { gs1Fits } from "./check-digits.ts";
import type { Checked } from "./checked.ts";
import { checked, digitsFault, withoutSeparators } from "./checked.ts";

function checkKey(text: string, length: number): Checked {
  const number = withoutSeparators(text);
  const fault = digitsFault(number, length) ?? (gs1Fits(number) ? null : "check_digit_wrong");
  return checked(number, fault);
}

/** A Global Location Number, of a party or a place: 13 digits. */
export function checkGln(text: string): Checked {
  return checkKey(text, 13);
}

/** A Serial Shipping Container Code, of a pallet or a parcel: 18 digits; the application identifier (00) may precede. */
export function checkSscc(text: string): Checked {
  const number = withoutSeparators(text);
  return checkKey(number.length === 20 && number.startsWith("00") ? number.slice(2) : number, 18);
}
