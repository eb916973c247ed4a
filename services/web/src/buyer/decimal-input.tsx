import { formatAmount, parseAmount } from "@kontor/ui";
import { useState } from "react";
import { useLocale, useText } from "../i18n/use-text.ts";

export type DecimalInputProps = {
  readonly id?: string;
  readonly label: string;
  /** Decimal string; null or empty for none. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly decimalsMax: number;
  /** Shown digits behind the decimal mark at least. */
  readonly decimals?: number;
  /** What is wrong with it as it stands; a question comes first. */
  readonly error?: string | undefined;
};

/**
 * An amount or a quantity as the language writes it. What cannot be read for certain is asked about or refused, and counts
 * as none until it is answered: never as another number.
 */
export function DecimalInput(props: DecimalInputProps) {
  const { id, label, value, onChange, decimalsMax, decimals = 0, error } = props;
  const t = useText();
  const locale = useLocale();
  const [typed, setTyped] = useState<string | null>(null);
  const written = value === null || value === "" ? "" : formatAmount(value, { locale, decimals });
  const parsed = parseAmount(typed ?? "", { locale, decimalsMax });
  const isStanding = typed !== null && (parsed.kind === "question" || parsed.kind === "fault");
  const put = (text: string): void => {
    setTyped(text);
    const reading = parseAmount(text, { locale, decimalsMax });
    onChange(reading.kind === "amount" ? reading.value : null);
  };
  return (
    <div>
      <input
        id={id}
        className="field-input k-number text-end"
        dir="ltr"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-invalid={error !== undefined || isStanding}
        value={typed ?? written}
        onChange={(event) => put(event.target.value)}
        onBlur={() => {
          if (!isStanding) setTyped(null);
        }}
      />
      {error === undefined || isStanding ? null : <p className="field-error">{error}</p>}
      {typed !== null && parsed.kind === "fault" ? (
        <p className="field-error">{t(`buyer.amount.${parsed.fault}`, { count: decimalsMax })}</p>
      ) : null}
      {typed !== null && parsed.kind === "question" ? (
        <fieldset className="mt-1 flex flex-wrap items-center gap-2 text-13">
          <legend className="mb-1 text-muted">{t("buyer.amount.question")}</legend>
          {parsed.readings.map((reading) => (
            <button
              key={reading}
              type="button"
              className="button button-quiet"
              onClick={() => {
                setTyped(null);
                onChange(reading);
              }}
            >
              <bdi className="k-number">{formatAmount(reading, { locale, decimals: 0 })}</bdi>
            </button>
          ))}
        </fieldset>
      ) : null}
    </div>
  );
}
