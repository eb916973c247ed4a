import type { LotView, OwnLotView, Problem, TenderView } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import { useKontor, useSession } from "../app/session-provider.tsx";
import { useLive } from "../live/live-provider.tsx";
import { useConnection } from "../live/use-connection.ts";
import { useStream } from "../live/use-stream.ts";
import type { BidTerms, ShownLotTerms } from "./bid-terms.ts";
import { bidTermsOf } from "./bid-terms.ts";
import type { ConnectionLevel } from "./connection-state.ts";
import { connectionLevel } from "./connection-state.ts";
import type { Audience, RoomState } from "./room-state.ts";
import { roomStateOf } from "./room-state.ts";
import { useTick } from "./use-tick.ts";

/** Everything that the parts of the room draw. */
export type Room = {
  readonly lotId: string;
  readonly view: LotView;
  readonly own: OwnLotView | undefined;
  readonly tender: TenderView | null;
  readonly terms: ShownLotTerms | undefined;
  readonly audience: Audience;
  readonly state: RoomState;
  readonly bid: BidTerms;
  readonly link: RoomLink;
  /** The server's time now, UTC milliseconds. */
  readonly serverNow: () => number;
};

export type RoomLink = {
  readonly level: ConnectionLevel;
  readonly ageMs: number | null;
  readonly roundTripMs: number | null;
  readonly clockErrorMs: number | null;
};

export type RoomFound =
  | { readonly kind: "loading" }
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: "room"; readonly room: Room };

const lookEveryMs = 500;
const tenderIdLength = 36;

export function useRoom(lotId: string): RoomFound {
  const tenderId = lotId.slice(0, tenderIdLength);
  const lot = useStream(`lot:${lotId}`);
  const { view: tender } = useStream(`tender:${tenderId}`);
  const { company } = useSession();
  const mayBid = useMayBid(tender?.marketplaceId);
  const link = useRoomLink(lot.problem !== null);
  const live = useLive();
  const serverNow = useCallback((): number => live.client.serverNow(), [live]);
  const { view, problem } = lot;
  if (view === null) return problem === null ? { kind: "loading" } : { kind: "refused", problem };
  const own = lot.own ?? undefined;
  const terms = tender?.lots[lotId]?.terms;
  const audience = audienceOf(own, tender?.ownerCompanyId === company);
  const state = roomStateOf({ view, own, audience, nowMs: serverNow(), connection: link.level, mayBid });
  const bid = bidTermsOf({ view, own, terms });
  return { kind: "room", room: { lotId, view, own, tender, terms, audience, state, bid, link, serverNow } };
}

function audienceOf(own: OwnLotView | undefined, isOwner: boolean): Audience {
  if (own !== undefined) return "bidder";
  return isOwner ? "owner" : "public";
}

/** Looked at twice a second, for the age of data decides and not what the socket says of itself. */
function useRoomLink(ended: boolean): RoomLink {
  const live = useLive();
  const connection = useConnection();
  const since = useRef(performance.now());
  useTick(lookEveryMs);
  const { client } = live;
  const ageMs = client.quietMs();
  const waitedMs = performance.now() - since.current;
  const level = connectionLevel({ ageMs, waitedMs, closed: ended || connection === "closed" });
  return { level, ageMs, roundTripMs: client.roundTripMs, clockErrorMs: client.clockErrorMs() };
}

/** True until the server has said otherwise: it judges every bid anyway. */
function useMayBid(marketplaceId: string | undefined): boolean {
  const kontor = useKontor();
  const { company } = useSession();
  const { data } = useQuery({
    queryKey: ["permissions", company, marketplaceId],
    enabled: marketplaceId !== undefined,
    staleTime: 60_000,
    queryFn: async () => requireValue(await kontor.me.permissions(marketplaceId)),
  });
  return data === undefined || data.some(({ action }) => action === "submit_bid");
}
