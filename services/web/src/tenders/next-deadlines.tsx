import { requireValue } from "@kontor/sdk";
import { useQuery } from "@tanstack/react-query";
import { useKontor, useSession } from "../app/session-provider.tsx";
import { ErrorView, LoadingView } from "../app/state-views.tsx";
import { useText } from "../i18n/use-text.ts";
import { TenderTable } from "./tender-table.tsx";

const shownMax = 8;

/** Tenders that still take questions, prices or bids, the next deadline first. */
export function NextDeadlines({ marketplaceId }: { readonly marketplaceId: string }) {
  const t = useText();
  const kontor = useKontor();
  const { company } = useSession();
  const tenders = useQuery({
    queryKey: ["next-deadlines", company, marketplaceId],
    queryFn: async () => {
      const phase = ["enquiries", "submission", "waiting", "auction"] as const;
      const query = { phase: [...phase], sort: "deadline" as const, limit: shownMax };
      return requireValue(await kontor.tenders.list(marketplaceId, query).page());
    },
  });
  return (
    <section aria-labelledby="next-deadlines">
      <h2 id="next-deadlines" className="mb-2 text-16">
        {t("tenders.next")}
      </h2>
      {tenders.isPending ? <LoadingView rows={shownMax} /> : null}
      {tenders.isError ? <ErrorView error={tenders.error} onRetry={() => void tenders.refetch()} /> : null}
      {tenders.data?.data.length === 0 ? <p className="text-muted">{t("tenders.next_none")}</p> : null}
      {tenders.data === undefined || tenders.data.data.length === 0 ? null : (
        <TenderTable tenders={tenders.data.data} caption={t("tenders.next")} />
      )}
    </section>
  );
}
