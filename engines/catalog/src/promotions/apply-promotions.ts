import type { Micros } from "@kontor/kernel";
import { compareTexts } from "../prices/candidate.ts";
import { contains } from "../prices/period.ts";
import type { PricedOffer } from "../prices/price-book.ts";
import type { BuyerContext, PriceBasis } from "../prices/price-question.ts";
import type { Ratio } from "../quantities/ratio.ts";
import { compare, multiply, whole } from "../quantities/ratio.ts";
import { roundRatio } from "../quantities/rounding.ts";
import { one, wholePercent } from "../quantities/scales.ts";
import { ratioBetween } from "../quantities/units.ts";
import type { AppliedPromotion, Promotion } from "./promotion.ts";

/** The price that promotions may lower, and what they are judged by. */
export type PromotedPrice = {
  readonly price: bigint;
  readonly basis: PriceBasis;
  readonly offer: PricedOffer;
  readonly buyer: BuyerContext;
  readonly quantity: bigint;
  readonly unit: string;
};

type Lowered = { readonly promotion: Promotion; readonly after: bigint };

/**
 * Promotions on a unit price, which the caller has found to allow them: the stack groups in ascending order, of each the
 * one winner on what the group before left. The winner has the higher priority, then leaves the lower price, then
 * began later, then has the lesser id. No price falls below zero.
 */
export function applyPromotions(
  promotions: readonly Promotion[],
  promoted: PromotedPrice,
): readonly AppliedPromotion[] {
  const fitting = promotions.filter((promotion) => fits(promotion, promoted));
  const groups = [...new Set(fitting.map(({ stackGroup }) => stackGroup))].sort((a, b) => a - b);
  const applied: AppliedPromotion[] = [];
  let before = promoted.price;
  for (const stackGroup of groups) {
    const members = fitting.filter((promotion) => promotion.stackGroup === stackGroup);
    const winner = winnerOf(members, { ...promoted, price: before });
    if (winner === null) continue;
    const { promotion, after } = winner;
    const { id: promotionId, bearer } = promotion;
    applied.push({ promotionId, kind: promotion.condition.kind, stackGroup, before, after, bearer });
    before = after;
  }
  return applied;
}

function fits(
  { condition, scope, period, effect }: Promotion,
  { offer, buyer, quantity, unit }: PromotedPrice,
): boolean {
  if (!contains(period, buyer.at)) return false;
  if (effect.kind === "amount" && effect.currency !== buyer.currency) return false;
  if (scope.vendorId !== null && scope.vendorId !== offer.vendorId) return false;
  if (scope.brandId !== null && scope.brandId !== offer.brandId) return false;
  if (scope.classId !== null && !offer.classIds.includes(scope.classId)) return false;
  if (scope.offerIds !== null && !scope.offerIds.has(offer.id)) return false;
  switch (condition.kind) {
    case "functional":
      return buyer.tradeFunctions.has(condition.tradeFunction);
    case "quantity": {
      const ratio = ratioBetween(offer.units, unit, offer.units.base);
      return ratio !== null && compare(multiply(whole(quantity), ratio), whole(condition.minQuantity)) >= 0;
    }
    case "loyalty":
      return buyer.loyaltyLevel >= condition.minLevel;
    case "seasonal":
      return true;
  }
}

function winnerOf(members: readonly Promotion[], promoted: PromotedPrice): Lowered | null {
  let best: Lowered | null = null;
  for (const promotion of members) {
    const after = loweredBy(promotion, promoted);
    if (after !== null && (best === null || compareLowered({ promotion, after }, best) < 0))
      best = { promotion, after };
  }
  return best;
}

/** Null where an amount per base unit cannot be told per the price's unit. */
function loweredBy({ effect }: Promotion, { price, basis, offer, buyer }: PromotedPrice): bigint | null {
  if (effect.kind === "percent") {
    return floored(roundRatio(price * (wholePercent - effect.percent), wholePercent, buyer.rounding));
  }
  const baseUnits: Ratio | null = ratioBetween(offer.units, basis.unit, offer.units.base);
  if (baseUnits === null) return null;
  const num = effect.amount * basis.priceBaseQuantity * baseUnits.num;
  return floored(price - roundRatio(num, baseUnits.den * one, buyer.rounding));
}

const floored = (price: bigint): bigint => (price < 0n ? 0n : price);

function compareLowered(a: Lowered, b: Lowered): number {
  if (a.promotion.priority !== b.promotion.priority) return b.promotion.priority - a.promotion.priority;
  if (a.after !== b.after) return a.after < b.after ? -1 : 1;
  const [startA, startB] = [startOf(a), startOf(b)];
  if (startA !== startB) return startB - startA;
  return compareTexts(a.promotion.id, b.promotion.id);
}

/** One without a start began before all others. */
function startOf({ promotion }: Lowered): Micros {
  return promotion.period.from ?? Number.NEGATIVE_INFINITY;
}
