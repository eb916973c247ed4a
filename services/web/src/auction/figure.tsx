import { amountParts, currencySign } from "@kontor/ui";
import { useLocale } from "../i18n/use-text.ts";
import { unitSymbol } from "./unit-symbol.ts";
import { decimalsOf } from "./use-say.ts";

type FigureProps = {
  /** Decimal. */
  readonly amount: string;
  readonly currency?: string;
  /** Code of the unit that the price is for. */
  readonly per?: string | undefined;
};

/** An amount of money or a quantity: the number first, zeros that count for nothing and the unit quietly. */
export function Figure({ amount, currency, per }: FigureProps) {
  const locale = useLocale();
  const sign = currency === undefined ? "" : currencySign(currency, locale);
  const unit = per === undefined ? "" : unitSymbol(per);
  const shown = sign === "" || unit === "" ? `${sign}${unit}` : `${sign}/${unit}`;
  return (
    <span className="k-number" dir="ltr">
      {amountParts(amount, { locale, decimals: decimalsOf(amount) }).map(({ kind, text }) => (
        <span key={kind} className={kind === "muted" ? "k-number-muted" : undefined}>
          {text}
        </span>
      ))}
      {shown === "" ? null : <span className="k-unit"> {shown}</span>}
    </span>
  );
}
