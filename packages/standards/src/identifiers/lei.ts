import { remainderBy97 } from "./check-digits.ts";
import type { Checked } from "./checked.ts";
import { checked, formFault, withoutSeparators } from "./checked.ts";

/** A Legal Entity Identifier (ISO 17442): 18 digits or letters and two check digits. */
export function checkLei(text: string): Checked {
  const number = withoutSeparators(text);
  const fault = formFault(number, [20], /^[0-9A-Z]{18}\d{2}$/);
  if (fault !== null) return checked(number, fault);
  // Check digits run from 02 to 98: 00, 01 and 99 have the remainder of another pair, which is the one issued.
  const issued = /(?:0[2-9]|[1-8]\d|9[0-8])$/.test(number);
  return checked(number, issued && remainderBy97(number) === 1 ? null : "check_digit_wrong");
}
