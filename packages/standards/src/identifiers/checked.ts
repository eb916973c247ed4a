/**
 * What is wrong with an identifier, by precedence: if several apply, the first is told. Codes are permanent.
 *
 * - `length_wrong`       too many or too few characters once separators are gone
 * - `character_wrong`    a character that may not stand there
 * - `country_unknown`    the country it begins with does not exist, or issues no such identifier
 * - `part_wrong`         a part of it has a value that is never issued, such as a month 13
 * - `check_digit_wrong`  its check digits do not fit: most likely it was mistyped
 */
export const identifierFaults = [
  "length_wrong",
  "character_wrong",
  "country_unknown",
  "part_wrong",
  "check_digit_wrong",
] as const;

export type IdentifierFault = (typeof identifierFaults)[number];

/** The identifier as it is stored and compared, or the one reason why it is none. */
export type Checked =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly reason: IdentifierFault };

/** The answer for a number that has this fault, or none. */
export function checked(value: string, fault: IdentifierFault | null): Checked {
  return fault === null ? { ok: true, value } : { ok: false, reason: fault };
}

/** What people write between the digits: blanks, hyphens and dashes, points, slashes, colons, brackets. */
const separators = /[\s\u200b\ufeff\-\u2010-\u2015\u2212./:()]/g;

/** Without separators, in capitals. */
export function withoutSeparators(text: string): string {
  return text.replace(separators, "").toUpperCase();
}

/** Without blanks, in capitals: for identifiers in which a hyphen counts. */
export function withoutBlanks(text: string): string {
  return text.replace(/\s/g, "").toUpperCase();
}

/** Whether a number has one of the lengths and the form; null if it has both. */
export function formFault(number: string, lengths: readonly number[], form: RegExp): IdentifierFault | null {
  if (!lengths.includes(number.length)) return "length_wrong";
  return form.test(number) ? null : "character_wrong";
}

const allDigits = /^\d+$/;

/** As `formFault`, for numbers of digits alone, which are never all zero. */
export function digitsFault(number: string, ...lengths: readonly number[]): IdentifierFault | null {
  const fault = formFault(number, lengths, allDigits);
  if (fault !== null) return fault;
  return /[1-9]/.test(number) ? null : "part_wrong";
}
