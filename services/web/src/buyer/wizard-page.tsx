import { requireValue } from "@kontor/sdk";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { useEffect } from "react";
import { useKontor, useSession } from "../app/session-provider.tsx";
import { ErrorView, LoadingView, StateFrame } from "../app/state-views.tsx";
import { usePageTitle } from "../app/use-page-title.ts";
import { useText } from "../i18n/use-text.ts";
import { SaveNote } from "./save-note.tsx";
import { StepCheck } from "./step-check.tsx";
import { StepLots } from "./step-lots.tsx";
import type { StepName } from "./step-names.ts";
import { stepNames } from "./step-names.ts";
import { StepNeed } from "./step-need.tsx";
import { StepProcedure } from "./step-procedure.tsx";
import { StepRail } from "./step-rail.tsx";
import { StepRules } from "./step-rules.tsx";
import { StepSuppliers } from "./step-suppliers.tsx";
import { StepTime } from "./step-time.tsx";
import type { DraftDesk } from "./use-draft.ts";
import { useDraft } from "./use-draft.ts";
import { fieldIdOf } from "./wizard-state.ts";

const route = getRouteApi("/tenders/$tenderId/edit");

const screens: Readonly<Record<StepName, ComponentType<{ readonly desk: DraftDesk }>>> = {
  need: StepNeed,
  lots: StepLots,
  procedure: StepProcedure,
  rules: StepRules,
  suppliers: StepSuppliers,
  time: StepTime,
  check: StepCheck,
};

/** A draft in seven steps of free order, saved as it is written. */
export function WizardPage() {
  const t = useText();
  const { tenderId } = route.useParams();
  const kontor = useKontor();
  const { company } = useSession();
  const found = useQuery({
    queryKey: ["draft", company, tenderId],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: async () => requireValue(await kontor.tenders.get(tenderId)),
  });
  if (found.isPending) return <LoadingView rows={10} />;
  if (found.isError) return <ErrorView error={found.error} onRetry={() => void found.refetch()} />;
  const { view, audience } = found.data;
  if (audience === "owner" && view.phase === "draft") return <Wizard key={tenderId} desk={view} />;
  return (
    <StateFrame title={t("buyer.published.title")} text={t("buyer.published.text")}>
      <Link to="/tenders/$tenderId" params={{ tenderId }} className="text-brand underline">
        {t("buyer.published.open")}
      </Link>
    </StateFrame>
  );
}

function Wizard({ desk: view }: { readonly desk: Parameters<typeof useDraft>[0] }) {
  const t = useText();
  const desk = useDraft(view);
  const { step = "need", at } = route.useSearch();
  usePageTitle(desk.terms.title === "" ? t("buyer.draft") : desk.terms.title);
  useEffect(() => {
    if (at !== undefined) document.getElementById(fieldIdOf(at))?.focus();
  }, [at]);
  const Screen = screens[step];
  return (
    <div className="space-y-4">
      <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-line pb-3">
        <div className="min-w-0">
          <p className="text-13 text-muted">{t("buyer.draft")}</p>
          <h1 className="text-24">
            <bdi>{desk.terms.title === "" ? t("buyer.untitled") : desk.terms.title}</bdi>
          </h1>
        </div>
        <SaveNote desk={desk} />
      </header>
      <div className="grid gap-6 lg:grid-cols-[14rem_minmax(0,1fr)]">
        <StepRail desk={desk} current={step} />
        <section aria-labelledby="step" className="min-w-0 space-y-5">
          <div>
            <h2 id="step" className="text-20">
              {t(`buyer.step.${step}`)}
            </h2>
            <p className="max-w-[68ch] text-muted">{t(`buyer.step.${step}.text`)}</p>
          </div>
          <Screen desk={desk} />
          <NextStep step={step} />
        </section>
      </div>
    </div>
  );
}

function NextStep({ step }: { readonly step: StepName }) {
  const t = useText();
  const next = stepNames[stepNames.indexOf(step) + 1];
  if (next === undefined) return null;
  return (
    <p className="border-t border-line pt-4">
      <Link from="/tenders/$tenderId/edit" to="." search={({ m }) => searchOf(m, next)} className="button button-quiet">
        {t("buyer.next", { step: t(`buyer.step.${next}`) })}
      </Link>
    </p>
  );
}

function searchOf(m: string | undefined, step: StepName) {
  return m === undefined ? { step } : { m, step };
}
