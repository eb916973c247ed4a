import type { Micros } from "@kontor/kernel";
import type { Direction, LotRules, TenderRejectionCode } from "@kontor/protocol";
import type { Limits, Window } from "./limits.ts";
import { smaller } from "./limits.ts";
import type { StepRule } from "./steps.ts";
import type { BidOrder } from "./ties.ts";

export type Bidder = { readonly companyId: string; readonly alias: number };

export type LiveSetup = {
  readonly tenderId: string;
  readonly lotId: string;
  readonly rules: LotRules;
  readonly direction: Direction;
  /** 64 hex digits, committed before the opening: random ends and draws come from it. */
  readonly secret: string;
  readonly opensAt: Micros;
  /** The announced end; null: the clock starts at the first bid. A random end is drawn on top of it. */
  readonly endsAt: Micros | null;
  readonly bidders: readonly Bidder[];
  /** Bids of the lot's aborted auctions: their numbers are not used again in ids. */
  readonly bidsBefore?: number;
};

export function bidIdOf({ lotId, bidsBefore = 0 }: Pick<LiveSetup, "lotId" | "bidsBefore">, number: number): string {
  return `${lotId}-b${bidsBefore + number}`;
}

/** Bids of the lot so far, those of its aborted auctions among them. */
export function bidsUntil({ setup, book }: Pick<LiveAuction, "setup" | "book">): number {
  return (setup.bidsBefore ?? 0) + book.bids.length;
}

const zero = "0".charCodeAt(0);

/** The number at the end of a bid's id, which counts the lot's aborted auctions too. Ids of anything else have one too. */
export function bidNumberOf(bidId: string): number {
  let number = 0;
  let place = 1;
  for (let at = bidId.length - 1; at >= 0; at--) {
    const digit = bidId.charCodeAt(at) - zero;
    if (!(digit >= 0 && digit <= 9)) break;
    number += digit * place;
    place *= 10;
  }
  return number;
}

/** Lots keep a great many of them: what follows from the rest, such as the id (`bidIdOf`), is not kept. */
export type Bid = {
  /** From 1, in order of acceptance; voided ones keep theirs. */
  readonly number: number;
  readonly companyId: string;
  readonly userId: string;
  /** What the bidder offered, minor units: his price, or his maximum where the format takes one. */
  readonly offer: bigint;
  /** The price that the public saw for this bid when it was accepted. */
  readonly shown: bigint;
  readonly at: Micros;
  readonly source: "live" | "initial" | "buy_now";
};

/** All bids and who stands where. */
export type Book = {
  readonly bids: Bid[];
  readonly voided: Set<number>;
  readonly ofCompany: Map<string, Bid[]>;
  /** The latest valid bid of every bidder, best first. */
  readonly order: Bid[];
  readonly current: Map<string, Bid>;
  /** The leader's price as it stands; null without a leader. */
  shown: bigint | null;
};

export type LiveClock = {
  /** The announced end with all extensions; null until the first bid starts the clock. */
  ends: Micros | null;
  /** The same without what bids have added. */
  planned: Micros | null;
  pausedAt: Micros | null;
  endedAt: Micros | null;
  extensions: number;
  /** How far the drawn end lies beyond the announced one; 0 unless the end is random. */
  readonly delay: Micros;
};

/** The part of a lot's rules that is read as written. */
export type PlainRules = Omit<LotRules, "stepMin" | "stepMax">;

/** A lot's rules with every amount in minor units. */
export type CompiledRules = PlainRules & {
  readonly limits: Limits;
  readonly stepMin: StepRule;
  readonly stepMax: StepRule | null;
  readonly front: bigint;
  readonly back: bigint;
  readonly reservePrice: bigint | null;
  readonly buyNow: bigint | null;
};

export type Offer = { readonly companyId: string; readonly price: bigint };

/** The first relative rule that an offer breaks, and the bound that it crossed. */
export type Objection = { readonly code: TenderRejectionCode; readonly limit?: bigint; readonly rule?: string };

/** Rivals whose prices something tells. */
export type Rivals = "none" | "leader" | "any";

/**
 * Whose prices the windows tell: by the edges that steps give them, by the gap that buffers leave around the leader, and
 * by the prices that are taken where ties are forbidden.
 */
type Told = { readonly steps: Rivals; readonly buffers: Rivals; readonly gaps: Rivals };

/** What one live format decides; everything else is shared. */
export type Format = {
  /** 1n: the highest offer wins; -1n: the lowest. */
  readonly sign: 1n | -1n;
  /** Rules that the format sets whatever the lot says. */
  readonly fixed: Partial<LotRules>;
  /** Offers are secret maxima; the leader may raise his at any time. */
  readonly takesMaximum: boolean;
  readonly objectionTo: (auction: LiveAuction, offer: Offer) => Objection | null;
  /** Offers that the relative rules leave to a company (null: to a newcomer), the preferred window first. */
  readonly windowsFor: (auction: LiveAuction, companyId: string | null) => readonly Window[];
  /** Whose prices those windows follow under these rules, so that naming them, or refusing what is outside, tells them. */
  readonly tells: (rules: PlainRules) => Told;
  /** The shown price once `bid` joins the book; depends on the order of bids, so a void replays them all. */
  readonly shownAfter: ((rules: CompiledRules, book: Book, bid: BidDraft) => bigint) | null;
};

export type BidDraft = Pick<Bid, "companyId" | "offer" | "source">;

export type LiveAuction = {
  readonly setup: LiveSetup;
  readonly rules: CompiledRules;
  readonly format: Format;
  readonly before: BidOrder;
  readonly aliases: Map<string, number>;
  book: Book;
  readonly clock: LiveClock;
  /** Raised by every event, so that views know what they were made from. */
  revision: number;
};

/** The company whose offer stands first, and the offer. */
export function leaderOf(auction: LiveAuction): Bid | null {
  return auction.book.order[0] ?? null;
}

/** The price at which a standing bid would be awarded: the leader's as shown, the others' as offered. */
export function standingPrice(book: Book, bid: Bid): bigint {
  return bid === book.order[0] && book.shown !== null ? book.shown : bid.offer;
}

/** The price that all may know of a standing bid: a maximum that leads no more is still its bidder's secret. */
export function publicPrice({ book, format }: Pick<LiveAuction, "book" | "format">, bid: Bid): bigint {
  if (!format.takesMaximum || bid === book.order[0] || book.shown === null) return standingPrice(book, bid);
  // What was shown for the bid may lie above the price of today when a better one was voided since.
  return smaller(bid.shown, book.shown);
}
