import type { Marketplace } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useKontor, useSession } from "./session-provider.tsx";
import { useSettings } from "./settings-provider.tsx";

/** How many marketplaces a person can choose from here. */
const listedMax = 100;

/** Marketplaces that one may look into, by name; undefined while they are read. */
export function useMarketplaces() {
  const kontor = useKontor();
  const { company, me } = useSession();
  return useQuery({
    queryKey: ["marketplaces", company],
    staleTime: 60_000,
    queryFn: async () => {
      const { data } = requireValue(await kontor.marketplaces.list({ limit: listedMax }).page());
      const known = new Set([
        ...me.staffRoles.map(({ marketplaceId }) => marketplaceId),
        ...me.companies.flatMap(({ companyId, participations }) =>
          companyId === company ? participations.map(({ marketplaceId }) => marketplaceId) : [],
        ),
      ]);
      return data.filter(({ marketplaceId }) => known.has(marketplaceId));
    },
  });
}

/** The marketplace that screens are about: the address's, else the last one chosen, else the first; null for none. */
export function useMarketplace(): Marketplace | null {
  const { data = [] } = useMarketplaces();
  const { m } = useSearch({ strict: false }) as { readonly m?: string };
  const { marketplace } = useSettings();
  const bySlug = (slug: string | null | undefined) => data.find((one) => one.slug === slug);
  return bySlug(m) ?? bySlug(marketplace) ?? data[0] ?? null;
}

/** Goes over to another marketplace, at its home. */
export function useChooseMarketplace(): (slug: string) => void {
  const { change } = useSettings();
  const navigate = useNavigate();
  return (slug) => {
    change({ marketplace: slug });
    void navigate({ to: "/", search: { m: slug } });
  };
}
