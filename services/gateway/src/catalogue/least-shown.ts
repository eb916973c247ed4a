import type { PricedOffer } from "@kontor/catalog";
import type { FoundProduct } from "@kontor/db";
import { leastOrder } from "./offer-prices.ts";

/** The least that whoever has no agreement may order of the offer that was found; null where nothing can be. */
export function leastShown(found: FoundProduct): { readonly quantity: bigint; readonly unit: string } | null {
  const { offerId, vendorId, baseUnit, orderUnit, minimum, multiple, maximum } = found;
  const others = new Map(
    found.units.map(({ unit, num, den, decimals, isSold }) => [
      unit,
      { ratio: { num: BigInt(num), den: BigInt(den) }, decimals, sold: isSold },
    ]),
  );
  const offer: PricedOffer = {
    ...{ id: offerId, vendorId, active: true, vendorActive: true, baseListId: null, brandId: null, mixGroup: null },
    classIds: [],
    units: { base: baseUnit, others },
  };
  const whole = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
  return leastOrder(offer, [
    { unit: orderUnit, minimum: whole(minimum), multiple: whole(multiple), maximum: whole(maximum) },
  ]);
}
