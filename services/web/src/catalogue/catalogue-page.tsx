import { Select } from "@kontor/ui";
import { getRouteApi } from "@tanstack/react-router";
import { useMarketplace } from "../app/marketplace.ts";
import { ErrorView, LoadingView } from "../app/state-views.tsx";
import { usePageTitle } from "../app/use-page-title.ts";
import { useLocale, useText } from "../i18n/use-text.ts";
import type { CatalogueSearch, Sort } from "./catalogue-search.ts";
import { sorts } from "./catalogue-search.ts";
import { FilterPanel } from "./filter-panel.tsx";
import { NoHits } from "./no-hits.tsx";
import { ResultList } from "./result-list.tsx";
import { SearchBox } from "./search-box.tsx";
import { labelIn, useChosenClass, useHits, useScheme } from "./use-catalogue.ts";

const route = getRouteApi("/catalogue");

/** Search in the catalogue of the present marketplace, at one's own prices. */
export function CataloguePage() {
  const t = useText();
  const market = useMarketplace();
  usePageTitle(t("catalogue.title"));
  return (
    <div className="space-y-4">
      <h1 className="text-20">{t("catalogue.title")}</h1>
      {market === null ? (
        <LoadingView rows={8} />
      ) : (
        <Catalogue key={market.marketplaceId} marketplaceId={market.marketplaceId} />
      )}
    </div>
  );
}

function Catalogue({ marketplaceId }: { readonly marketplaceId: string }) {
  const t = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: CatalogueSearch): void => {
    void navigate({ search: ({ m }) => ({ ...next, ...(m === undefined ? {} : { m }) }) });
  };
  const listing = useListing(marketplaceId, search);
  const { found, first, chosen } = listing;
  return (
    <>
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 grow basis-72">
          <SearchBox key={search.q ?? ""} search={search} onSearch={change} />
        </div>
        <div className="w-48">
          <Select
            label={t("catalogue.sort")}
            isLabelHidden
            value={search.sort ?? "relevance"}
            options={sorts.map((id) => ({ id, label: t(`catalogue.sort.${id}`) }))}
            onChange={(id) => change(sorted(search, id))}
          />
        </div>
      </div>
      <div className="gap-6 lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
        <FilterPanel search={search} facets={first?.facets ?? []} chosen={chosen} onChange={change} />
        <section className="min-w-0" aria-label={t("catalogue.results")}>
          {found.isError ? <ErrorView error={found.error} onRetry={() => void found.refetch()} /> : null}
          {first === undefined && !found.isError ? <LoadingView rows={12} /> : null}
          {first?.total === 0 ? <NoHits search={search} onChange={change} /> : null}
          {first === undefined || first.total === 0 ? null : (
            <ResultList
              marketplaceId={marketplaceId}
              total={first.total}
              hits={found.data?.pages.flatMap((page) => page.data) ?? []}
              isStale={found.isPlaceholderData}
              isMorePending={found.isFetchingNextPage}
              onMore={found.hasNextPage ? () => void found.fetchNextPage() : undefined}
            />
          )}
        </section>
      </div>
    </>
  );
}

function useListing(marketplaceId: string, search: CatalogueSearch) {
  const language = useLocale();
  const { scheme, isPending } = useScheme(marketplaceId, search);
  const chosen = useChosenClass(marketplaceId, search).data;
  const attributes = chosen?.attributes ?? [];
  const found = useHits({
    marketplaceId,
    search,
    scheme,
    attributes: attributes.map(({ attribute }) => attribute),
    isReady: !isPending && (search.in === undefined || chosen !== undefined),
  });
  const labels = new Map(
    attributes.map(({ attribute, labels }) => [`attribute:${attribute}`, labelIn(labels, language)]),
  );
  const path = (chosen?.detail.path ?? []).concat(chosen === null || chosen === undefined ? [] : [chosen.detail]);
  const steps = path.map(({ scheme, code, labels }) => ({
    choice: `${scheme}=${code}`,
    label: labelIn(labels, language),
  }));
  return { found, first: found.data?.pages[0], chosen: { scheme, steps, labels } };
}

function sorted({ sort: _, ...rest }: CatalogueSearch, id: string | null): CatalogueSearch {
  const sort = sorts.find((name) => name === id) as Sort | undefined;
  return sort === undefined || sort === "relevance" ? rest : { ...rest, sort };
}
