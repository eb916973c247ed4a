import type { AmountQuestion } from "../orders/line-amounts.ts";
import { amountOf } from "../orders/line-amounts.ts";
import type { Money } from "../orders/money.ts";
import { roundRatio } from "../quantities/rounding.ts";
import { wholePercent } from "../quantities/scales.ts";
import type { AppliedPromotion } from "./promotion.ts";

/** What one promotion takes off a line, and who bears it: the two parts sum to the cost. */
export type PromotionCost = {
  readonly promotionId: string;
  readonly cost: bigint;
  readonly vendor: bigint;
  readonly marketplace: bigint;
};

/**
 * The costs of a line's promotions, each the difference of two rounded amounts: they sum to what the line would have
 * cost without any, less what it costs.
 */
export function promotionCosts(
  applied: readonly AppliedPromotion[],
  line: Omit<AmountQuestion, "unitPrice">,
  money: Money,
): readonly PromotionCost[] {
  return applied.map(({ promotionId, before, after, bearer }) => {
    const cost = amountOf({ ...line, unitPrice: before }, money) - amountOf({ ...line, unitPrice: after }, money);
    const marketplace = marketplacePart(cost, bearer, money);
    return { promotionId, cost, vendor: cost - marketplace, marketplace };
  });
}

function marketplacePart(cost: bigint, bearer: AppliedPromotion["bearer"], { rounding }: Money): bigint {
  if (bearer.kind === "vendor") return 0n;
  if (bearer.kind === "marketplace") return cost;
  return roundRatio(cost * bearer.marketplacePercent, wholePercent, rounding);
}
