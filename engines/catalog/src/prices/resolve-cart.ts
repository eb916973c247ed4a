import type { ListLevel } from "./list-levels.ts";
import { listLevelsOf } from "./list-levels.ts";
import type { PriceBook } from "./price-book.ts";
import type { BuyerContext, LockedPrice, OrderedQuantity } from "./price-question.ts";
import type { PriceResolution } from "./resolution.ts";
import { priceIn } from "./resolve-price.ts";

/** A line to be priced; `taxPercent` as in a question. */
export type PricedLine = OrderedQuantity & {
  readonly taxPercent: bigint;
  readonly locked: LockedPrice | null;
};

/**
 * The prices of all lines of a cart, in their order. Lines of one offer count together where its list says so; locked
 * ones count too, for they are bought as well.
 */
export function resolveCart(
  lines: readonly PricedLine[],
  buyer: BuyerContext,
  book: PriceBook,
): readonly PriceResolution[] {
  const levelsByVendor = new Map<string, readonly ListLevel[]>();
  const levelsFor = (vendorId: string): readonly ListLevel[] => {
    const known = levelsByVendor.get(vendorId) ?? listLevelsOf(buyer, vendorId, book);
    levelsByVendor.set(vendorId, known);
    return known;
  };
  const together = Map.groupBy(lines.entries(), ([, line]) => countedWith(line, book));
  return lines.map((line, index) => {
    const vendorId = book.offers.get(line.offerId)?.vendorId;
    const peers = together.get(countedWith(line, book)) ?? [];
    const others = peers.filter(([peer]) => peer !== index).map(([, other]) => other);
    return priceIn({ ...line, buyer, others }, book, vendorId === undefined ? [] : levelsFor(vendorId));
  });
}

/** Lines of different names never count together. */
function countedWith({ offerId }: PricedLine, { offers }: PriceBook): string {
  const offer = offers.get(offerId);
  const mixGroup = offer?.mixGroup ?? null;
  return offer === undefined || mixGroup === null ? `offer ${offerId}` : `mix ${offer.vendorId} ${mixGroup}`;
}
