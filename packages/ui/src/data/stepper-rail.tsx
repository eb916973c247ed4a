import { Check, CircleAlert, Lock } from "lucide-react";
import { Button } from "react-aria-components";
import { useLabels } from "../labels/labels.tsx";

export type StepState = "open" | "done" | "needs-work" | "blocked";

export type Step = {
  readonly id: string;
  readonly title: string;
  readonly state: StepState;
  /** What is missing, or what stands in the way. */
  readonly note?: string;
};

export type StepperRailProps = {
  readonly label: string;
  readonly steps: readonly Step[];
  readonly current: string;
  readonly onSelect: (id: string) => void;
};

/** Steps of long work, in free order, each with how it stands. */
export function StepperRail({ label, steps, current, onSelect }: StepperRailProps) {
  const labels = useLabels();
  const words: Readonly<Record<StepState, string>> = {
    open: labels.stepOpen,
    done: labels.stepDone,
    "needs-work": labels.stepNeedsWork,
    blocked: labels.stepBlocked,
  };
  return (
    <nav className="k-steps" aria-label={label}>
      <ol>
        {steps.map((step, at) => (
          <li key={step.id} className={`k-step-item k-step-${step.state}`}>
            <Button
              className="k-step-button"
              onPress={() => onSelect(step.id)}
              {...(step.id === current ? { "aria-current": "step" as const } : {})}
            >
              <span className="k-step-mark" aria-hidden>
                <StepSign state={step.state} number={at + 1} />
              </span>
              <span className="k-step-text">
                <span>{step.title}</span>
                <span className="k-hint">{step.note ?? words[step.state]}</span>
              </span>
            </Button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepSign({ state, number }: { readonly state: StepState; readonly number: number }) {
  if (state === "done") return <Check size={14} strokeWidth={2} />;
  if (state === "needs-work") return <CircleAlert size={14} strokeWidth={2} />;
  return state === "blocked" ? <Lock size={14} strokeWidth={2} /> : number;
}
