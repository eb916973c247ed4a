import { characterValue, luhnFits } from "./check-digits.ts";
import type { Checked } from "./checked.ts";
import { checked, formFault, withoutSeparators } from "./checked.ts";
import { countryCodes } from "./country-codes.ts";

/** Prefixes that stand for no country: clearing systems, the European Union, derivatives, and former countries. */
const furtherPrefixes: ReadonlySet<string> = new Set("AN CS EU EZ QS QT QY XA XB XC XD XF XS YU".split(" "));

/** An International Securities Identification Number (ISO 6166): country, nine digits or letters, check digit. */
export function checkIsin(text: string): Checked {
  const number = withoutSeparators(text);
  const fault = formFault(number, [12], /^[A-Z]{2}[0-9A-Z]{9}\d$/);
  if (fault !== null) return checked(number, fault);
  const prefix = number.slice(0, 2);
  if (!countryCodes.has(prefix) && !furtherPrefixes.has(prefix)) return checked(number, "country_unknown");
  const digits = [...number].map(characterValue).join("");
  return checked(number, luhnFits(digits) ? null : "check_digit_wrong");
}
