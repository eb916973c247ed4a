import { useText } from "../i18n/use-text.ts";
import { followsPreset, underProcedure, withChangedProcedure } from "./draft-terms.ts";
import { ChoiceInput } from "./fields.tsx";
import { PresetCards } from "./preset-cards.tsx";
import { ProblemList } from "./problem-list.tsx";
import type { DraftDesk } from "./use-draft.ts";
import { useProblemText } from "./use-problem-text.ts";
import { WholeNumberInput } from "./whole-number-input.tsx";
import { fieldIdOf } from "./wizard-state.ts";

const dayMs = 86_400_000;

/** How the tender runs: a customary procedure, and what may be set in it. */
export function StepProcedure({ desk }: { readonly desk: DraftDesk }) {
  const t = useText();
  const problemAt = useProblemText(desk);
  const { terms, change } = desk;
  const { procedure } = terms;
  return (
    <div className="space-y-5">
      <PresetCards
        direction={terms.direction}
        isChosen={(preset) => followsPreset(terms, preset)}
        onChoose={(preset) => change(underProcedure(terms, preset))}
      />
      <p className="text-13 text-muted">{t("buyer.procedure.replaces")}</p>
      <div className="grid max-w-form gap-4 sm:grid-cols-2">
        <ChoiceInput
          id={fieldIdOf("/procedure/initialPrices")}
          label={t("buyer.initial_prices")}
          value={procedure.initialPrices}
          error={problemAt("/procedure/initialPrices")}
          choices={(["none", "optional", "required"] as const).map((id) => ({ id, name: t(`buyer.initial.${id}`) }))}
          onChange={(initialPrices) => change(withChangedProcedure(terms, { initialPrices }))}
        />
        <ChoiceInput
          id={fieldIdOf("/procedure/singleBidder")}
          label={t("buyer.single_bidder")}
          value={procedure.singleBidder}
          error={problemAt("/procedure/singleBidder")}
          choices={(["run", "skip", "fail"] as const).map((id) => ({ id, name: t(`buyer.single.${id}`) }))}
          onChange={(singleBidder) => change(withChangedProcedure(terms, { singleBidder }))}
        />
        <WholeNumberInput
          id={fieldIdOf("/procedure/minBidders")}
          label={t("buyer.min_bidders")}
          value={procedure.minBidders}
          limits={{ min: 1, max: 100 }}
          onChange={(minBidders) => change(withChangedProcedure(terms, { minBidders }))}
        />
        <WholeNumberInput
          id={fieldIdOf("/procedure/standstillMs")}
          label={t("buyer.standstill")}
          hint={t("buyer.standstill.hint")}
          value={Math.round(procedure.standstillMs / dayMs)}
          limits={{ min: 0, max: 90 }}
          onChange={(days) => change(withChangedProcedure(terms, { standstillMs: days * dayMs }))}
        />
      </div>
      <ProblemList desk={desk} step="procedure" />
    </div>
  );
}
