import type { ProcedurePreset, TenderTerms } from "@kontor/protocol";
import { newId } from "@kontor/sdk";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useMarketplace } from "../app/marketplace.ts";
import { useMay } from "../app/permissions.ts";
import { useKontor } from "../app/session-provider.tsx";
import { LoadingView, NoPermissionView } from "../app/state-views.tsx";
import { usePageTitle } from "../app/use-page-title.ts";
import { useText } from "../i18n/use-text.ts";
import type { TenderStart } from "./draft-terms.ts";
import { copiedTerms, startedTerms } from "./draft-terms.ts";
import { OwnTenders } from "./own-tenders.tsx";
import { StartForm } from "./start-form.tsx";

/** Begins a tender: from a customary procedure, from one of one's own, or goes on with a draft. */
export function StartPage() {
  const t = useText();
  const may = useMay();
  const marketplace = useMarketplace();
  usePageTitle(t("buyer.new"));
  if (marketplace === null) return <LoadingView rows={8} />;
  if (!may("create_tender")) return <NoPermissionView />;
  return <Start marketplaceId={marketplace.marketplaceId} />;
}

function Start({ marketplaceId }: { readonly marketplaceId: string }) {
  const t = useText();
  const kontor = useKontor();
  const { create, refusal, isSending } = useCreate(marketplaceId);
  const begin = (start: TenderStart, preset: ProcedurePreset): Promise<void> =>
    create(startedTerms(start, preset, Date.now()));
  const copy = async (tenderId: string): Promise<void> => {
    const found = await kontor.tenders.get(tenderId);
    if (found.ok) await create(copiedTerms(found.value.view, t("buyer.copy_of", { title: found.value.view.title })));
  };
  return (
    <div className="space-y-6">
      <div>
        <h1 className="text-24">{t("buyer.new")}</h1>
        <p className="max-w-[68ch] text-muted">{t("buyer.new.text")}</p>
      </div>
      {refusal === null ? null : (
        <p role="alert" className="border-s-2 border-danger bg-danger-bg px-3 py-2">
          {t("buyer.new.refused")} <bdi className="font-mono text-13">{refusal}</bdi>
        </p>
      )}
      <div className="grid gap-10 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <StartForm isSending={isSending} onStart={begin} />
        <OwnTenders marketplaceId={marketplaceId} isSending={isSending} onCopy={copy} />
      </div>
    </div>
  );
}

type Attempt = { readonly key: string; readonly tenderId: string };

/** Makes the draft. Id and key stay while the outcome is unknown, so that pressing again makes no second one. */
function useCreate(marketplaceId: string) {
  const kontor = useKontor();
  const navigate = useNavigate();
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const create = async (terms: TenderTerms): Promise<void> => {
    const { key, tenderId } = attempt ?? { key: newId(), tenderId: newId() };
    setAttempt({ key, tenderId });
    setSending(true);
    const outcome = await kontor.commands.createTender({ marketplaceId, tenderId, terms }, { key });
    setSending(false);
    if (!outcome.ok) {
      if (outcome.problem.code !== "outcome_unknown") setAttempt(null);
      setRefusal(outcome.problem.code);
      return;
    }
    await navigate({ to: "/tenders/$tenderId/edit", params: { tenderId } });
  };
  return { create, refusal, isSending };
}
