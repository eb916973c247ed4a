import type { Checked } from "./checked.ts";
import { checked, formFault, withoutSeparators } from "./checked.ts";
import { countryCodes } from "./country-codes.ts";

/**
 * A Business Identifier Code (ISO 9362): party prefix, country, party suffix, and an office's three characters or none.
 *
 * Shape   8 or 11 characters; the main office's `XXX` is left out, so that one bank has one code.
 * Errors  length, character, country. There is no check digit: whether the code is assigned only the register tells.
 */
export function checkBic(text: string): Checked {
  const number = withoutSeparators(text);
  const fault = formFault(number, [8, 11], /^[A-Z]{6}[0-9A-Z]{2}([0-9A-Z]{3})?$/);
  if (fault !== null) return checked(number, fault);
  const value = number.endsWith("XXX") && number.length === 11 ? number.slice(0, 8) : number;
  return checked(value, countryCodes.has(number.slice(4, 6)) ? null : "country_unknown");
}
