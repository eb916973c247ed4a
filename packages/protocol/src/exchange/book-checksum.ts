import type { Decimal } from "../primitives.ts";

/** The text whose CRC-32 a book's `checksum` is: the best ten bids, then the best ten asks, best first. */
export function bookChecksumText(
  bids: readonly (readonly [price: Decimal, quantity: Decimal])[],
  asks: readonly (readonly [price: Decimal, quantity: Decimal])[],
): string {
  const side = (levels: typeof bids) => levels.slice(0, 10).map(([price, quantity]) => `${price}:${quantity}`);
  return [...side(bids), "|", ...side(asks)].join(" ");
}
