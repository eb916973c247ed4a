import { requireValue } from "@kontor/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useKontor, useSession } from "../app/session-provider.tsx";
import { ErrorView, LoadingView } from "../app/state-views.tsx";
import { useText } from "../i18n/use-text.ts";
import { PhaseWord } from "../tenders/phase-word.tsx";

const listedMax = 30;

type OwnTendersProps = {
  readonly marketplaceId: string;
  readonly isSending: boolean;
  readonly onCopy: (tenderId: string) => Promise<void>;
};

/** Tenders of one's company: drafts to go on with, all to copy. */
export function OwnTenders({ marketplaceId, isSending, onCopy }: OwnTendersProps) {
  const t = useText();
  const kontor = useKontor();
  const { company } = useSession();
  const found = useQuery({
    queryKey: ["tenders", company, marketplaceId, "own"],
    queryFn: async () =>
      requireValue(await kontor.tenders.list(marketplaceId, { owner: "me", limit: listedMax }).page()).data,
  });
  if (found.isPending) return <LoadingView rows={5} />;
  if (found.isError) return <ErrorView error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <section aria-labelledby="own" className="space-y-2">
      <h2 id="own" className="text-16">
        {t("buyer.own")}
      </h2>
      {found.data.length === 0 ? <p className="text-muted">{t("buyer.own.none")}</p> : null}
      <ul>
        {found.data.map(({ tenderId, title, phase }) => (
          <li key={tenderId} className="space-y-1 border-b border-line py-2">
            <bdi className="block">{title}</bdi>
            <div className="flex flex-wrap items-center justify-between gap-2 text-13">
              <PhaseWord phase={phase} />
              <span className="flex items-center gap-4">
                {phase === "draft" ? (
                  <Link to="/tenders/$tenderId/edit" params={{ tenderId }} className="text-brand underline">
                    {t("buyer.own.continue")}
                  </Link>
                ) : null}
                <button
                  type="button"
                  className="cursor-pointer py-1 text-brand underline disabled:opacity-60"
                  disabled={isSending}
                  onClick={() => void onCopy(tenderId)}
                >
                  {t("buyer.own.copy")}
                </button>
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
