import { formatDecimal, parseDecimal } from "@kontor/kernel";

/** Quantities and unit prices are whole millionths in the tables. */
const scale = 6;

/** As decimal text without idle zeros: 48000000n is "48". */
export function millionthsText(value: bigint): string {
  return formatDecimal(value, scale).replace(/\.?0+$/, "");
}

/** @throws RangeError for what the wire does not take either */
export function millionthsOf(text: string): bigint {
  const quantity = parseDecimal(text, scale);
  if (typeof quantity !== "bigint") throw new RangeError(`no quantity: ${text}`);
  return quantity;
}
