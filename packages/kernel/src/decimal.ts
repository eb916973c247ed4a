/**
 * Exact decimal amounts: text at borders, bigint minor units inside.
 *
 * Units   minor units are 10^-scale of the written unit: "12.50" at scale 2 is 1250n.
 * Shape   text is `-?digits[.digits]` without exponent, sign plus, or leading zeros beyond one; see `decimalPattern`.
 */
export const decimalPattern = /^-?(0|[1-9]\d{0,17})(\.\d{1,18})?$/;

export type DecimalFault = "malformed" | "scale_exceeded";

/** Digits that every safe integer has room for. */
const safeDigits = 15;

/**
 * The same as `parseDecimal` for the plainest amounts, which are nearly all, in a fraction of its time: up to fifteen
 * digits that do not begin with zero. Null for whatever needs a closer look.
 */
function parsePlain(text: string, scale: number): bigint | null {
  if (text.length > safeDigits) return null;
  let value = 0;
  let point = -1;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit >= 0 && digit <= 9) value = value * 10 + digit;
    else if (digit === -2 && point < 0) point = at;
    else return null;
  }
  const fraction = point < 0 ? 0 : text.length - point - 1;
  const startsAsUsual = text.charCodeAt(0) > 48 && point !== 0 && point !== text.length - 1;
  const missing = scale - fraction;
  if (!startsAsUsual || missing < 0 || text.length + missing > safeDigits) return null;
  return BigInt(value * (powersOfTen[missing] ?? 0));
}

const powersOfTen = Array.from({ length: safeDigits + 1 }, (_, power) => 10 ** power);

/** Minor units, or why the text is none at this scale. Trailing zeros beyond the scale are accepted: they add nothing. */
export function parseDecimal(text: string, scale: number): bigint | DecimalFault {
  const plain = parsePlain(text, scale);
  if (plain !== null) return plain;
  if (!decimalPattern.test(text)) return "malformed";
  const point = text.indexOf(".");
  if (point < 0) return scale === 0 ? BigInt(text) : BigInt(text + "0".repeat(scale));
  const fraction = text.slice(point + 1);
  if (fraction.length <= scale) return BigInt(text.slice(0, point) + fraction.padEnd(scale, "0"));
  for (let i = scale; i < fraction.length; i++) if (fraction[i] !== "0") return "scale_exceeded";
  return BigInt(text.slice(0, point) + fraction.slice(0, scale));
}

/** The opposite of `parseDecimal`, always with exactly `scale` fraction digits: 1250n at scale 2 is "12.50". */
export function formatDecimal(minor: bigint, scale: number): string {
  if (scale === 0) return minor.toString();
  const negative = minor < 0n;
  const digits = (negative ? -minor : minor).toString().padStart(scale + 1, "0");
  const cut = digits.length - scale;
  return `${negative ? "-" : ""}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}
