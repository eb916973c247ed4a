import type { LotRules, Step } from "@kontor/protocol";
import { useText } from "../i18n/use-text.ts";
import { DecimalInput } from "./decimal-input.tsx";
import { ChoiceInput, FieldFrame } from "./fields.tsx";

type Kind = "absolute" | "percent" | "table";

type StepSizeInputProps = {
  readonly rules: LotRules;
  readonly currency: string;
  readonly onChange: (step: Step) => void;
};

/** The least difference between bids: an amount, or a share of the price. A table stays as it was written. */
export function StepSizeInput({ rules, currency, onChange }: StepSizeInputProps) {
  const t = useText();
  const { stepMin, priceScale } = rules;
  const kinds: readonly Kind[] = stepMin.kind === "table" ? ["table", "absolute", "percent"] : ["absolute", "percent"];
  const choose = (kind: Kind): void => {
    if (kind === "absolute") onChange({ kind, amount: "" });
    if (kind === "percent") onChange({ kind, percent: "0.5", of: "current" });
  };
  return (
    <>
      <ChoiceInput
        label={t("buyer.step_kind")}
        value={stepMin.kind}
        choices={kinds.map((id) => ({ id, name: t(`buyer.step_kind.${id}`) }))}
        onChange={choose}
      />
      {stepMin.kind === "table" ? null : (
        <FieldFrame label={t("buyer.step_size", { unit: stepMin.kind === "percent" ? "%" : currency })}>
          {(id) => (
            <DecimalInput
              key={stepMin.kind}
              id={id}
              label={t("buyer.step_size", { unit: stepMin.kind === "percent" ? "%" : currency })}
              value={stepMin.kind === "percent" ? stepMin.percent : stepMin.amount}
              decimalsMax={stepMin.kind === "percent" ? 4 : priceScale}
              onChange={(value) =>
                onChange(
                  stepMin.kind === "percent"
                    ? { ...stepMin, percent: value ?? "" }
                    : { kind: "absolute", amount: value ?? "" },
                )
              }
            />
          )}
        </FieldFrame>
      )}
    </>
  );
}
