import { invariant } from "@kontor/kernel";
import type { SeenPrice } from "./freeze-line.ts";
import type { LineAmounts } from "./line-amounts.ts";
import { amountOf, lineAmounts } from "./line-amounts.ts";
import type { Money } from "./money.ts";

export type PricedQuantity = Pick<SeenPrice, "unitPrice" | "basis" | "priceMode"> & { readonly taxPercent: bigint };

export type CreditQuestion = {
  readonly price: PricedQuantity;
  /** What the buyer pays for before and afterwards, in the ordered unit. */
  readonly before: bigint;
  readonly after: bigint;
  /** Gross, of the line: what was not given off yet. No credit is more. */
  readonly left: bigint;
};

/**
 * What the buyer need not pay when less of a line stands: what was to be paid less what the rest costs at the price of
 * the order. So several steps credit what one would.
 */
export function creditOf({ price, before, after, left }: CreditQuestion, money: Money): LineAmounts {
  invariant(after >= 0n && after <= before && left >= 0n, "a credit is for less than before");
  const [was, is] = [amountsAt(price, before, money), amountsAt(price, after, money)];
  const gross = was.gross - is.gross;
  const tax = was.tax - is.tax;
  return gross <= left ? { net: gross - tax, tax, gross } : capped({ gross, tax }, left);
}

/** In proportion, where some of it was given off already. */
function capped({ gross, tax }: { readonly gross: bigint; readonly tax: bigint }, limit: bigint): LineAmounts {
  const part = (tax * limit) / gross;
  return { net: limit - part, tax: part, gross: limit };
}

function amountsAt({ unitPrice, basis, priceMode, taxPercent }: PricedQuantity, quantity: bigint, money: Money) {
  const amount = amountOf({ unitPrice, basis, quantity }, money);
  return lineAmounts({ amount, priceMode, taxPercent }, money);
}

/** Where the money of an order stands; all in its smallest units. */
export type OrderBalance = {
  /** What was confirmed. */
  readonly total: bigint;
  /** What came off it since. */
  readonly credited: bigint;
  readonly captured: bigint;
  readonly refunded: bigint;
  /** Whether the vendor has his sale: after that a credit is refunded of it. */
  readonly isSold: boolean;
};

export type Settlement = {
  /** To the buyer at once. */
  readonly overpaid: bigint;
  /** What is left is paid whole, and becomes the vendor's sale. */
  readonly sells: boolean;
};

export const dueOf = ({ total, credited }: Pick<OrderBalance, "total" | "credited">): bigint => total - credited;

/** What follows from a balance: what is paid beyond what is due goes back, and what is paid whole is sold, once. */
export function settlementOf(balance: OrderBalance): Settlement {
  const { captured, refunded, isSold } = balance;
  const [due, paid] = [dueOf(balance), captured - refunded];
  return { overpaid: paid > due ? paid - due : 0n, sells: !isSold && due > 0n && paid >= due };
}

/**
 * What an order keeps of a budget when it costs `is` of what it cost: in proportion, in the budget's own currency at the
 * rate of the day on which it was held. A started unit is kept whole, so that no budget is told to have more than it has.
 */
export function budgetKept(amount: bigint, { was, is }: { readonly was: bigint; readonly is: bigint }): bigint {
  return was === 0n ? 0n : (amount * is + was - 1n) / was;
}
