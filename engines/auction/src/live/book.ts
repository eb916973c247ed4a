import type { Bid, BidDraft, Book, LiveAuction } from "./live-state.ts";
import { bidIdOf, bidNumberOf } from "./live-state.ts";
import { leave, stand } from "./standings.ts";

export function emptyBook(): Book {
  return { bids: [], voided: new Set(), ofCompany: new Map(), order: [], current: new Map(), shown: null };
}

/** A book to try withdrawals on; bids themselves are shared, for they never change. */
export function trialBook(book: Book): Book {
  return { ...book, voided: new Set(book.voided), order: [...book.order], current: new Map(book.current) };
}

/** The leader's price once the draft stands; null where that is simply his offer. */
export function shownAfter({ format, rules, book }: LiveAuction, draft: BidDraft): bigint | null {
  return format.shownAfter === null ? null : format.shownAfter(rules, book, draft);
}

/** Writes an accepted bid down and lets its bidder stand by it. */
export function enter(auction: LiveAuction, bid: Bid): void {
  record(auction.book, bid);
  standBy(auction, bid);
}

/** Writes a bid down that was voided since. */
export function enterVoided(auction: LiveAuction, bid: Bid): void {
  record(auction.book, bid);
  auction.book.voided.add(bid.number);
}

function record(book: Book, bid: Bid): void {
  book.bids.push(bid);
  const own = book.ofCompany.get(bid.companyId);
  if (own === undefined) book.ofCompany.set(bid.companyId, [bid]);
  else own.push(bid);
}

function standBy(auction: LiveAuction, bid: Bid): void {
  const { book, before } = auction;
  const shown = shownAfter(auction, bid);
  stand(book, bid, before);
  book.shown = shown ?? book.order[0]?.offer ?? null;
}

/** Takes a bid out and recomputes who stands where from what remains, in the order in which it came. */
export function withdraw(auction: LiveAuction, bid: Bid): void {
  const { book, before, format } = auction;
  book.voided.add(bid.number);
  if (format.shownAfter !== null) {
    replay(auction);
    return;
  }
  if (book.current.get(bid.companyId) !== bid) return;
  leave(book, bid.companyId, before);
  const remaining = book.ofCompany.get(bid.companyId)?.findLast(({ number }) => !book.voided.has(number));
  if (remaining !== undefined) stand(book, remaining, before);
  book.shown = book.order[0]?.offer ?? null;
}

function replay(auction: LiveAuction): void {
  const { book } = auction;
  book.order.length = 0;
  book.current.clear();
  book.shown = null;
  for (const bid of book.bids) if (!book.voided.has(bid.number)) standBy(auction, bid);
}

export function bidById({ book, setup }: LiveAuction, bidId: string): Bid | null {
  const bid = book.bids[bidNumberOf(bidId) - (setup.bidsBefore ?? 0) - 1];
  return bid !== undefined && bidIdOf(setup, bid.number) === bidId ? bid : null;
}

export function validBids(book: Book): number {
  return book.bids.length - book.voided.size;
}

export function reserveMet({ rules, format, book }: LiveAuction): boolean {
  if (book.shown === null) return false;
  if (rules.reservePrice === null) return true;
  return format.sign === 1n ? book.shown >= rules.reservePrice : book.shown <= rules.reservePrice;
}
