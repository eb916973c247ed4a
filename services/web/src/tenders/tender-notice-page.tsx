import { requireValue } from "@kontor/sdk";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useKontor, useSession } from "../app/session-provider.tsx";
import { ErrorView, LoadingView } from "../app/state-views.tsx";
import { usePageTitle } from "../app/use-page-title.ts";
import { useText } from "../i18n/use-text.ts";
import { NoticeAmendments } from "./notice-amendments.tsx";
import { NoticeHeader } from "./notice-header.tsx";
import { NoticeLots } from "./notice-lots.tsx";
import { NoticeQuestions } from "./notice-questions.tsx";
import { NoticeTimes } from "./notice-times.tsx";

const route = getRouteApi("/tenders/$tenderId");

/** A tender on one page: what, how much, when, the lots, questions and what was changed. */
export function TenderNoticePage() {
  const t = useText();
  const { tenderId } = route.useParams();
  const kontor = useKontor();
  const { company } = useSession();
  const found = useQuery({
    queryKey: ["tender", company, tenderId],
    queryFn: async () => requireValue(await kontor.tenders.get(tenderId)),
  });
  usePageTitle(found.data?.view.title ?? t("tenders.tender"));
  if (found.isPending) return <LoadingView rows={10} />;
  if (found.isError) return <ErrorView error={found.error} onRetry={() => void found.refetch()} />;
  const { view, own } = found.data;
  return (
    <article className="space-y-8">
      <NoticeHeader view={view} ownState={own?.state} />
      <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0 space-y-8">
          <NoticeLots view={view} />
          <NoticeQuestions view={view} />
          <NoticeAmendments view={view} />
        </div>
        <NoticeTimes view={view} />
      </div>
    </article>
  );
}
