import { newId } from "@kontor/sdk";
import { useRef, useState } from "react";
import { useStream } from "../live/use-stream.ts";
import type { Market } from "./market.ts";
import { useAccount } from "./market.ts";
import type { Flight } from "./order-flight.ts";
import { DraftKey } from "./order-flight.ts";
import type { TicketDraft } from "./ticket.ts";
import { edited, emptyDraft, orderCommand } from "./ticket.ts";
import type { TicketView } from "./ticket-view.ts";
import { ticketView } from "./ticket-view.ts";
import { useFly } from "./trading.ts";
import { useSampled } from "./use-paced.ts";

/** The book as the ticket counts with it is this old at most. */
const lookEveryMs = 250;
/** Names this page's connection to the venue, for orders that end with it. */
const session = 1 + ((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 2_147_483_646);

export type Ticket = {
  readonly draft: TicketDraft;
  readonly view: TicketView;
  readonly flight: Flight | null;
  readonly endsWithConnection: boolean;
  readonly setEndsWithConnection: (ends: boolean) => void;
  readonly edit: (change: Partial<TicketDraft>) => void;
  readonly send: () => Promise<void>;
};

/** The order in the making: what was typed, what would come of it, and where it is once sent. */
export function useTicket(market: Market): Ticket {
  const { grid, phase, record, book, instrumentId } = market;
  const account = useAccount(instrumentId);
  const quote = useStream(`quote:${instrumentId}`).view;
  const status = useStream(`status:${instrumentId}`).view;
  const look = useSampled(() => ({ bids: book?.bids ?? [], asks: book?.asks ?? [] }), lookEveryMs);
  const [draft, setDraft] = useState<TicketDraft>(emptyDraft);
  const [flight, setFlight] = useState<Flight | null>(null);
  const [endsWithConnection, setEndsWithConnection] = useState(false);
  const keys = useRef<DraftKey>(null);
  keys.current ??= new DraftKey(newId);
  const key = keys.current;
  const fly = useFly();
  const facts = { last: quote?.last ?? record.last, reference: status?.reference ?? record.reference };
  const view = ticketView(draft, {
    ...look,
    grid,
    terms: record.terms,
    phase,
    facts,
    dayVolume: quote?.volume,
    account,
  });
  const edit = (change: Partial<TicketDraft>): void => {
    const next = edited(draft, change, phase);
    key.of(JSON.stringify(next));
    setDraft(next);
    setFlight((before) => (before !== null && isUndecided(before) ? before : null));
  };
  const send = async (): Promise<void> => {
    if (flight !== null && (flight.state === "sending" || flight.state === "unknown")) return;
    const order = orderCommand(draft, { instrumentId, protectedLimit: view.protectedLimit });
    const command = endsWithConnection ? { ...order, session, cancelOnDisconnect: true } : order;
    const end = await fly({ command, key: key.of(JSON.stringify(draft)) }, setFlight);
    if (end.state === "accepted" || end.state === "rejected") key.renew();
    if (end.state === "accepted") setDraft((before) => ({ ...before, quantity: "", display: "" }));
  };
  return { draft, view, flight, endsWithConnection, setEndsWithConnection, edit, send };
}

function isUndecided({ state }: Flight): boolean {
  return state === "sending" || state === "unknown" || state === "undecided";
}
