import { roundRatio } from "../quantities/rounding.ts";
import { wholePercent } from "../quantities/scales.ts";
import type { Money } from "./money.ts";

export type ChargesToTax = {
  /** Freight and the fee for a small order, net. */
  readonly charges: bigint;
  /** The vendor's rate for them; null where he says none. */
  readonly stated: bigint | null;
  readonly lines: readonly { readonly net: bigint; readonly taxPercent: bigint }[];
};

export type ChargesTax = { readonly percent: bigint; readonly tax: bigint };

/**
 * The tax on what delivering costs. Without a rate of the vendor it goes with the goods: at the rate of which the order
 * has the most, by net amount; of equal ones the higher.
 */
export function chargesTaxOf(
  { charges, stated, lines }: ChargesToTax,
  { rounding }: Pick<Money, "rounding">,
): ChargesTax {
  if (charges === 0n) return { percent: 0n, tax: 0n };
  const percent = stated ?? mainRateOf(lines);
  return { percent, tax: roundRatio(charges * percent, wholePercent, rounding) };
}

function mainRateOf(lines: ChargesToTax["lines"]): bigint {
  const sums = new Map<bigint, bigint>();
  for (const { net, taxPercent } of lines) sums.set(taxPercent, (sums.get(taxPercent) ?? 0n) + net);
  let main = { percent: 0n, net: -1n };
  for (const [percent, net] of sums) {
    if (net > main.net || (net === main.net && percent > main.percent)) main = { percent, net };
  }
  return main.percent;
}
