import { checkGtin } from "@kontor/standards";
import type { CellReading } from "./cell.ts";
import { read, wrong } from "./cell.ts";

/** A GTIN as fourteen digits; hints name the check digit that would fit, and zeros that a spreadsheet took away. */
export function readGtin(text: string): CellReading<string> {
  const checked = checkGtin(text);
  if (checked.ok) return read(checked.value);
  const digits = text.replace(/\D/g, "");
  switch (checked.reason) {
    case "length_wrong":
      return wrong("gtin_length_wrong", lengthHint(text, digits));
    case "check_digit_wrong":
      return wrong(
        "gtin_check_digit_wrong",
        `${digits.slice(0, -1)} has the check digit ${fittingDigit(digits)}; or one of its other digits is wrong.`,
      );
    case "part_wrong":
      return wrong("gtin_part_wrong", "Leave the cell empty where the article has no GTIN.");
    default:
      return wrong("gtin_character_wrong", lengthHint(text, digits));
  }
}

function fittingDigit(digits: string): string {
  const rest = digits.slice(0, -1);
  return [..."0123456789"].find((digit) => checkGtin(rest + digit).ok) ?? "";
}

function lengthHint(text: string, digits: string): string {
  if (/\d[eE]\+?\d/.test(text))
    return "The spreadsheet rounded it: format the column as text and write the number again.";
  const filled = [8, 12, 13, 14]
    .map((length) => digits.padStart(length, "0"))
    .find((each) => each.length > digits.length && checkGtin(each).ok);
  if (filled !== undefined && digits.length >= 6 && /^[\d\s-]+$/.test(text))
    return `Write ${filled}, if leading zeros were lost.`;
  return "Write its 8, 12, 13 or 14 digits, or leave the cell empty.";
}
