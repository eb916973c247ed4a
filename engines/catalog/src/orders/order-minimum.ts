import { formatDecimal } from "@kontor/kernel";
import type { CatalogRejection } from "@kontor/protocol";
import type { Money } from "./money.ts";

/** The least that a vendor takes in one order; of several the first in the order's currency holds. */
export type OrderMinimum = {
  readonly currency: string;
  readonly amount: bigint;
  /** Smaller orders are not taken, or cost a fee. */
  readonly mode: { readonly kind: "block" } | { readonly kind: "fee"; readonly fee: bigint };
};

export type MinimumAnswer = {
  /** What is missing; zero when the minimum is reached. A cart may be kept all the same. */
  readonly shortfall: bigint;
  /** What a smaller order costs on top. */
  readonly fee: bigint;
  /** Why the order cannot be placed. */
  readonly rejection: CatalogRejection | null;
};

/** An order's net amount against the vendor's minimum; nearest agreement first, the vendor's own last. */
export function checkOrderMinimum(net: bigint, minimums: readonly OrderMinimum[], money: Money): MinimumAnswer {
  const minimum = minimums.find(({ currency }) => currency === money.currency);
  if (minimum === undefined || net >= minimum.amount) return { shortfall: 0n, fee: 0n, rejection: null };
  const shortfall = minimum.amount - net;
  if (minimum.mode.kind === "fee") return { shortfall, fee: minimum.mode.fee, rejection: null };
  const rejection: CatalogRejection = {
    code: "order_minimum_not_reached",
    currency: money.currency,
    limit: formatDecimal(minimum.amount, money.exponent),
    shortfall: formatDecimal(shortfall, money.exponent),
  };
  return { shortfall, fee: 0n, rejection };
}
