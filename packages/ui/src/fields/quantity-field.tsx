import type { MoneyFieldProps } from "./money-field.tsx";
import { MoneyField } from "./money-field.tsx";

export type QuantityFieldProps = Omit<MoneyFieldProps, "decimalsMax" | "allowNegative"> & {
  readonly decimalsMax?: number;
};

/** How much: as strict as money, with steps of the pack. Whole unless told otherwise. */
export function QuantityField({ decimalsMax = 0, step = "1", ...rest }: QuantityFieldProps) {
  return <MoneyField {...rest} step={step} decimalsMax={decimalsMax} />;
}
