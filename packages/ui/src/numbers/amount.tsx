import type { ReactNode } from "react";
import { useLocale } from "react-aria-components";
import { classNames } from "../controls/class-names.ts";
import { useLabels } from "../labels/labels.tsx";
import { currencyDecimals, currencySign } from "../money/currency.ts";
import { amountParts, signOfDecimal } from "../money/format-amount.ts";

type NumberTextProps = {
  /** Decimal string. */
  readonly value: string;
  readonly decimals?: number;
  readonly signed?: boolean;
  readonly suffix?: ReactNode;
  readonly className?: string | undefined;
};

/** A decimal string in the language of the page: an island that runs left to right, zeros that say nothing muted. */
export function NumberText({ value, decimals = 0, signed = false, suffix, className }: NumberTextProps) {
  const { locale } = useLocale();
  return (
    <span className={classNames("k-number", className)}>
      {amountParts(value, { locale, decimals, signed }).map(({ kind, text }) =>
        kind === "muted" ? (
          <span key={kind} className="k-number-muted">
            {text}
          </span>
        ) : (
          text
        ),
      )}
      {suffix !== undefined && <span className="k-unit">&#8239;{suffix}</span>}
    </span>
  );
}

export type AmountProps = {
  readonly value: string;
  /** ISO 4217. Left out where the header of a column says it. */
  readonly currency?: string;
  /** What the price is for one of: "t", "kg". */
  readonly per?: string;
  /** At least so many decimals; else those of the currency. */
  readonly decimals?: number;
  readonly size?: "normal" | "large" | "hero";
};

/** Money. */
export function Amount({ value, currency, per, decimals, size = "normal" }: AmountProps) {
  const { locale } = useLocale();
  const sign = currency === undefined ? "" : currencySign(currency, locale);
  const unit = per === undefined ? sign : `${sign}/${per}`;
  const least = decimals ?? (currency === undefined ? 2 : currencyDecimals(currency));
  const suffix = unit === "" ? {} : { suffix: unit };
  return <NumberText value={value} decimals={least} className={`k-amount-${size}`} {...suffix} />;
}

export type QuantityProps = { readonly value: string; readonly unit?: string; readonly decimals?: number };

export function Quantity({ value, unit, decimals = 0 }: QuantityProps) {
  return <NumberText value={value} decimals={decimals} {...(unit === undefined ? {} : { suffix: unit })} />;
}

export type DeltaProps = {
  /** Decimal string with its sign. */
  readonly value: string;
  readonly unit?: string;
  readonly decimals?: number;
  /** What a rise is: for prices of an exchange up and down have colours; for the rest they may be good, bad or neither. */
  readonly meaning?: "direction" | "rise-is-good" | "fall-is-good" | "neutral";
};

/** A change: sign, arrow and word, and only then colour. */
export function Delta({ value, unit, decimals = 2, meaning = "direction" }: DeltaProps) {
  const labels = useLabels();
  const sign = signOfDecimal(value);
  const faces = {
    "1": { arrow: "▲", word: labels.up, tone: toneOf(meaning, true) },
    "-1": { arrow: "▼", word: labels.down, tone: toneOf(meaning, false) },
    "0": { arrow: "•", word: labels.unchanged, tone: "flat" },
  } as const;
  const face = faces[String(sign) as keyof typeof faces];
  return (
    <span className={`k-delta k-tone-${face.tone}`}>
      <span className="k-delta-arrow" aria-hidden>
        {face.arrow}
      </span>
      <span className="k-visually-hidden">{face.word} </span>
      <NumberText value={value} decimals={decimals} signed {...(unit === undefined ? {} : { suffix: unit })} />
    </span>
  );
}

function toneOf(meaning: NonNullable<DeltaProps["meaning"]>, isRise: boolean): string {
  if (meaning === "neutral") return "flat";
  if (meaning === "direction") return isRise ? "up" : "down";
  return (meaning === "rise-is-good") === isRise ? "good" : "bad";
}
