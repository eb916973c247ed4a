import { isDate, weightedSum } from "../check-digits.ts";
import type { IdentifierFault } from "../checked.ts";
import { digitsFault } from "../checked.ts";
import type { VatNumberRule } from "./number-rule.ts";
import { digitsRule, remainder, verdict } from "./number-rule.ts";

/** 9 digits of a company; 10 of a person, a foreigner or another body. */
export const bulgaria: VatNumberRule = {
  fault: (number) => {
    const fault = digitsFault(number, 9, 10);
    if (fault !== null) return fault;
    if (number.length === 9) return verdict(bulgarianCompanyFits(number));
    return verdict(bulgarianPersonFits(number) || bulgarianForeignerFits(number) || bulgarianOtherFits(number));
  },
};

function bulgarianCompanyFits(number: string): boolean {
  const first = weightedSum(number, [1, 2, 3, 4, 5, 6, 7, 8]) % 11;
  const check = first < 10 ? first : (weightedSum(number, [3, 4, 5, 6, 7, 8, 9, 10]) % 11) % 10;
  return check === Number(number[8]);
}

function bulgarianPersonFits(number: string): boolean {
  const [year = 0, month = 0, day = 0] = [number.slice(0, 2), number.slice(2, 4), number.slice(4, 6)].map(Number);
  const born = [1900, 1800, 2000].some((century, at) => isDate(century + year, month - 20 * at, day));
  const check = (weightedSum(number, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10;
  return born && check === Number(number[9]);
}

function bulgarianForeignerFits(number: string): boolean {
  return weightedSum(number, [21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 === Number(number[9]);
}

function bulgarianOtherFits(number: string): boolean {
  const check = 11 - (weightedSum(number, [4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11);
  return check % 11 === Number(number[9]) && check !== 10;
}

/** 8 digits of a company, 9 or 10 of a person, 9 that begin with 6 of others. */
export const czechia: VatNumberRule = {
  fault: (number) => {
    const fault = digitsFault(number, 8, 9, 10);
    if (fault !== null) return fault;
    if (number.length === 8) return czechCompanyFault(number);
    if (number.length === 9 && number.startsWith("6")) return verdict(czechOtherFits(number));
    return birthNumberFault(number);
  },
};

function czechCompanyFault(number: string): IdentifierFault | null {
  if (number.startsWith("9")) return "part_wrong";
  const check = (11 - (weightedSum(number, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return verdict((check === 0 ? 1 : check % 10) === Number(number[7]));
}

function czechOtherFits(number: string): boolean {
  const sum = weightedSum(number.slice(1, 8), [8, 7, 6, 5, 4, 3, 2]) % 11;
  return (8 - ((21 - sum) % 11) + 10) % 10 === Number(number[8]);
}

/**
 * A birth number of the Czech and the Slovak Republic: year, month (50 more of women; 20 more where a day's numbers ran
 * out, since 2004), day, and three digits until 1953, four with a check since.
 */
function birthNumberFault(number: string): IdentifierFault | null {
  const [years = 0, months = 0, day = 0] = [number.slice(0, 2), number.slice(2, 4), number.slice(4, 6)].map(Number);
  const year = number.length === 9 ? 1900 + years : years + (years < 54 ? 2000 : 1900);
  if (number.length === 9 && years > 53) return "part_wrong";
  const month = months % 50;
  const existing = isDate(year, month, day) || (year >= 2004 && isDate(year, month - 20, day));
  if (!existing) return "part_wrong";
  if (number.length === 9) return null;
  return verdict(remainder(number.slice(0, 9), 11) % 10 === Number(number[9]));
}

export const hungary = digitsRule(8, (number) => weightedSum(number, [9, 7, 3, 1, 9, 7, 3, 1]) % 10 === 0);

export const poland = digitsRule(
  10,
  (number) => weightedSum(number, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(number[9]),
);

/** 2 to 10 digits of a company, 13 of a person. */
export const romania: VatNumberRule = {
  fault: (number) => {
    const fault = digitsFault(number, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13);
    if (fault !== null) return fault;
    if (number.startsWith("0")) return "part_wrong";
    if (number.length === 13) return romanianPersonFault(number);
    const body = number.slice(0, -1).padStart(9, "0");
    const check = ((10 * weightedSum(body, [7, 5, 3, 2, 1, 7, 5, 3, 2])) % 11) % 10;
    return verdict(check === Number(number.at(-1)));
  },
};

function romanianPersonFault(number: string): IdentifierFault | null {
  const [year = 0, month = 0, day = 0] = [number.slice(1, 3), number.slice(3, 5), number.slice(5, 7)].map(Number);
  const centuries = [[1900], [1900], [1800], [1800], [2000], [2000], [1900, 2000], [1900, 2000], [1900, 2000]];
  const possible = centuries[Number(number[0]) - 1] ?? [];
  if (!possible.some((century) => isDate(century + year, month, day))) return "part_wrong";
  const rest = weightedSum(number, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
  return verdict((rest === 10 ? 1 : rest) === Number(number[12]));
}

/** 10 digits, a multiple of 11; of some people their birth number. */
export const slovakia: VatNumberRule = {
  fault: (number) => {
    const fault = digitsFault(number, 10);
    if (fault !== null || birthNumberFault(number) === null) return fault;
    if (!/^[1-9]\d[2-47-9]/.test(number)) return "part_wrong";
    return verdict(remainder(number, 11) === 0);
  },
};
