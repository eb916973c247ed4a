import type { CataloguePage, PriceAnswer } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useKontor, useSession } from "../app/session-provider.tsx";
import { useLocale } from "../i18n/use-text.ts";
import type { CatalogueSearch } from "./catalogue-search.ts";
import { queryOf } from "./catalogue-search.ts";

export type Hit = CataloguePage["data"][number];

/** Schemes, classes and attributes change seldom. */
const settledMs = 300_000;
const attributesMax = 8;

/** The scheme that the tree of classes is of: the chosen class's, else the marketplace's first. */
export function useScheme(marketplaceId: string, search: CatalogueSearch) {
  const kontor = useKontor();
  const found = useQuery({
    queryKey: ["class-schemes", marketplaceId],
    staleTime: settledMs,
    queryFn: async () => requireValue(await kontor.classes.schemes(marketplaceId).page()).data,
  });
  const chosen = search.in?.split("=")[0];
  return { isPending: found.isPending, scheme: chosen ?? found.data?.[0]?.scheme };
}

/** The chosen class with those above it, and its attributes that one can filter by; null where none is chosen. */
export function useChosenClass(marketplaceId: string, search: CatalogueSearch) {
  const kontor = useKontor();
  const { in: chosen } = search;
  return useQuery({
    queryKey: ["class", marketplaceId, chosen ?? null],
    staleTime: settledMs,
    queryFn: async () => {
      if (chosen === undefined) return null;
      const [scheme = "", code = ""] = chosen.split("=");
      const key = { marketplaceId, scheme, code };
      const [detail, { attributes }] = await Promise.all([
        kontor.classes.get(key).then(requireValue),
        kontor.classes.attributes(key).then(requireValue),
      ]);
      return { detail, attributes: attributes.filter(({ filterable }) => filterable).slice(0, attributesMax) };
    },
  });
}

export type Listing = {
  readonly marketplaceId: string;
  readonly search: CatalogueSearch;
  readonly scheme: string | undefined;
  readonly attributes: readonly string[];
  readonly isReady: boolean;
};

/** The hits for an address, page after page; what is on the screen stays until the next answer. */
export function useHits({ marketplaceId, search, scheme, attributes, isReady }: Listing) {
  const kontor = useKontor();
  const { company } = useSession();
  const language = useLocale();
  const query = queryOf({ search, language, scheme, attributes });
  return useInfiniteQuery({
    queryKey: ["catalogue", company, marketplaceId, query],
    enabled: isReady,
    placeholderData: keepPreviousData,
    initialPageParam: "",
    getNextPageParam: ({ next }: CataloguePage) => next,
    queryFn: async ({ pageParam }) => {
      const cursor = pageParam === "" ? {} : { cursor: pageParam };
      return requireValue(await kontor.search.find(marketplaceId, { ...query, ...cursor }));
    },
  });
}

/** Where the shown prices are from, by offer; empty until the server has said. */
export function usePriceSources(marketplaceId: string, hits: readonly Hit[]): ReadonlyMap<string, PriceAnswer> {
  const kontor = useKontor();
  const { company } = useSession();
  const lines = hits.flatMap(({ offerId, least, from }) =>
    least === undefined || from === undefined ? [] : [{ offerId, quantity: least.quantity, unit: least.unit }],
  );
  const { data } = useQuery({
    queryKey: ["price-sources", company, marketplaceId, lines],
    enabled: lines.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const asked: Promise<{ readonly lines: readonly PriceAnswer[] }>[] = [];
      for (let at = 0; at < lines.length; at += 200)
        asked.push(kontor.prices.lines(marketplaceId, { lines: lines.slice(at, at + 200) }).then(requireValue));
      return (await Promise.all(asked)).flatMap((answer) => answer.lines);
    },
  });
  return new Map((data ?? []).map((answer) => [answer.offerId, answer]));
}

/** Names of the marketplace's vendors by id, as the catalogue's own count of them tells them. */
export function useVendorNames(marketplaceId: string): (vendorId: string) => string {
  const kontor = useKontor();
  const { company } = useSession();
  const { data } = useQuery({
    queryKey: ["vendor-names", company, marketplaceId],
    staleTime: settledMs,
    queryFn: async () =>
      requireValue(await kontor.search.find(marketplaceId, { facet: ["vendor"], top: 100, limit: 1 })).facets[0],
  });
  const names = new Map((data?.values ?? []).map(({ value, label }) => [value, label]));
  return (vendorId) => names.get(vendorId) ?? vendorId.slice(0, 8);
}

/** The text in a language, else in English, else in any. */
export function labelIn(labels: Readonly<Record<string, string>>, language: string): string {
  return labels[language] ?? labels["en"] ?? Object.values(labels)[0] ?? "";
}
