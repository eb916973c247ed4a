import { formatDecimal, parseDecimal } from "@kontor/kernel";

/** Unit prices and quantities are millionths, percentages ten-thousandths of a percent. */
const millionths = 6;
const percentScale = 4;

/** Without idle zeros. */
export const trimmed = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

export const percentText = (value: bigint): string => trimmed(formatDecimal(value, percentScale));
export const moneyText = (value: bigint, exponent: number): string => formatDecimal(value, exponent);

/** Null where the text has more decimals than that, or is none. */
export function millionthsIn(text: string): bigint | null {
  return exactly(text, millionths);
}
export function percentIn(text: string): bigint | null {
  return exactly(text, percentScale);
}
export function moneyIn(text: string, exponent: number): bigint | null {
  const value = exactly(text, exponent);
  return value === null || value > amountMax ? null : value;
}

/** What a column of whole numbers holds, with room for sums. */
const amountMax = 999_999_999_999_999n;

function exactly(text: string, scale: number): bigint | null {
  const value = parseDecimal(text, scale);
  return typeof value === "bigint" ? value : null;
}

/** The same with whole numbers as text, as JSON takes them. */
export function withTexts(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(withTexts);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTexts(member)]));
}
