import type { Checked } from "../../src/index.ts";

/** Every text that differs from this one in one digit. */
function digitsMistyped(text: string): string[] {
  return [...text].flatMap((character, at) => {
    if (!/\d/.test(character)) return [];
    const others = [..."0123456789"].filter((digit) => digit !== character);
    return others.map((digit) => text.slice(0, at) + digit + text.slice(at + 1));
  });
}

/** The texts with one wrong digit that a check lets pass. */
export function passingErrors(check: (text: string) => Checked, text: string): string[] {
  return digitsMistyped(text).filter((wrong) => check(wrong).ok);
}
