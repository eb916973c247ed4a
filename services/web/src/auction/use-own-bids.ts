import { requireValue } from "@kontor/sdk";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useKontor, useSession } from "../app/session-provider.tsx";
import { msOf } from "./room-state.ts";
import type { Room } from "./use-room.ts";

/** One of one's company's bids, as the record has it. */
export type OwnBid = {
  readonly bidId: string;
  readonly price: string;
  readonly maximum: string | undefined;
  readonly at: number;
  readonly voided: boolean;
};

const shownMax = 50;

/** One's own bids of the lot, the newest first. The record is a moment behind the room; it is read anew with every bid. */
export function useOwnBids({ lotId, own, audience }: Room): readonly OwnBid[] {
  const kontor = useKontor();
  const { company } = useSession();
  const { data } = useQuery({
    queryKey: ["own-bids", company, lotId, own?.bidCount ?? 0, own?.lastBidId ?? ""],
    enabled: audience === "bidder" && (own?.bidCount ?? 0) > 0,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (hasBid(query.state.data, own?.lastBidId) ? false : 1_000),
    queryFn: async (): Promise<readonly OwnBid[]> => {
      const page = requireValue(await kontor.lots.bids(lotId, { limit: shownMax }).page());
      return page.data
        .filter((bid) => bid.own)
        .map(({ bidId, price, maximum, at, voided }) => ({ bidId, price, maximum, at: msOf(at) ?? 0, voided }))
        .sort((a, b) => b.at - a.at);
    },
  });
  return data ?? [];
}

function hasBid(bids: readonly OwnBid[] | undefined, bidId: string | undefined): boolean {
  return bids !== undefined && (bidId === undefined || bids.some((one) => one.bidId === bidId));
}
