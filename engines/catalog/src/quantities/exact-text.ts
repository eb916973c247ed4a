import { formatDecimal } from "@kontor/kernel";
import { priceScale, quantityScale } from "./scales.ts";

function trimmed(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A quantity as decimal text without idle zeros: 48000000n is "48". */
export function quantityText(quantity: bigint): string {
  return trimmed(formatDecimal(quantity, quantityScale));
}

/** A unit price as decimal text without idle zeros: 894040n is "0.89404". */
export function priceText(price: bigint): string {
  return trimmed(formatDecimal(price, priceScale));
}
