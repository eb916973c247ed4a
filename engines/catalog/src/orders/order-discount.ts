import { formatDecimal } from "@kontor/kernel";
import type { CatalogRejection } from "@kontor/protocol";
import { splitByWeight } from "./largest-remainder.ts";
import type { Money } from "./money.ts";

export type DiscountAnswer =
  /** What each line bears, in the order of the lines; no part exceeds its line. */
  | { readonly kind: "split"; readonly parts: readonly bigint[] }
  | { readonly kind: "rejected"; readonly rejection: CatalogRejection };

/** Splits a discount on the order over the lines' amounts, which are not negative. */
export function splitDiscount(discount: bigint, amounts: readonly bigint[], money: Money): DiscountAnswer {
  const total = amounts.reduce((sum, amount) => sum + amount, 0n);
  if (discount > total || discount < 0n) {
    const { currency, exponent } = money;
    const rejection = { code: "discount_above_total", currency, limit: formatDecimal(total, exponent) } as const;
    return { kind: "rejected", rejection };
  }
  return { kind: "split", parts: amounts.length === 0 ? [] : splitByWeight(discount, amounts) };
}
