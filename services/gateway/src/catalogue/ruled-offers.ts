import type { BuyerContext, PricedOffer, QuantityTerms } from "@kontor/catalog";
import type { QuantityRuleFacts } from "@kontor/db";
import type { ShelvedOffer } from "./offer-prices.ts";
import { leastOrder } from "./offer-prices.ts";

/** Offers whose quantities some agreement rules, by id, and vendors all of whose offers one does. */
export type RuledOffers = { readonly offers: ReadonlySet<string>; readonly vendors: ReadonlySet<string> };

export const isRuled = ({ offers, vendors }: RuledOffers, { id, vendorId }: PricedOffer): boolean =>
  offers.has(id) || vendors.has(vendorId);

/** What the buyer may order at the least: by his agreements with the vendor, nearest first, then the offer's own terms. */
export function buyersLeast(
  { offer, terms, least }: ShelvedOffer,
  agreements: BuyerContext["agreements"],
  rules: readonly QuantityRuleFacts[],
): ShelvedOffer["least"] {
  const agreed = agreements.flatMap(({ agreementId }) =>
    [offer.id, null].flatMap((of) => rules.filter((rule) => rule.agreementId === agreementId && rule.offerId === of)),
  );
  if (agreed.length === 0) return least;
  const ruled = agreed.map(({ minimum, multiple, maximum }): QuantityTerms => {
    return { unit: terms.unit, minimum, multiple, maximum };
  });
  return leastOrder(offer, [...ruled, terms]);
}
