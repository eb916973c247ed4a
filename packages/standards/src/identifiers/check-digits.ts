/** The arithmetic of check digits that several identifiers share. Arguments are already known to have the right form. */

/** Value of a digit or letter: 0 to 9, then A is 10 up to Z, which is 35. */
export function characterValue(character: string): number {
  return Number.parseInt(character, 36);
}

/** Sum of digits times their weights, from the left; digits beyond the weights do not count. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits[at] ?? 0), 0);
}

/** Remainder of a number of digits and letters (A is 10 … Z is 35) by 97: ISO/IEC 7064 MOD 97-10. */
export function remainderBy97(characters: string): number {
  let remainder = 0;
  for (const character of characters) {
    const value = characterValue(character);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}

/** Sum of the digits of each digit, every second one from the right doubled; a multiple of ten if the last one fits. */
export function luhnSum(digits: string): number {
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight++) {
    const digit = Number(digits[digits.length - 1 - fromRight]);
    const doubled = fromRight % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}

export function luhnFits(digits: string): boolean {
  return luhnSum(digits) % 10 === 0;
}

/** ISO/IEC 7064 MOD 11,10: the last digit checks the others. */
export function mod11And10Fits(digits: string): boolean {
  let check = 5;
  for (const digit of digits) check = ((((check === 0 ? 10 : check) * 2) % 11) + Number(digit)) % 10;
  return check === 1;
}

/** Weights 3 and 1 in turn from the right, the check digit itself with 1: every key of GS1. */
export function gs1Fits(digits: string): boolean {
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight++) {
    sum += Number(digits[digits.length - 1 - fromRight]) * (fromRight % 2 === 1 ? 3 : 1);
  }
  return sum % 10 === 0;
}

/** Whether a day exists in the calendar. */
export function isDate(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}
