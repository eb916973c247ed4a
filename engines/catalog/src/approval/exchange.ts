import type { Ratio } from "../quantities/ratio.ts";
import { unity } from "../quantities/ratio.ts";
import { roundRatio } from "../quantities/rounding.ts";
import type { AmountLimit, ExchangeRate } from "./approval-rule.ts";

/** The rate between two currencies, by the table as it stands or turned round; null when it has none. */
export function rateBetween(rates: readonly ExchangeRate[], from: string, to: string): Ratio | null {
  if (from === to) return unity;
  const direct = rates.find((rate) => rate.from === from && rate.to === to);
  if (direct !== undefined) return direct.rate;
  const turned = rates.find((rate) => rate.from === to && rate.to === from);
  return turned === undefined ? null : { num: turned.rate.den, den: turned.rate.num };
}

/** Whether an amount is at least another, compared exactly; null when no rate tells. */
export function isAtLeast(amount: AmountLimit, least: AmountLimit, rates: readonly ExchangeRate[]): boolean | null {
  const rate = rateBetween(rates, amount.currency, least.currency);
  if (rate === null) return null;
  const own = amount.amount * rate.num * 10n ** BigInt(least.exponent);
  return own >= least.amount * rate.den * 10n ** BigInt(amount.exponent);
}

/** The amount in another currency, rounded half up to its smallest unit; null when no rate tells. */
export function convertAmount(
  { amount, currency, exponent }: AmountLimit,
  to: Omit<AmountLimit, "amount">,
  rates: readonly ExchangeRate[],
): bigint | null {
  const rate = rateBetween(rates, currency, to.currency);
  if (rate === null) return null;
  const num = amount * rate.num * 10n ** BigInt(to.exponent);
  return roundRatio(num, rate.den * 10n ** BigInt(exponent), "half_up");
}
