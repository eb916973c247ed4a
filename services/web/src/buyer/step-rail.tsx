import { Link } from "@tanstack/react-router";
import { Check, CircleAlert, CircleDashed, CircleX } from "lucide-react";
import { useText } from "../i18n/use-text.ts";
import type { StepName } from "./step-names.ts";
import { stepNames } from "./step-names.ts";
import type { DraftDesk } from "./use-draft.ts";
import type { StepStanding } from "./wizard-state.ts";

const signs = {
  done: { icon: Check, tone: "text-good" },
  needs_work: { icon: CircleAlert, tone: "text-warn" },
  blocked: { icon: CircleX, tone: "text-danger" },
  open: { icon: CircleDashed, tone: "text-muted" },
} as const satisfies Readonly<Record<StepStanding, unknown>>;

/** All steps with how each stands; any can be gone to at any time. */
export function StepRail({ desk, current }: { readonly desk: DraftDesk; readonly current: StepName }) {
  const t = useText();
  return (
    <nav aria-label={t("buyer.steps")} className="lg:sticky lg:top-20 lg:self-start">
      <ol className="grid grid-cols-2 gap-x-2 sm:grid-cols-4 lg:grid-cols-1">
        {stepNames.map((step, index) => {
          const standing = desk.standings[step];
          const { icon: Icon, tone } = signs[standing];
          return (
            <li key={step}>
              <Link
                from="/tenders/$tenderId/edit"
                to="."
                search={({ m }) => (m === undefined ? { step } : { m, step })}
                aria-current={step === current ? "page" : undefined}
                className="nav-entry items-start py-1.5"
              >
                <Icon size={16} strokeWidth={1.5} className={`mt-0.5 shrink-0 ${tone}`} aria-hidden />
                <span className="min-w-0">
                  <span className="block">
                    {index + 1}. {t(`buyer.step.${step}`)}
                  </span>
                  <span className="block text-12 font-normal text-muted">{t(`buyer.standing.${standing}`)}</span>
                </span>
              </Link>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
