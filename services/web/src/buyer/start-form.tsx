import type { ProcedurePreset } from "@kontor/protocol";
import type { FormEvent } from "react";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";
import { DecimalInput } from "./decimal-input.tsx";
import type { TenderStart } from "./draft-terms.ts";
import { ChoiceInput, FieldFrame, TextInput } from "./fields.tsx";
import { PresetCards } from "./preset-cards.tsx";
import { currencies, unitChoices } from "./trade-lists.ts";

type StartFormProps = {
  readonly isSending: boolean;
  readonly onStart: (start: TenderStart, preset: ProcedurePreset) => Promise<void>;
};

const empty: TenderStart = {
  title: "",
  reference: "",
  direction: "buy",
  currency: "EUR",
  quantity: { value: "", unit: "TNE" },
};

/** The few things that a draft cannot be without. */
export function StartForm({ isSending, onStart }: StartFormProps) {
  const t = useText();
  const [start, setStart] = useState(empty);
  const [preset, setPreset] = useState<ProcedurePreset | null>(null);
  const set = (changes: Partial<TenderStart>): void => setStart({ ...start, ...changes });
  const { title, direction, currency, quantity } = start;
  const isComplete = title.trim() !== "" && quantity.value !== "" && preset !== null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (preset !== null && isComplete) void onStart({ ...start, title: title.trim() }, preset);
  };
  return (
    <form onSubmit={submit} className="max-w-form space-y-5">
      <TextInput
        label={t("buyer.title")}
        hint={t("buyer.title.hint")}
        value={title}
        onChange={(text) => set({ title: text })}
      />
      <div className="grid gap-4 sm:grid-cols-4">
        <ChoiceInput
          label={t("buyer.direction")}
          value={direction}
          choices={(["buy", "sell"] as const).map((id) => ({ id, name: t(`buyer.direction.${id}`) }))}
          onChange={(id) => {
            set({ direction: id });
            if (preset?.direction !== null && preset?.direction !== id) setPreset(null);
          }}
        />
        <FieldFrame label={t("buyer.lot.quantity")}>
          {(id) => (
            <DecimalInput
              id={id}
              label={t("buyer.lot.quantity")}
              value={quantity.value}
              decimalsMax={6}
              onChange={(value) => set({ quantity: { ...quantity, value: value ?? "" } })}
            />
          )}
        </FieldFrame>
        <ChoiceInput
          label={t("buyer.lot.unit")}
          value={quantity.unit}
          choices={unitChoices(quantity.unit)}
          onChange={(unit) => set({ quantity: { ...quantity, unit } })}
        />
        <ChoiceInput
          label={t("buyer.currency")}
          value={currency}
          choices={currencies.map((id) => ({ id: id as string, name: id }))}
          onChange={(id) => set({ currency: id })}
        />
      </div>
      <h2 className="text-16">{t("buyer.step.procedure")}</h2>
      <PresetCards direction={direction} isChosen={({ name }) => name === preset?.name} onChoose={setPreset} />
      <Button type="submit" className="button button-primary" isDisabled={!isComplete} isPending={isSending}>
        {t("buyer.new.start")}
      </Button>
      {isComplete ? null : <p className="text-13 text-muted">{t("buyer.new.needs")}</p>}
    </form>
  );
}
