/**
 * Exact decimal amounts: text at borders, bigint minor units inside.
 *
 * Units   minor units are 10^-scale of the written unit: "12.50" at scale 2 is 1250n.
 * Shape   text is `-?digits[.digits]` without exponent, sign plus, or leading zeros beyond one; see `decimalPattern`.
 */
export const decimalPattern = /^-?(0|[1-9]\d{0,17})(\.\d{1,18})?$/;

export type DecimalFault = "malformed" | "scale_exceeded";

/** Minor units, or why the text is none at this scale. Trailing zeros beyond the scale are accepted: they add nothing. */
export function parseDecimal(text: string, scale: number): bigint | DecimalFault {
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
