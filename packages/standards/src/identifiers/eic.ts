import type { Checked } from "./checked.ts";
import { checked, formFault, withoutBlanks } from "./checked.ts";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";

/** An Energy Identification Code of a party, area, point or line in the gas and power markets: 16 characters. */
export function checkEic(text: string): Checked {
  const number = withoutBlanks(text);
  const fault = formFault(number, [16], /^[0-9A-Z]{3}[0-9A-Z-]{12}[0-9A-Z]$/);
  if (fault !== null) return checked(number, fault);
  const sum = [...number.slice(0, 15)].reduce((total, one, at) => total + alphabet.indexOf(one) * (16 - at), 0);
  const check = alphabet[36 - ((sum + 36) % 37)];
  return checked(number, check === number[15] ? null : "check_digit_wrong");
}
