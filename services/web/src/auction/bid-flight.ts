import type { CommandReceipt, OwnLotView, Problem } from "@kontor/protocol";
import type { CommandOutcome } from "@kontor/sdk";

/** What a bidder types, and the key under which that amount will be sent, however often he presses. */
export type Draft = { readonly text: string; readonly key: string };

/** A bid on its way or answered. `price` is the decimal that was sent, `sentAt` the server's time in milliseconds. */
export type Flight = {
  readonly key: string;
  readonly price: string;
  readonly sentAt: number;
  readonly validUntil: string;
  readonly answer:
    | { readonly kind: "sending" }
    /** Nothing came back in time: it is being asked for by its key. */
    | { readonly kind: "unknown" }
    | { readonly kind: "accepted"; readonly at: string; readonly bidId: string | null; readonly endsAt: string | null }
    | { readonly kind: "rejected"; readonly problem: Problem };
};

export type Bidding = {
  readonly draft: Draft;
  /** The latest bid; null before the first. */
  readonly flight: Flight | null;
  /** The latest one that was accepted, kept while a later one is on its way or refused. */
  readonly lastAccepted: Flight | null;
};

export type BiddingEvent =
  | { readonly type: "edited"; readonly text: string; readonly newKey: string }
  | { readonly type: "sent"; readonly price: string; readonly sentAt: number; readonly validUntil: string }
  | { readonly type: "silent"; readonly key: string }
  | { readonly type: "answered"; readonly key: string; readonly outcome: CommandOutcome; readonly newKey: string };

export function newBidding(key: string): Bidding {
  return { draft: { text: "", key }, flight: null, lastAccepted: null };
}

export function isPending({ flight }: Bidding): boolean {
  return flight?.answer.kind === "sending" || flight?.answer.kind === "unknown";
}

export function biddingAfter(bidding: Bidding, event: BiddingEvent): Bidding {
  switch (event.type) {
    case "edited":
      return event.text === bidding.draft.text
        ? bidding
        : { ...bidding, draft: { text: event.text, key: event.newKey } };
    case "sent":
      return sent(bidding, event);
    case "silent":
      return { ...bidding, flight: silenced(bidding.flight, event.key) };
    case "answered":
      return answered(bidding, event);
  }
}

/** A second press while the first is under way changes nothing: it is the same bid. */
function sent(bidding: Bidding, { price, sentAt, validUntil }: Extract<BiddingEvent, { type: "sent" }>): Bidding {
  if (isPending(bidding)) return bidding;
  const { key } = bidding.draft;
  return { ...bidding, flight: { key, price, sentAt, validUntil, answer: { kind: "sending" } } };
}

function silenced(flight: Flight | null, key: string): Flight | null {
  if (flight === null || flight.key !== key || flight.answer.kind !== "sending") return flight;
  return { ...flight, answer: { kind: "unknown" } };
}

function answered(bidding: Bidding, event: Extract<BiddingEvent, { type: "answered" }>): Bidding {
  const { flight, draft } = bidding;
  if (flight === null || flight.key !== event.key || !isPending(bidding)) return bidding;
  const { outcome } = event;
  if (!outcome.ok && outcome.problem.code === "outcome_unknown")
    return { ...bidding, flight: silenced(flight, event.key) };
  // What the next press sends is another bid, unless the amount was edited meanwhile and so has a key of its own.
  const nextDraft = draft.key === event.key ? { text: outcome.ok ? "" : draft.text, key: event.newKey } : draft;
  if (!outcome.ok) {
    const rejected: Flight = { ...flight, answer: { kind: "rejected", problem: outcome.problem } };
    return { ...bidding, draft: nextDraft, flight: rejected };
  }
  const accepted: Flight = { ...flight, answer: acceptedBy(outcome.receipt) };
  return { draft: nextDraft, flight: accepted, lastAccepted: accepted };
}

function acceptedBy({ at, result }: CommandReceipt): Flight["answer"] {
  const textOf = (member: unknown): string | null => (typeof member === "string" ? member : null);
  return { kind: "accepted", at, bidId: textOf(result["bidId"]), endsAt: textOf(result["endsAt"]) };
}

/** The words of the line below the form. */
export type BidStatus =
  | "none"
  | "sending"
  | "unknown"
  | "rejected"
  | "accepted"
  | "leading"
  | "tied"
  | "not_leading"
  | "outbid";

/**
 * Where one's latest bid is. Lead and loss are the server's words of the lot, and of this bid alone: until the lot tells
 * of it, the bid is accepted and no more. `hasLed` says whether the lot has called it leading before.
 */
export function statusOf({ flight }: Bidding, own: OwnLotView | undefined, hasLed: boolean): BidStatus {
  if (flight === null) return "none";
  const { answer } = flight;
  if (answer.kind !== "accepted") return answer.kind;
  if (own === undefined || (answer.bidId !== null && own.lastBidId !== answer.bidId)) return "accepted";
  switch (own.standing) {
    case "leading":
      return "leading";
    case "tied":
      return "tied";
    case "behind":
      return hasLed ? "outbid" : "not_leading";
    default:
      return "accepted";
  }
}
