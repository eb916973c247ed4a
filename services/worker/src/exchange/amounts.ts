import { formatDecimal, invariant, parseDecimal } from "@kontor/kernel";
import type { InstrumentTerms } from "@kontor/protocol";

/** Digits behind the point of an instrument's amounts, as its facts have them. */
export type Scales = { readonly price: number; readonly quantity: number; readonly money: number };

const known = new WeakMap<InstrumentTerms, Scales>();

export function scalesOf(terms: InstrumentTerms): Scales {
  const found = known.get(terms);
  if (found !== undefined) return found;
  const { tickSize, quantityStep, currencyScale } = terms;
  const scales = { price: digitsOf(tickSize), quantity: digitsOf(quantityStep), money: currencyScale };
  known.set(terms, scales);
  return scales;
}

function digitsOf(text: string): number {
  const point = text.indexOf(".");
  return point < 0 ? 0 : text.length - point - 1;
}

/** Minor units of an amount that a fact tells: the engine has read it at this scale before. */
export function minorOf(text: string, scale: number): bigint {
  const minor = parseDecimal(text, scale);
  invariant(typeof minor === "bigint", `${text} is an amount with at most ${scale} digits`);
  return minor;
}

/** The same amount with all digits of the scale. */
export function written(text: string, scale: number): string {
  return formatDecimal(minorOf(text, scale), scale);
}

export function sumOf(first: string, second: string, scale: number): string {
  return formatDecimal(minorOf(first, scale) + minorOf(second, scale), scale);
}

export function differenceOf(first: string, second: string, scale: number): string {
  return formatDecimal(minorOf(first, scale) - minorOf(second, scale), scale);
}

type Traded = { readonly price: string; readonly quantity: string };

/** Minor units of money; whole, because one quantity step at one tick is. */
export function worthOf({ price, quantity }: Traded, scales: Scales): bigint {
  const product = minorOf(price, scales.price) * minorOf(quantity, scales.quantity);
  const surplus = scales.price + scales.quantity - scales.money;
  if (surplus <= 0) return product * 10n ** BigInt(-surplus);
  const divisor = 10n ** BigInt(surplus);
  invariant(product % divisor === 0n, "a trade's value is whole");
  return product / divisor;
}
