import { requireValue } from "@kontor/sdk";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useKontor, useSession } from "../app/session-provider.tsx";
import { ErrorView, LoadingView } from "../app/state-views.tsx";
import { useText } from "../i18n/use-text.ts";
import { withChangedProcedure } from "./draft-terms.ts";
import { ChoiceInput, TextInput } from "./fields.tsx";
import type { DraftDesk } from "./use-draft.ts";
import { fieldIdOf } from "./wizard-state.ts";

const listedMax = 20;

/** Who may take part, and whom to invite as soon as the notice is out. */
export function StepSuppliers({ desk }: { readonly desk: DraftDesk }) {
  const t = useText();
  const { terms, change } = desk;
  const { admission } = terms.procedure;
  const set = (changes: Partial<typeof admission>): void =>
    change(withChangedProcedure(terms, { admission: { ...admission, ...changes } }));
  return (
    <div className="space-y-6">
      <div className="grid max-w-form gap-4 sm:grid-cols-2">
        <ChoiceInput
          id={fieldIdOf("/procedure/admission/mode")}
          label={t("buyer.admission")}
          value={admission.mode}
          choices={(["open", "invited"] as const).map((id) => ({ id, name: t(`buyer.admission.${id}`) }))}
          onChange={(mode) => set({ mode })}
        />
        <ChoiceInput
          label={t("buyer.approval")}
          value={admission.approval}
          choices={(["automatic", "owner"] as const).map((id) => ({ id, name: t(`buyer.approval.${id}`) }))}
          onChange={(approval) => set({ approval })}
        />
      </div>
      <Invitations desk={desk} />
    </div>
  );
}

function Invitations({ desk }: { readonly desk: DraftDesk }) {
  const t = useText();
  const { invited, changeInvited } = desk;
  return (
    <div className="grid gap-6 xl:grid-cols-2">
      <Directory desk={desk} />
      <section aria-labelledby="invited">
        <h3 id="invited" className="mb-1 text-14 font-semibold">
          {t("buyer.invited", { count: invited.length })}
        </h3>
        <p className="mb-2 max-w-[68ch] text-13 text-muted">{t("buyer.invited.text")}</p>
        <ul>
          {invited.map((one) => (
            <li key={one.companyId} className="flex items-center justify-between gap-3 border-b border-line">
              <bdi>{one.name}</bdi>
              <button
                type="button"
                className="icon-button"
                aria-label={`${t("buyer.invited.remove")}: ${one.name}`}
                onClick={() => changeInvited(invited.filter(({ companyId }) => companyId !== one.companyId))}
              >
                <X size={16} strokeWidth={1.5} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** Companies of the other side, by name. */
function Directory({ desk }: { readonly desk: DraftDesk }) {
  const t = useText();
  const [words, setWords] = useState("");
  const found = useDirectory(desk, useDeferredValue(words.trim()));
  const { invited, changeInvited } = desk;
  const isInvited = (id: string): boolean => invited.some(({ companyId }) => companyId === id);
  return (
    <section aria-label={t("buyer.directory")} className="space-y-2">
      <TextInput label={t("buyer.directory")} value={words} onChange={setWords} />
      {found.isPending ? <LoadingView rows={4} /> : null}
      {found.isError ? <ErrorView error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data?.length === 0 ? <p className="text-muted">{t("buyer.directory.none")}</p> : null}
      <ul>
        {found.data?.map(({ companyId, name, country }) => (
          <li key={companyId} className="flex items-center justify-between gap-3 border-b border-line py-1">
            <span>
              <bdi>{name}</bdi> <span className="text-12 text-muted">{country}</span>
            </span>
            <button
              type="button"
              className="button button-quiet disabled:opacity-60"
              disabled={isInvited(companyId)}
              onClick={() => changeInvited([...invited, { companyId, name }])}
            >
              {t(isInvited(companyId) ? "buyer.directory.added" : "buyer.directory.add")}
              <span className="sr-only"> {name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useDirectory({ marketplaceId, terms }: DraftDesk, words: string) {
  const kontor = useKontor();
  const { company } = useSession();
  const wanted = terms.direction === "buy" ? "supplier" : "buyer";
  return useQuery({
    queryKey: ["directory", company, marketplaceId, words],
    placeholderData: (before) => before,
    queryFn: async () => {
      const query = { limit: listedMax, ...(words === "" ? {} : { q: words }) };
      return requireValue(await kontor.marketplaces.directory(marketplaceId, query).page()).data;
    },
    select: (all) => all.filter(({ companyId, side }) => companyId !== company && (side === wanted || side === "both")),
  });
}
