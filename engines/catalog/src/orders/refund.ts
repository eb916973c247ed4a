import { formatDecimal } from "@kontor/kernel";
import type { CatalogRejection } from "@kontor/protocol";
import type { Commission } from "./commission.ts";
import { commissionOn } from "./commission.ts";
import type { Money } from "./money.ts";

/** What a refund moves; the four legs sum to zero. */
export type RefundEntry = {
  readonly buyer: bigint;
  /** Taken from the vendor, in the running period if he was paid already. */
  readonly vendor: bigint;
  readonly commission: bigint;
  readonly vat: bigint;
};

export type RefundAnswer =
  | { readonly kind: "entry"; readonly entry: RefundEntry }
  | { readonly kind: "rejected"; readonly rejection: CatalogRejection };

export type Refund = {
  readonly amount: bigint;
  /** Refunds of the same sale that came before. */
  readonly before: bigint;
};

/**
 * Takes a sale back in part: of the frozen fee and its VAT stays what belongs to the rest, so that refunds in any
 * number of parts give back exactly what one would, and the last one all of it.
 */
export function refundOf(sale: Commission, { amount, before }: Refund, money: Money): RefundAnswer {
  const left = sale.base - before;
  if (amount > left || amount <= 0n) {
    const { currency, exponent } = money;
    const rejection = { code: "refund_above_order", currency, limit: formatDecimal(left, exponent) } as const;
    return { kind: "rejected", rejection };
  }
  const [was, is] = [commissionOn(left, sale, money), commissionOn(left - amount, sale, money)];
  const commission = is.fee - was.fee;
  const vat = is.vat - was.vat;
  return { kind: "entry", entry: { buyer: amount, vendor: -(amount + commission + vat), commission, vat } };
}
