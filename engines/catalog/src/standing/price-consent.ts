import type { SeenPrice } from "../orders/freeze-line.ts";
import { wholePercent } from "../quantities/scales.ts";

/**
 * Whether a standing order has to ask before it pays the price: one ordered unit costs more than was agreed, and by more
 * than the tolerance (ten-thousandths of a percent), or it is put in another currency, or net instead of gross. What is
 * cheaper needs nobody's consent.
 */
export function needsPriceConsent(agreed: SeenPrice, now: SeenPrice, tolerance: bigint): boolean {
  if (agreed.currency !== now.currency || agreed.priceMode !== now.priceMode) return true;
  return costBeside(now, agreed) * wholePercent > costBeside(agreed, now) * (wholePercent + tolerance);
}

/** What one ordered unit costs, times what divides the other price: exact, so that two prices can be compared. */
function costBeside({ unitPrice, basis }: SeenPrice, other: SeenPrice): bigint {
  return unitPrice * basis.ratio.num * other.basis.priceBaseQuantity * other.basis.ratio.den;
}
