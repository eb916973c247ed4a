import { formatDecimal } from "@kontor/kernel";
import { newId } from "@kontor/sdk";
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import { useKontor, useSession } from "../app/session-provider.tsx";
import { useLive } from "../live/live-provider.tsx";
import type { Bidding, BidStatus } from "./bid-flight.ts";
import { biddingAfter, isPending, newBidding, statusOf } from "./bid-flight.ts";
import { judgePrice } from "./bid-form.ts";
import { bidTermsOf } from "./bid-terms.ts";
import { keepBidding, keptBidding } from "./bidding-memory.ts";
import { needsFreshQuote } from "./connection-state.ts";
import type { BidCarrier } from "./send-bid.ts";
import { askUntilDecided, sendBid, validForMs } from "./send-bid.ts";
import type { Room } from "./use-room.ts";

export type BiddingHandle = {
  readonly bidding: Bidding;
  readonly status: BidStatus;
  readonly pending: boolean;
  /** The required price had changed when an old room asked anew; nothing was sent. Minor units. */
  readonly staleQuote: bigint | null;
  readonly edit: (text: string) => void;
  readonly send: (price: bigint) => void;
};

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** One bidder's bids in one lot: draft, bid under way, answer. Leaving the room does not take a bid back. */
export function useBidding(room: Room): BiddingHandle {
  const { lotId, own, bid, link } = room;
  const kontor = useKontor();
  const { user } = useSession();
  const carrier = useCarrier();
  const who = useMemo(() => ({ lotId, userId: user.id }), [lotId, user.id]);
  const [bidding, tell] = useReducer(
    biddingAfter,
    who,
    (key) => keptBidding(sessionStorage, key) ?? newBidding(newId()),
  );
  const [staleQuote, setStaleQuote] = useState<bigint | null>(null);
  const present = useRef(bidding);
  present.current = bidding;
  useEffect(() => keepBidding(sessionStorage, who, bidding), [who, bidding]);
  useResumedFlight({ lotId, carrier, first: present, tell });
  const hasLed = useHasLed(own?.lastBidId, own?.standing);

  const edit = useCallback((text: string) => {
    setStaleQuote(null);
    tell({ type: "edited", text, newKey: newId() });
  }, []);
  const send = async (price: bigint): Promise<void> => {
    if (isPending(present.current)) return;
    if (needsFreshQuote(link.level)) {
      const read = await kontor.lots.get(lotId);
      const fresh = read.ok ? bidTermsOf({ ...read.value, own: read.value.own, terms: room.terms }) : null;
      if (fresh !== null && judgePrice(price, fresh).kind !== "fits") return setStaleQuote(fresh.required);
      if (isPending(present.current)) return;
    }
    const { key } = present.current.draft;
    const validUntil = new Date(room.serverNow() + validForMs).toISOString();
    const text = formatDecimal(price, bid.scale);
    tell({ type: "sent", price: text, sentAt: room.serverNow(), validUntil });
    const outcome = await sendBid(carrier, {
      lotId,
      price: text,
      key,
      validUntil,
      signal: new AbortController().signal,
      onSilence: () => tell({ type: "silent", key }),
    });
    tell({ type: "answered", key, outcome, newKey: newId() });
  };
  const status = statusOf(bidding, own, hasLed);
  return { bidding, status, pending: isPending(bidding), staleQuote, edit, send: (price) => void send(price) };
}

function useCarrier(): BidCarrier {
  const live = useLive();
  const kontor = useKontor();
  return useMemo(
    () => ({
      overSocket: (command, options) => live.client.command(command, options),
      overHttp: kontor.command,
      wait,
    }),
    [live, kontor],
  );
}

type Resumed = {
  readonly lotId: string;
  readonly carrier: BidCarrier;
  readonly first: { readonly current: Bidding };
  readonly tell: (event: Parameters<typeof biddingAfter>[1]) => void;
};

/** A bid that was under way when the page was loaded anew is asked for by its key. */
function useResumedFlight({ lotId, carrier, first, tell }: Resumed): void {
  useEffect(() => {
    const { flight } = first.current;
    if (flight === null || !isPending(first.current)) return;
    const gone = new AbortController();
    const { key, price, validUntil } = flight;
    tell({ type: "silent", key });
    const ask = async (): Promise<void> => {
      const onSilence = (): void => undefined;
      const outcome = await askUntilDecided(carrier, { lotId, price, key, validUntil, onSilence, signal: gone.signal });
      if (!gone.signal.aborted) tell({ type: "answered", key, outcome, newKey: newId() });
    };
    void ask();
    return () => gone.abort();
  }, [lotId, carrier, first, tell]);
}

/** Whether the lot has called the present bid leading. */
function useHasLed(bidId: string | undefined, standing: string | undefined): boolean {
  const led = useRef<string | undefined>(undefined);
  if (standing === "leading") led.current = bidId;
  return bidId !== undefined && led.current === bidId;
}
