import type { Decimal } from "@kontor/protocol";
import { currencySign, formatAmount } from "@kontor/ui";
import { useMemo } from "react";
import { useLocale } from "../i18n/use-text.ts";
import type { Grid } from "./instrument-grid.ts";
import { quantityText } from "./instrument-grid.ts";

/** Units that have a short sign; of others the code is shown. */
const unitSigns: Readonly<Record<string, string>> = { TNE: "t", KGM: "kg", MWH: "MWh", LTR: "l", C62: "pc" };

/** An island that runs left to right, in whatever text it is put. */
export function ltr(text: string): string {
  return `\u2066${text}\u2069`;
}

/** How amounts of one instrument are written in the present language. */
export type Numbers = {
  readonly locale: string;
  readonly currency: string;
  readonly unit: string;
  /** What prices are in: "€/t". */
  readonly per: string;
  readonly price: (text: Decimal) => string;
  readonly quantity: (text: Decimal) => string;
  readonly pieces: (quantity: bigint) => string;
  readonly money: (text: Decimal) => string;
};

type Terms = { readonly currency: string; readonly unit: string };

function numbersOf(grid: Grid, { currency, unit }: Terms, locale: string): Numbers {
  const written = (decimals: number) => (text: Decimal) => formatAmount(text, { locale, decimals });
  const quantity = written(grid.quantityScale);
  const sign = unitSigns[unit] ?? unit;
  return {
    locale,
    currency: currencySign(currency, locale),
    unit: sign,
    per: ltr(`${currencySign(currency, locale)}/${sign}`),
    price: written(grid.priceScale),
    quantity,
    pieces: (pieces) => quantity(quantityText(grid, pieces)),
    money: written(grid.moneyScale),
  };
}

export function useNumbers(grid: Grid, terms: Terms): Numbers {
  const locale = useLocale();
  return useMemo(() => numbersOf(grid, terms, locale), [grid, terms, locale]);
}
