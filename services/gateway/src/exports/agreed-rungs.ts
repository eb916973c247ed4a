import type { BuyerContext, PriceBook } from "@kontor/catalog";
import { ratioBetween, resolvePrice } from "@kontor/catalog";
import type { ExportedOffer } from "@kontor/db";
import type { UnitRung } from "./order-unit-rungs.ts";

type Asking = {
  readonly offer: Pick<ExportedOffer, "offerId" | "row">;
  readonly buyer: BuyerContext;
  readonly taxPercent: bigint;
};

/**
 * What a buyer pays for an offer, as rungs: it is asked for at every quantity at which any of his lists, bands or
 * promotions may begin, and written where it changes. Prices with tax are told, and no rungs.
 */
export function agreedRungs(asking: Asking, book: PriceBook): { rungs: readonly UnitRung[]; gross: readonly string[] } {
  const { offer, buyer, taxPercent } = asking;
  const unit = offer.row.orderUnit ?? "";
  const rungs: UnitRung[] = [];
  const gross: string[] = [];
  let before = "";
  for (const quantity of thresholds(offer.offerId, unit, book)) {
    const asked = { offerId: offer.offerId, quantity, unit, buyer, taxPercent, others: [], locked: null };
    const answer = resolvePrice(asked, book);
    if (answer.outcome !== "priced") continue;
    const { unitPrice, basis, priceMode, currency } = answer;
    const key = `${unitPrice} ${basis.unit} ${basis.priceBaseQuantity} ${priceMode}`;
    if (key === before) continue;
    before = key;
    if (priceMode === "gross") gross.push(`${unitPrice} ${currency} with tax`);
    else rungs.push(rungOf(answer, quantity));
  }
  return { rungs, gross };
}

function rungOf({ unitPrice, basis }: Pick<UnitPriced, "unitPrice" | "basis">, quantity: bigint): UnitRung {
  const { unit, priceBaseQuantity, ratio } = basis;
  // In the price's unit, as the rest of it; where that has no six decimals, the rung begins a millionth later.
  const minQuantity = (quantity * ratio.num + ratio.den - 1n) / ratio.den;
  return { unit, priceBaseQuantity, minQuantity, price: unitPrice, validFrom: null, validUntil: null };
}

type UnitPriced = Extract<ReturnType<typeof resolvePrice>, { outcome: "priced" }>;

/** In the order unit, ascending. */
function thresholds(offerId: string, unit: string, book: PriceBook): readonly bigint[] {
  const offer = book.offers.get(offerId);
  if (offer === undefined) return [];
  const rows = [...(book.rows.get(offerId)?.values() ?? [])].flat();
  const bands = [...book.lists.values()].flatMap(({ adjustment }) => adjustment?.bands ?? []);
  const wanted = [
    ...rows.map(({ unit: of, minQuantity }) => [of, minQuantity] as const),
    ...bands.map(({ minQuantity }) => [offer.units.base, minQuantity] as const),
    ...promotionQuantities(book).map((quantity) => [offer.units.base, quantity] as const),
  ];
  const quantities = wanted.flatMap(([of, quantity]) => {
    const ratio = ratioBetween(offer.units, of, unit);
    return ratio === null ? [] : [(quantity * ratio.num + ratio.den - 1n) / ratio.den];
  });
  return [...new Set(quantities)].sort((a, b) => Number(a > b) - Number(a < b));
}

function promotionQuantities(book: PriceBook): readonly bigint[] {
  return [...book.promotions.values()].flat().flatMap(({ condition }) => {
    return condition.kind === "quantity" ? [condition.minQuantity] : [];
  });
}
