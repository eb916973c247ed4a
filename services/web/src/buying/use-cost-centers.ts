import type { CostCenterRecord } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import { useQuery } from "@tanstack/react-query";
import { useMarketplace } from "../app/marketplace.ts";
import { useKontor, useSession } from "../app/session-provider.tsx";

/** The company's cost centres in use; none until they are read. */
export function useCostCenters(): readonly CostCenterRecord[] {
  const kontor = useKontor();
  const { company } = useSession();
  const marketplaceId = useMarketplace()?.marketplaceId;
  const { data = [] } = useQuery({
    queryKey: ["cost-centers", company, marketplaceId],
    staleTime: 300_000,
    enabled: marketplaceId !== undefined,
    queryFn: async () =>
      marketplaceId === undefined
        ? []
        : requireValue(await kontor.buying.terms.costCenters.list(marketplaceId).page()).data,
  });
  return data.filter(({ active }) => active);
}
