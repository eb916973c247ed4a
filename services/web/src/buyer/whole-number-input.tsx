import { useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { FieldFrame } from "./fields.tsx";

export type WholeNumberInputProps = {
  readonly id?: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly value: number;
  readonly limits: { readonly min: number; readonly max: number };
  readonly onChange: (value: number) => void;
};

/** A small whole number; one that is out of bounds is said and not taken. Any script's digits are read. */
export function WholeNumberInput({ value, limits, onChange, ...frame }: WholeNumberInputProps) {
  const t = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = typed !== null && numberOf(typed, limits) === null;
  const wrong = isWrong ? t("buyer.number.bounds", { min: limits.min, max: limits.max }) : undefined;
  return (
    <FieldFrame {...frame} error={wrong ?? frame.error}>
      {(id, describedBy) => (
        <input
          id={id}
          className="field-input k-number text-end"
          dir="ltr"
          inputMode="numeric"
          autoComplete="off"
          aria-describedby={describedBy}
          aria-invalid={isWrong || frame.error !== undefined}
          value={typed ?? String(value)}
          onChange={(event) => {
            setTyped(event.target.value);
            const number = numberOf(event.target.value, limits);
            if (number !== null) onChange(number);
          }}
          onBlur={() => {
            if (!isWrong) setTyped(null);
          }}
        />
      )}
    </FieldFrame>
  );
}

function numberOf(text: string, { min, max }: WholeNumberInputProps["limits"]): number | null {
  const digits = westernDigits(text.trim());
  if (!/^\d{1,6}$/.test(digits)) return null;
  const number = Number(digits);
  return number >= min && number <= max ? number : null;
}

function westernDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹０-９]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = [0x660, 0x6f0, 0xff10].findLast((one) => one <= code) ?? code;
    return String(code - zero);
  });
}
