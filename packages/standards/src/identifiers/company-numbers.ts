import { weightedSum } from "./check-digits.ts";
import type { Checked, IdentifierFault } from "./checked.ts";
import { checked, digitsFault, formFault, withoutSeparators } from "./checked.ts";

function judged(number: string, fault: IdentifierFault | null, fits: () => boolean): Checked {
  return checked(number, fault ?? (fits() ? null : "check_digit_wrong"));
}

/** Australian Business Number: 11 digits, the first two of which check the rest. */
export function checkAbn(text: string): Checked {
  const number = withoutSeparators(text);
  const weights = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];
  const fault = digitsFault(number, 11) ?? (number.startsWith("0") ? "part_wrong" : null);
  return judged(number, fault, () => (weightedSum(number, weights) - 10) % 89 === 0);
}

/** Tax number of a company in Türkiye (VKN): 10 digits. */
export function checkVkn(text: string): Checked {
  const number = withoutSeparators(text);
  return judged(number, digitsFault(number, 10), () => {
    const sum = [...number.slice(0, 9)].reduce((total, digit, at) => {
      const shifted = (Number(digit) + 9 - at) % 10;
      const spread = (shifted * 2 ** (9 - at)) % 9;
      return total + (shifted !== 0 && spread === 0 ? 9 : spread);
    }, 0);
    return (10 - (sum % 10)) % 10 === Number(number[9]);
  });
}

/** Number of a company in Ukraine's register (EDRPOU): 8 digits. */
export function checkEdrpou(text: string): Checked {
  const number = withoutSeparators(text);
  return judged(number, digitsFault(number, 8), () => {
    const weights = /^[345]/.test(number) ? [7, 1, 2, 3, 4, 5, 6] : [1, 2, 3, 4, 5, 6, 7];
    const first = weightedSum(number, weights) % 11;
    const again = weights.map((weight) => weight + 2);
    const check = first < 10 ? first : (weightedSum(number, again) % 11) % 10;
    return check === Number(number[7]);
  });
}

/** Number of a company in Switzerland (UID): CHE and 9 digits. */
export function checkSwissUid(text: string): Checked {
  const number = withoutSeparators(text);
  return judged(number, formFault(number, [12], /^CHE\d{9}$/), () => swissUidFits(number.slice(3)));
}

/** Whether the last of nine digits fits the others. */
export function swissUidFits(digits: string): boolean {
  return (11 - (weightedSum(digits, [5, 4, 3, 2, 7, 6, 5, 4]) % 11)) % 11 === Number(digits[8]);
}

const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** Unified Social Credit Code of an organisation in China: 18 characters, without I, O, S, V and Z. */
export function checkUscc(text: string): Checked {
  const number = withoutSeparators(text);
  const fault = formFault(number, [18], /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/);
  return judged(number, fault, () => {
    let weight = 1;
    let sum = 0;
    for (const character of number.slice(0, 17)) {
      sum += usccAlphabet.indexOf(character) * weight;
      weight = (weight * 3) % 31;
    }
    return usccAlphabet[(31 - (sum % 31)) % 31] === number[17];
  });
}
