import type { PricedOffer, PriceRecords, PriceRow } from "../../src/prices/price-book.ts";
import type { PriceQuestion } from "../../src/prices/price-question.ts";
import type { Promotion } from "../../src/promotions/promotion.ts";
import type { Fraction } from "./naive-numbers.ts";
import { less, nearest, number, times } from "./naive-numbers.ts";

type Promoted = {
  readonly records: PriceRecords;
  readonly question: PriceQuestion;
  readonly offer: PricedOffer;
  readonly row: PriceRow;
  readonly price: bigint;
};

/** Every stack group in its order, every promotion of it tried, the best taken. */
export function naivePromotions(promoted: Promoted): { readonly price: bigint; readonly ids: readonly string[] } {
  const { records, question } = promoted;
  let { price } = promoted;
  const ids: string[] = [];
  const all = records.promotions.filter((promotion) => isEligible(promotion, promoted));
  const groups = [...new Set(all.map(({ stackGroup }) => stackGroup))].sort((a, b) => a - b);
  for (const group of groups) {
    const tried = all
      .filter(({ stackGroup }) => stackGroup === group)
      .flatMap((promotion) => {
        const after = effectOf(promotion, { ...promoted, price });
        return after === null ? [] : [{ promotion, after }];
      });
    tried.sort(
      (a, b) =>
        b.promotion.priority - a.promotion.priority ||
        Number(a.after - b.after) ||
        (b.promotion.period.from ?? -1) - (a.promotion.period.from ?? -1) ||
        (a.promotion.id < b.promotion.id ? -1 : 1),
    );
    const [first] = tried;
    if (first === undefined) continue;
    ids.push(first.promotion.id);
    price = first.after;
  }
  return { price: question.locked === null ? price : promoted.price, ids };
}

function isEligible({ condition, effect, scope, period }: Promotion, { question, offer }: Promoted): boolean {
  const { at, currency, tradeFunctions, loyaltyLevel } = question.buyer;
  const inBase = ratioToBase(offer, question.unit);
  const isCurrent = (period.from === null || at >= period.from) && (period.to === null || at < period.to);
  const isInScope =
    (scope.vendorId === null || scope.vendorId === offer.vendorId) &&
    (scope.brandId === null || scope.brandId === offer.brandId) &&
    (scope.classId === null || offer.classIds.some((id) => id === scope.classId)) &&
    (scope.offerIds === null || [...scope.offerIds].some((id) => id === offer.id));
  const isMet = {
    seasonal: () => true,
    loyalty: () => condition.kind === "loyalty" && loyaltyLevel >= condition.minLevel,
    functional: () => condition.kind === "functional" && tradeFunctions.has(condition.tradeFunction),
    quantity: () =>
      condition.kind === "quantity" &&
      inBase !== null &&
      !less(times(number(question.quantity), inBase), number(condition.minQuantity)),
  }[condition.kind]();
  return isCurrent && isInScope && isMet && (effect.kind === "percent" || effect.currency === currency);
}

function ratioToBase({ units }: PricedOffer, unit: string): Fraction | null {
  if (unit === units.base) return [1n, 1n];
  const entry = units.others.get(unit);
  return entry === undefined ? null : [entry.ratio.num, entry.ratio.den];
}

function effectOf({ effect }: Promotion, { price, row, offer, question }: Promoted): bigint | null {
  const { rounding } = question.buyer;
  if (effect.kind === "percent") {
    const left = 1_000_000n - effect.percent;
    return left <= 0n ? 0n : nearest([price * left, 1_000_000n], rounding);
  }
  const toBase = ratioToBase(offer, row.unit);
  if (toBase === null) return null;
  const off = nearest(times([effect.amount * row.priceBaseQuantity, 1_000_000n], toBase), rounding);
  return off > price ? 0n : price - off;
}
