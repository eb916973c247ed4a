import { remainderBy97 } from "./check-digits.ts";
import type { Checked } from "./checked.ts";
import { checked, formFault, withoutSeparators } from "./checked.ts";
import { ibanStructures } from "./iban-structures.ts";

const classes: Readonly<Record<string, string>> = { n: "\\d", a: "[A-Z]", c: "[0-9A-Z]" };

type Structure = { readonly length: number; readonly form: RegExp };

const structures: ReadonlyMap<string, Structure> = new Map(
  Object.entries(ibanStructures).map(([country, written]) => [country, structureOf(country, written)]),
);

function structureOf(country: string, written: string): Structure {
  const parts = [...written.matchAll(/(\d+)([nac])/g)];
  const length = parts.reduce((total, [, count]) => total + Number(count), 4);
  const form = parts.map(([, count, kind = ""]) => `${classes[kind]}{${count}}`).join("");
  return { length, form: new RegExp(`^${country}\\d{2}${form}$`) };
}

/**
 * An International Bank Account Number (ISO 13616), without blanks, in capitals.
 *
 * Errors  unknown country, then length, then characters by that country's structure, then the check digits; the check
 *         digits of a bank's own account numbers are not looked at, for banks differ within a country.
 */
export function checkIban(text: string): Checked {
  const number = withoutSeparators(text);
  if (number.length < 5) return checked(number, "length_wrong");
  const structure = structures.get(number.slice(0, 2));
  if (structure === undefined) return checked(number, "country_unknown");
  const fault = formFault(number, [structure.length], structure.form);
  if (fault !== null) return checked(number, fault);
  const fits = remainderBy97(number.slice(4) + number.slice(0, 4)) === 1;
  // 00, 01 and 99 have the remainder of another pair, which is the one issued.
  const issued = !["00", "01", "99"].includes(number.slice(2, 4));
  return checked(number, fits && issued ? null : "check_digit_wrong");
}
