import type { PriceBook, Priced } from "@kontor/catalog";
import { ratioBetween, resolvePrice } from "@kontor/catalog";
import type { LinePriced } from "./priced-lines.ts";

export type NextRung = { readonly minQuantity: bigint; readonly unit: string; readonly unitPrice: bigint };

const rungsShown = 10;

/**
 * From which greater quantities on the line costs less apiece, in the unit of its price: each is priced as if it were
 * ordered alone.
 */
export function nextRungs(line: LinePriced, resolution: Priced, book: PriceBook): readonly NextRung[] {
  const { basis, tier, listId } = resolution;
  if (tier === null || listId === null) return [];
  const { num, den } = tier.effectiveQuantity;
  const found: NextRung[] = [];
  let before = resolution.unitPrice;
  for (const minQuantity of thresholds(line, resolution, book)) {
    if (minQuantity * den <= num || found.length === rungsShown) continue;
    const { offerId, taxPercent, buyer } = line;
    const asked = { offerId, quantity: minQuantity, unit: basis.unit, buyer, taxPercent, others: [], locked: null };
    const answer = resolvePrice(asked, book);
    if (answer.outcome !== "priced" || !isSameBasis(answer, resolution) || answer.unitPrice >= before) continue;
    found.push({ minQuantity, unit: basis.unit, unitPrice: answer.unitPrice });
    before = answer.unitPrice;
  }
  return found;
}

function isSameBasis({ basis }: Priced, other: Priced): boolean {
  return basis.unit === other.basis.unit && basis.priceBaseQuantity === other.basis.priceBaseQuantity;
}

/** Where rungs of the list, of what it derives from, or bands begin, ascending. */
function thresholds({ offerId }: LinePriced, { basis, listId }: Priced, book: PriceBook): readonly bigint[] {
  const list = book.lists.get(listId ?? "");
  const offer = book.offers.get(offerId);
  if (list === undefined || offer === undefined) return [];
  const { adjustment } = list;
  const base = adjustment === null ? [] : [adjustment.baseListId ?? offer.baseListId ?? ""];
  const rows = [list.id, ...base].flatMap((id) => book.rows.get(offerId)?.get(id) ?? []);
  const ratio = ratioBetween(offer.units, offer.units.base, basis.unit);
  const bands = ratio === null ? [] : (adjustment?.bands ?? []);
  const quantities = new Set([
    ...rows.filter(({ unit }) => unit === basis.unit).map(({ minQuantity }) => minQuantity),
    ...bands.map(({ minQuantity }) => (minQuantity * (ratio?.num ?? 1n)) / (ratio?.den ?? 1n)),
  ]);
  return [...quantities].sort((a, b) => Number(a > b) - Number(a < b));
}
