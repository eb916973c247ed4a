/** In a price column: the offer has no price for this buyer, "price on request". */
export const NO_PRICE = -1;
/** In a price column: only the resolver can tell. */
export const ASK_RESOLVER = -2;

/**
 * The prices of one buyer: of each offer at the least quantity that he can order, per base unit, as a whole number at
 * scale 6 below 2^53. Offers are numbers that the index gave.
 */
export type PriceView = {
  /** Writes the price of every offer below `count`, or one of the two marks above. */
  readonly fill: (prices: Float64Array, count: number) => void;
  /** The price of an offer that was marked `ASK_RESOLVER`; null for none. */
  readonly resolve: (offerId: string) => number | null;
};
