import { compareTexts } from "../prices/candidate.ts";
import { roundRatio } from "../quantities/rounding.ts";
import { wholePercent } from "../quantities/scales.ts";
import type { LineAmounts } from "./line-amounts.ts";
import type { Money } from "./money.ts";

export type TaxCategory = {
  /** UNCL 5305: S, Z, E, AE ... */
  readonly category: string;
  readonly percent: bigint;
};

/** Where tax is rounded: in each line, or once per category and rate of the document. */
export type TaxProfile = "line" | "document";

export type TaxedLine = { readonly amounts: LineAmounts; readonly tax: TaxCategory };

export type TaxTotal = TaxCategory & { readonly net: bigint; readonly tax: bigint };

export type DocumentTotals = LineAmounts & { readonly taxes: readonly TaxTotal[] };

/**
 * Sums of rounded lines. By document the tax of a category is computed from the sum of its lines' net amounts, so that
 * gross is net plus that tax and may differ from the sum of lines that were priced gross.
 */
export function totalsOf(lines: readonly TaxedLine[], profile: TaxProfile, money: Money): DocumentTotals {
  const groups = new Map<string, TaxTotal>();
  for (const { amounts, tax: of } of lines) {
    const key = `${of.category} ${of.percent}`;
    const { net, tax } = groups.get(key) ?? { net: 0n, tax: 0n };
    groups.set(key, { category: of.category, percent: of.percent, net: net + amounts.net, tax: tax + amounts.tax });
  }
  const taxes = [...groups.entries()]
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([, group]) => (profile === "line" ? group : { ...group, tax: taxOn(group, money) }));
  const net = taxes.reduce((sum, group) => sum + group.net, 0n);
  const tax = taxes.reduce((sum, group) => sum + group.tax, 0n);
  return { net, tax, gross: net + tax, taxes };
}

function taxOn({ net, percent }: TaxTotal, { rounding }: Money): bigint {
  return roundRatio(net * percent, wholePercent, rounding);
}
