import { luhnFits, luhnSum, mod11And10Fits, remainderBy97, weightedSum } from "../check-digits.ts";
import type { IdentifierFault } from "../checked.ts";
import { digitsFault, formFault } from "../checked.ts";
import { swissUidFits } from "../company-numbers.ts";
import type { VatNumberRule } from "./number-rule.ts";
import { digitsRule, remainder, verdict } from "./number-rule.ts";

/** U and 8 digits. */
export const austria: VatNumberRule = {
  fault: (number) => {
    const fault = formFault(number, [9], /^U\d{8}$/);
    if (fault !== null) return fault;
    // The Luhn sum of seven digits and a zero, which doubles the second, fourth and sixth when read from the left.
    const sum = luhnSum(`${number.slice(1, 8)}`.split("").reverse().join(""));
    return verdict((96 - sum) % 10 === Number(number[8]));
  },
};

/** 10 digits that begin with 0 or 1; before 2005 the 0 was left out. */
export const belgium: VatNumberRule = {
  full: (number) => (number.length === 9 ? `0${number}` : number),
  fault: (number) => {
    const fault = digitsFault(number, 10);
    if (fault !== null) return fault;
    if (!/^(0[1-9]|1)/.test(number)) return "part_wrong";
    return verdict(97 - remainder(number.slice(0, 8), 97) === Number(number.slice(8)));
  },
};

export const germany: VatNumberRule = {
  fault: (number) =>
    digitsFault(number, 9) ?? (number.startsWith("0") ? "part_wrong" : verdict(mod11And10Fits(number))),
};

const frenchKeyAlphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/** Two characters of a key and the nine digits of the company (SIREN), 000 and more in Monaco. */
export const france: VatNumberRule = {
  fault: (number) => {
    const fault = formFault(number, [11], /^[0-9A-HJ-NP-Z]{2}\d{9}$/);
    if (fault !== null) return fault;
    const company = number.slice(2);
    if (company === "000000000") return "part_wrong";
    if (!company.startsWith("000") && !luhnFits(company)) return "check_digit_wrong";
    return verdict(frenchKeyFits(number.slice(0, 2), company));
  },
};

function frenchKeyFits(key: string, company: string): boolean {
  if (/^\d\d$/.test(key)) return remainder(`${company}12`, 97) === Number(key);
  const [first = 0, second = 0] = [...key].map((character) => frenchKeyAlphabet.indexOf(character));
  const check = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100;
  return remainder(String(Number(company) + 1 + Math.floor(check / 11)), 11) === check % 11;
}

export const luxembourg = digitsRule(8, (number) => remainder(number.slice(0, 6), 89) === Number(number.slice(6)));

/** 9 digits, B and two digits from 01; since 2020 those of self-employed people have another check. */
export const netherlands: VatNumberRule = {
  full: (number) => (/^\d{8}B\d\d$/.test(number) ? `0${number}` : number),
  fault: (number) => {
    const fault = formFault(number, [12], /^\d{9}B\d\d$/);
    if (fault !== null) return fault;
    if (number.endsWith("B00") || number.startsWith("000000000")) return "part_wrong";
    const legal = weightedSum(number, [9, 8, 7, 6, 5, 4, 3, 2]) % 11 === Number(number[8]);
    return verdict(legal || remainderBy97(`NL${number}`) === 1);
  },
};

const swissSuffix = /(MWST|TVA|IVA|TPV)$/;

/** E, the nine digits of the company (UID), and the tax's name in one of the languages, which is told as MWST. */
export const switzerland: VatNumberRule = {
  full: (number) => number.replace(swissSuffix, "MWST"),
  fault: (number): IdentifierFault | null => {
    const fault = formFault(number, [14], /^E\d{9}MWST$/);
    return fault ?? verdict(swissUidFits(number.slice(1, 10)));
  },
};

/** Companies outside the Union that registered for one-stop shop in a member state, whose numeric code comes first. */
export const oneStopShop: VatNumberRule = {
  fault: (number) => digitsFault(number, 9) ?? (memberStates.has(number.slice(0, 3)) ? null : "part_wrong"),
};

/** ISO 3166-1 numeric codes of the member states, and of the one that left. */
const memberStates: ReadonlySet<string> = new Set(
  "040 056 100 191 196 203 208 233 246 250 276 300 348 372 380 428 440 442 470 528 616 620 642 703 705 724 752 826".split(
    " ",
  ),
);
