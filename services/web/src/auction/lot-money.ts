import { formatDecimal, parseDecimal, roundDivide } from "@kontor/kernel";

/** What turns a price per unit into the sum for the whole lot. */
export type LotQuantity = { readonly value: string; readonly unit: string };

/** Quantities on the wire have at most this many decimals. */
const quantityScale = 18;

/** A decimal without zeros at its end, but with at least `scaleMin` fraction digits. */
function trimmed(minor: bigint, scale: number, scaleMin: number): string {
  const text = formatDecimal(minor, scale);
  const point = text.indexOf(".");
  if (point < 0) return text;
  let end = text.length;
  while (end - point - 1 > scaleMin && text[end - 1] === "0") end--;
  return text.slice(0, end).replace(/\.$/, "");
}

/** Price times quantity, exact; `money` is how many decimals the currency is written with. */
export function lotTotal(price: bigint, quantity: LotQuantity, scales: { price: number; money: number }): string {
  const amount = parseDecimal(quantity.value, quantityScale);
  if (typeof amount !== "bigint") return formatDecimal(price, scales.price);
  return trimmed(price * amount, scales.price + quantityScale, scales.money);
}

export type UnitPrice =
  | { readonly kind: "exact"; readonly price: bigint }
  /** The total is none of whole minor units per unit; these are the prices on either side. */
  | { readonly kind: "between"; readonly below: bigint; readonly above: bigint };

/** The price per unit that a total comes from; null when the quantity cannot be read or the total is not positive. */
export function unitPriceOf(total: string, quantity: LotQuantity, priceScale: number): UnitPrice | null {
  const amount = parseDecimal(quantity.value, quantityScale);
  const sum = parseDecimal(total, priceScale + quantityScale);
  if (typeof amount !== "bigint" || typeof sum !== "bigint" || amount <= 0n || sum <= 0n) return null;
  const below = sum / amount;
  if (sum % amount === 0n) return { kind: "exact", price: below };
  return { kind: "between", below, above: below + 1n };
}

/** How much `price` differs from `base`, as a percentage with one decimal, e.g. "-1.9"; for display alone. */
export function percentChange(price: bigint, base: bigint): string | null {
  return base <= 0n ? null : formatDecimal(roundDivide((price - base) * 1000n, base), 1);
}
