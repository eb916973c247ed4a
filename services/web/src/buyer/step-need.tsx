import { useText } from "../i18n/use-text.ts";
import { inCurrency } from "./draft-terms.ts";
import { ChoiceInput, TextInput } from "./fields.tsx";
import { currencies } from "./trade-lists.ts";
import type { DraftDesk } from "./use-draft.ts";
import { useProblemText } from "./use-problem-text.ts";
import { fieldIdOf } from "./wizard-state.ts";

/** What is needed, in the words of the notice. */
export function StepNeed({ desk }: { readonly desk: DraftDesk }) {
  const t = useText();
  const problemAt = useProblemText(desk);
  const { terms, change } = desk;
  return (
    <div className="grid max-w-form gap-4">
      <TextInput
        id={fieldIdOf("/title")}
        label={t("buyer.title")}
        value={terms.title}
        error={problemAt("/title")}
        onChange={(title) => change({ ...terms, title })}
      />
      <TextInput
        id={fieldIdOf("/description")}
        label={t("buyer.description")}
        hint={t("buyer.description.hint")}
        rows={7}
        maxLength={10_000}
        value={terms.description}
        error={problemAt("/description")}
        onChange={(description) => change({ ...terms, description })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextInput
          id={fieldIdOf("/reference")}
          label={t("buyer.reference")}
          hint={t("buyer.reference.hint")}
          maxLength={64}
          value={terms.reference}
          error={problemAt("/reference")}
          onChange={(reference) => change({ ...terms, reference })}
        />
        <ChoiceInput
          id={fieldIdOf("/currency")}
          label={t("buyer.currency")}
          hint={t("buyer.currency.hint")}
          value={terms.currency}
          error={problemAt("/currency")}
          choices={[...new Set([terms.currency, ...currencies])].map((id) => ({ id, name: id }))}
          onChange={(currency) => change(inCurrency(terms, currency))}
        />
      </div>
    </div>
  );
}
