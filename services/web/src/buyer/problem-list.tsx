import { useText } from "../i18n/use-text.ts";
import type { StepName } from "./step-names.ts";
import type { DraftDesk } from "./use-draft.ts";
import { useRuleText } from "./use-problem-text.ts";
import { stepOf } from "./wizard-state.ts";

/** Everything that stands in the way in one step, also what has no field of its own. */
export function ProblemList({ desk, step }: { readonly desk: DraftDesk; readonly step: StepName }) {
  const t = useText();
  const ruleText = useRuleText();
  const problems = desk.problems.filter(({ pointer }) => stepOf(pointer) === step);
  if (problems.length === 0) return null;
  return (
    <ul className="space-y-1 border-s-2 border-danger ps-3 text-13" aria-label={t("buyer.blockers")}>
      {problems.map(({ pointer, rule }) => (
        <li key={`${pointer}-${rule}`}>
          {ruleText(rule)} <bdi className="font-mono text-12 text-muted">{pointer}</bdi>
        </li>
      ))}
    </ul>
  );
}
