import type { LockedPrice, OrderedQuantity } from "../prices/price-question.ts";

export type CartLine = OrderedQuantity & {
  readonly id: string;
  /** `2026-12-24`, or null for as soon as possible. */
  readonly deliverOn: string | null;
  readonly locked: LockedPrice | null;
};

/**
 * Puts a line into a cart. More of the same offer, unit and day raises the line that is there; another day is a line of
 * its own, and so is what has a locked price.
 */
export function withLine(lines: readonly CartLine[], added: CartLine): readonly CartLine[] {
  const isSame = (line: CartLine): boolean =>
    line.offerId === added.offerId &&
    line.unit === added.unit &&
    line.deliverOn === added.deliverOn &&
    line.locked === null &&
    added.locked === null;
  if (!lines.some(isSame)) return [...lines, added];
  return lines.map((line) => (isSame(line) ? { ...line, quantity: line.quantity + added.quantity } : line));
}
