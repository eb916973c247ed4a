import { isDate, luhnFits, weightedSum } from "../check-digits.ts";
import type { IdentifierFault } from "../checked.ts";
import { digitsFault, formFault } from "../checked.ts";
import type { VatNumberRule } from "./number-rule.ts";
import { digitsRule, verdict, weightedRule } from "./number-rule.ts";

export const denmark = weightedRule([2, 7, 6, 5, 4, 3, 2, 1], 11);

export const estonia = digitsRule(9, (number) => weightedSum(number, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0);

export const finland = digitsRule(8, (number) => weightedSum(number, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0);

/** 9 digits of a company, or 12 of a temporary registration; the digit before the last is always 1. */
export const lithuania: VatNumberRule = {
  fault: (number) => {
    const fault = digitsFault(number, 9, 12);
    if (fault !== null) return fault;
    if (number.at(-2) !== "1") return "part_wrong";
    const body = number.slice(0, -1);
    const sumFrom = (start: number): number =>
      weightedSum(
        body,
        [...body].map((_, at) => 1 + ((at + start) % 9)),
      ) % 11;
    const first = sumFrom(0);
    return verdict((first < 10 ? first : sumFrom(2) % 10) === Number(number.at(-1)));
  },
};

/** 11 digits: those of companies begin above 3, those of people with the day of birth, or with 32 and without it. */
export const latvia: VatNumberRule = {
  fault: (number) =>
    digitsFault(number, 11) ?? (number > "4" ? latvianCompanyFault(number) : latvianPersonFault(number)),
};

function latvianCompanyFault(number: string): IdentifierFault | null {
  return verdict(weightedSum(number, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 === 3);
}

function latvianPersonFault(number: string): IdentifierFault | null {
  const [day, month, year] = [number.slice(0, 2), number.slice(2, 4), number.slice(4, 6)].map(Number);
  const century = 1800 + 100 * Number(number[6]);
  if (!number.startsWith("32") && !isDate(century + (year ?? 0), month ?? 0, day ?? 0)) return "part_wrong";
  const check = ((1 + weightedSum(number, [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11) % 10;
  return verdict(check === Number(number[10]));
}

/** The ten digits of the organisation and 01. */
export const sweden: VatNumberRule = {
  fault: (number) => {
    const fault = digitsFault(number, 12);
    if (fault !== null) return fault;
    return number.endsWith("01") ? verdict(luhnFits(number.slice(0, 10))) : "part_wrong";
  },
};

/** The organisation's nine digits and MVA. */
export const norway: VatNumberRule = {
  fault: (number) => {
    const fault = formFault(number, [12], /^\d{9}MVA$/);
    if (fault !== null) return fault;
    if (!/^[1-9]/.test(number)) return "part_wrong";
    return verdict(weightedSum(number, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0);
  },
};

const irishLetters = "WABCDEFGHIJKLMNOPQRSTUV";

/** 7 digits and one or two letters; before 2013 the second character could be a letter, `+` or `*`. */
export const ireland: VatNumberRule = {
  fault: (number) => {
    const fault = formFault(number, [8, 9], /^\d[0-9A-Z+*]\d{5}[A-W][A-IW]?$/);
    if (fault !== null) return fault;
    const old = !/^\d{7}/.test(number);
    if (old && number.length === 9) return "length_wrong";
    const digits = old ? `0${number.slice(2, 7)}${number[0]}` : number.slice(0, 7);
    const second = number.length === 9 ? irishLetters.indexOf(number[8] ?? "") : 0;
    const sum = weightedSum(digits, [8, 7, 6, 5, 4, 3, 2]) + 9 * second;
    return verdict(irishLetters[sum % 23] === number[7]);
  },
};

/** 9 digits, 12 with a branch's three, or GD and HA with three for the government and the health service. */
export const unitedKingdom: VatNumberRule = {
  fault: (number) => {
    if (/^(GD|HA)/.test(number)) return governmentFault(number);
    const fault = digitsFault(number, 9, 12);
    if (fault !== null) return fault;
    if (number.startsWith("000000000")) return "part_wrong";
    const rest = weightedSum(number, [8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97;
    return verdict(rest === 0 || (number >= "100" && (rest === 42 || rest === 55)));
  },
};

function governmentFault(number: string): IdentifierFault | null {
  const fault = formFault(number, [5], /^[A-Z]{2}\d{3}$/);
  if (fault !== null) return fault;
  return number.startsWith("GD") === Number(number.slice(2)) < 500 ? null : "part_wrong";
}
