import { luhnFits, luhnSum, mod11And10Fits, weightedSum } from "../check-digits.ts";
import type { IdentifierFault } from "../checked.ts";
import { digitsFault, formFault } from "../checked.ts";
import type { VatNumberRule } from "./number-rule.ts";
import { digitsRule, remainder, verdict, weightedRule } from "./number-rule.ts";

const cypriotOddValues = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];

/** 8 digits and a letter; never 12 at the start. */
export const cyprus: VatNumberRule = {
  fault: (number) => {
    const fault = formFault(number, [9], /^\d{8}[A-Z]$/);
    if (fault !== null) return fault;
    if (number.startsWith("12")) return "part_wrong";
    const sum = [...number.slice(0, 8)].reduce(
      (total, digit, at) => total + (at % 2 === 0 ? (cypriotOddValues[Number(digit)] ?? 0) : Number(digit)),
      0,
    );
    return verdict(number.charCodeAt(8) - 65 === sum % 26);
  },
};

/** 9 digits; the zero in front was left out once. */
export const greece: VatNumberRule = {
  full: (number) => (number.length === 8 ? `0${number}` : number),
  ...digitsRule(9, (number) => (weightedSum(number, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === Number(number[8])),
};

export const croatia = digitsRule(11, mod11And10Fits);

/** Seven digits of the company, three of the office that gave the number, and a check digit. */
export const italy: VatNumberRule = {
  fault: (number) => {
    const fault = digitsFault(number, 11);
    if (fault !== null) return fault;
    const office = number.slice(7, 10);
    const offices = office >= "001" && office <= "100";
    const known = offices || ["120", "121", "888", "999"].includes(office);
    return known && !number.startsWith("0000000") ? verdict(luhnFits(number)) : "part_wrong";
  },
};

export const malta = weightedRule([3, 4, 6, 7, 8, 9, 10, 1], 37);

export const portugal: VatNumberRule = {
  fault: (number) => {
    const fault = digitsFault(number, 9);
    if (fault !== null) return fault;
    if (number.startsWith("0")) return "part_wrong";
    const check = ((11 - (weightedSum(number, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10;
    return verdict(check === Number(number[8]));
  },
};

export const slovenia: VatNumberRule = {
  fault: (number) => {
    const fault = digitsFault(number, 8);
    if (fault !== null) return fault;
    if (number.startsWith("0")) return "part_wrong";
    const check = 11 - (weightedSum(number, [8, 7, 6, 5, 4, 3, 2]) % 11);
    return verdict((check === 10 ? 0 : check) === Number(number[7]));
  },
};

const personLetters = "TRWAGMYFPDXBNJZSQVHLCKE";
const companyLetters = "JABCDEFGHI";

/** A person's 8 digits and letter, a foreigner's X, Y or Z, or a company's letter, 7 digits and check. */
export const spain: VatNumberRule = {
  fault: (number) => {
    const fault = formFault(number, [9], /^[0-9A-HJ-NP-SUVWXYZ]\d{7}[0-9A-Z]$/);
    if (fault !== null) return fault;
    if (/^\d/.test(number)) return personFault(number.slice(0, 8), number);
    const foreigner = "XYZ".indexOf(number[0] ?? "");
    if (foreigner >= 0) return personFault(`${foreigner}${number.slice(1, 8)}`, number);
    if (/^[KLM]/.test(number)) return personFault(number.slice(1, 8), number);
    return companyFault(number);
  },
};

function personFault(digits: string, number: string): IdentifierFault | null {
  if (!/[A-Z]$/.test(number)) return "character_wrong";
  return verdict(personLetters[remainder(digits, 23)] === number[8]);
}

function companyFault(number: string): IdentifierFault | null {
  const check = (10 - (luhnSum(`${number.slice(1, 8)}0`) % 10)) % 10;
  const byDigit = number[8] === String(check);
  const byLetter = number[8] === companyLetters[check];
  if (/^[PQS]/.test(number)) return verdict(byLetter);
  if (/^[ABEH]/.test(number)) return verdict(byDigit);
  return verdict(byDigit || byLetter);
}
