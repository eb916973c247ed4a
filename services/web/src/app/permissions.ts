import type { OwnPermission } from "@kontor/sdk";
import { requireValue } from "@kontor/sdk";
import { useQuery } from "@tanstack/react-query";
import { useMarketplace } from "./marketplace.ts";
import { useKontor, useSession } from "./session-provider.tsx";

export type May = (action: string, as?: OwnPermission["as"][number]) => boolean;

/** What the acting company or office may do in the present marketplace; nothing until the server has said. */
export function useMay(): May {
  const kontor = useKontor();
  const { company } = useSession();
  const marketplaceId = useMarketplace()?.marketplaceId;
  const { data = [] } = useQuery({
    queryKey: ["permissions", company, marketplaceId],
    staleTime: 60_000,
    queryFn: async () => requireValue(await kontor.me.permissions(marketplaceId)),
  });
  return (action, as) => data.some((one) => one.action === action && (as === undefined || one.as.includes(as)));
}
