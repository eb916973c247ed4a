import { amountParts, currencyDecimals, currencySign } from "@kontor/ui";
import { useLocale, useText } from "../i18n/use-text.ts";
import { trimmed } from "./decimal-text.ts";
import { unitName } from "./unit-name.ts";

/** A number in the present language: digits of one width, from left to right, zeros that do not count muted. */
export function Figure({ value, decimals = 0 }: { readonly value: string; readonly decimals?: number }) {
  const locale = useLocale();
  return (
    <span className="k-number">
      {amountParts(trimmed(value), { locale, decimals }).map(({ kind, text }) => (
        <span key={kind} className={kind === "muted" ? "k-number-muted" : undefined}>
          {text}
        </span>
      ))}
    </span>
  );
}

export function Money({ value, currency }: { readonly value: string; readonly currency: string }) {
  const locale = useLocale();
  return (
    <span className="whitespace-nowrap" dir="ltr">
      <Figure value={value} decimals={currencyDecimals(currency)} />
      <span className="k-unit">
        {"\u202f"}
        {currencySign(currency, locale)}
      </span>
    </span>
  );
}

export function Quantity({ value, unit }: { readonly value: string; readonly unit: string }) {
  const t = useText();
  return (
    <span className="whitespace-nowrap">
      <Figure value={value} />
      <span className="k-unit">
        {"\u202f"}
        {unitName(t, unit)}
      </span>
    </span>
  );
}

/** What so many of a unit cost: "9.73 € / 100 pc". */
export function UnitPrice(props: {
  readonly price: string;
  readonly currency: string;
  readonly unit: string;
  readonly per?: string;
}) {
  const { price, currency, unit, per = "1" } = props;
  const t = useText();
  return (
    <span className="whitespace-nowrap" dir="ltr">
      <Money value={price} currency={currency} />
      <span className="k-unit">
        {" / "}
        {trimmed(per) === "1" ? null : (
          <>
            <Figure value={per} />
            {"\u202f"}
          </>
        )}
        <bdi>{unitName(t, unit)}</bdi>
      </span>
    </span>
  );
}
