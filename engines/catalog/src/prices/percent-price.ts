import type { Ratio } from "../quantities/ratio.ts";
import { compare, whole } from "../quantities/ratio.ts";
import { roundRatio } from "../quantities/rounding.ts";
import { wholePercent } from "../quantities/scales.ts";
import type { Inquiry } from "./effective-quantity.ts";
import { effectiveQuantity } from "./effective-quantity.ts";
import { contains } from "./period.ts";
import type { BandScope, PercentBand, PricedOffer, PriceList } from "./price-book.ts";
import type { ListAnswer } from "./row-price.ts";
import { nothing, rowPrice } from "./row-price.ts";

/**
 * The price that the list derives: a row of its base list, and a percentage of that by the quantity. Kept to millionths;
 * never below zero. A base list gives rows of its own alone: nothing is derived from what was derived.
 */
export function percentPrice(list: PriceList, inquiry: Inquiry): ListAnswer {
  const { adjustment } = list;
  const { offer, question, book } = inquiry;
  const bands = adjustment?.bands.filter(({ scope }) => isFor(scope, offer)) ?? [];
  if (adjustment === null || bands.length === 0) return nothing("no_row");
  const base = book.lists.get(adjustment.baseListId ?? offer.baseListId ?? "");
  if (base === undefined || !isUsable(base, inquiry)) return nothing("base_list_without_price");
  const answer = rowPrice(base, inquiry);
  if (answer.kind === "nothing") return nothing("base_list_without_price");
  const quantity = effectiveQuantity(inquiry, offer.units.base, list.tierScope);
  if (quantity === null) return nothing("unit_not_convertible");
  const band = bandAt(bands, quantity);
  if (band === null) return nothing("below_lowest_band");
  const price = adjusted(answer.candidate.price, band.percent, question.buyer.rounding);
  return { kind: "candidate", candidate: { ...answer.candidate, list, price, percent: band.percent } };
}

function isUsable(base: PriceList, { question, offer }: Inquiry): boolean {
  const { currency, at } = question.buyer;
  if (base.vendorId !== null && base.vendorId !== offer.vendorId) return false;
  return base.currency === currency && contains(base.period, at);
}

/** A price with a percentage added, in millionths. */
function adjusted(price: bigint, percent: bigint, rounding: Parameters<typeof roundRatio>[2]): bigint {
  const changed = roundRatio(price * (wholePercent + percent), wholePercent, rounding);
  return changed < 0n ? 0n : changed;
}

export function isFor(scope: BandScope, { brandId, classIds }: PricedOffer): boolean {
  if (scope.kind === "brand") return scope.brandId === brandId;
  return scope.kind === "all" || classIds.includes(scope.classId);
}

const narrowness: Readonly<Record<BandScope["kind"], number>> = { all: 0, brand: 1, class: 2 };

/** Of the bands that the quantity reaches the narrowest scope decides, in it the highest, of equal ones the lowest percent. */
function bandAt(bands: readonly PercentBand[], quantity: Ratio): PercentBand | null {
  let best: PercentBand | null = null;
  for (const band of bands) {
    if (compare(quantity, whole(band.minQuantity)) < 0) continue;
    if (best === null || goesBefore(band, best)) best = band;
  }
  return best;
}

function goesBefore(a: PercentBand, b: PercentBand): boolean {
  const scope = narrowness[a.scope.kind] - narrowness[b.scope.kind];
  if (scope !== 0) return scope > 0;
  return a.minQuantity === b.minQuantity ? a.percent < b.percent : a.minQuantity > b.minQuantity;
}
