import { requireValue } from "@kontor/sdk";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Button } from "react-aria-components";
import { useMarketplace } from "../app/marketplace.ts";
import { useKontor, useSession } from "../app/session-provider.tsx";
import { ErrorView, LoadingView, StateFrame } from "../app/state-views.tsx";
import { usePageTitle } from "../app/use-page-title.ts";
import { useText } from "../i18n/use-text.ts";
import { TenderFilters } from "./tender-filters.tsx";
import type { TenderSearch } from "./tender-search.ts";
import { isFiltered } from "./tender-search.ts";
import { TenderTable } from "./tender-table.tsx";

const route = getRouteApi("/tenders");
const pageSize = 50;

/** Tenders of the marketplace; filters and order are the address. */
export function TenderListPage() {
  const t = useText();
  const search = route.useSearch();
  const marketplace = useMarketplace();
  usePageTitle(t("shell.nav.tenders"));
  return (
    <div className="space-y-4">
      <h1 className="text-24">{t("shell.nav.tenders")}</h1>
      <TenderFilters search={search} />
      {marketplace === null ? null : <TenderList marketplaceId={marketplace.marketplaceId} search={search} />}
    </div>
  );
}

function TenderList({ marketplaceId, search }: { readonly marketplaceId: string; readonly search: TenderSearch }) {
  const t = useText();
  const found = useTenders(marketplaceId, search);
  if (found.isPending) return <LoadingView rows={10} />;
  if (found.isError) return <ErrorView error={found.error} onRetry={() => void found.refetch()} />;
  const tenders = found.data.pages.flatMap(({ data }) => data);
  if (tenders.length === 0) return <NoTenders search={search} />;
  return (
    <>
      <TenderTable tenders={tenders} caption={t("shell.nav.tenders")} />
      {found.hasNextPage ? (
        <Button
          className="button button-quiet"
          isPending={found.isFetchingNextPage}
          onPress={() => void found.fetchNextPage()}
        >
          {t("tenders.more")}
        </Button>
      ) : null}
    </>
  );
}

function useTenders(marketplaceId: string, search: TenderSearch) {
  const kontor = useKontor();
  const { company } = useSession();
  const { q, phase, direction, takingPart, owner, sort } = search;
  const query = {
    limit: pageSize,
    ...(q === undefined ? {} : { q }),
    ...(phase === undefined ? {} : { phase: [phase] }),
    ...(direction === undefined ? {} : { direction }),
    ...(takingPart === undefined ? {} : { takingPart }),
    ...(owner === undefined ? {} : { owner }),
    ...(sort === undefined ? {} : { sort }),
  };
  return useInfiniteQuery({
    queryKey: ["tenders", company, marketplaceId, query],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => requireValue(await kontor.tenders.list(marketplaceId, query).page(pageParam)),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

function NoTenders({ search }: { readonly search: TenderSearch }) {
  const t = useText();
  if (!isFiltered(search)) return <StateFrame title={t("tenders.none")} text={t("tenders.none_text")} />;
  return (
    <StateFrame title={t("tenders.none_found")} text={t("tenders.none_found_text")}>
      <Link to="/tenders" search={({ m }) => (m === undefined ? {} : { m })} className="text-brand underline">
        {t("tenders.clear")}
      </Link>
    </StateFrame>
  );
}
