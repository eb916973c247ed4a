import { formatDecimal } from "@kontor/kernel";
import type { OwnLotView } from "@kontor/protocol";
import { phaseOf } from "./clock.ts";
import { nextPrice } from "./limits.ts";
import type { Bid, LiveAuction } from "./live-state.ts";
import { bidIdOf, standingPrice } from "./live-state.ts";
import { admissibleFor } from "./price-answers.ts";
import type { Position } from "./standings.ts";
import { neighboursOf, positionOf } from "./standings.ts";
import { aliasOf } from "./standings-view.ts";
import { rankOf } from "./ties.ts";
import type { Sight } from "./visibility.ts";
import { mayTellPassing } from "./visibility.ts";

type Own = Partial<OwnLotView>;

/** What an own view is made of, amounts in minor units; null is not his to see or not there. */
type Facts = {
  readonly bid: Bid | null;
  readonly price: bigint | null;
  readonly rank: number | null;
  readonly position: Position | "none" | null;
  readonly next: bigint | null;
  readonly bidCount: number;
};
type Made = { readonly facts: Facts; readonly view: Own };
export type OwnMemo = { readonly made: ReadonlyMap<string, Made>; readonly views: ReadonlyMap<string, Own> };

/** The least demanding price that the company, or a newcomer, may offer now. */
export function nextFor(auction: LiveAuction, companyId: string | null): bigint | null {
  return nextPrice(admissibleFor(auction, companyId), auction.format.sign === 1n ? "low" : "high");
}

/** The own part of every bidder; whose facts stayed the same keeps his object. */
export function ownViewsOf(auction: LiveAuction, sight: Sight, last?: OwnMemo): OwnMemo {
  const { book, rules, aliases } = auction;
  const made = new Map<string, Made>();
  const views = new Map<string, Own>();
  const tellsNext = phaseOf(auction.clock) !== "closed" && mayTellPassing(auction);
  const add = (companyId: string, stand: Stand): void => {
    const next = tellsNext ? nextFor(auction, companyId) : null;
    const facts = { ...stand, next, bidCount: bidCountOf(auction, companyId) };
    const known = last?.made.get(companyId);
    const current = known !== undefined && isSame(known.facts, facts) ? known : makeView(auction, companyId, facts);
    made.set(companyId, current);
    views.set(companyId, current.view);
  };
  for (const neighbours of neighboursOf(book.order)) {
    const bid = book.order[neighbours.before] as Bid;
    const rank = sight.rank ? rankOf(rules.tieRule, neighbours) : null;
    const position = sight.standing ? positionOf(rules.tieRule, neighbours) : null;
    // A leader's shown price tells the runner-up's, so without sight of it his own is what he offered.
    const price = sight.best ? standingPrice(book, bid) : bid.offer;
    add(bid.companyId, { bid, price, rank, position });
  }
  const absent: Stand = { bid: null, price: null, rank: null, position: sight.standing ? "none" : null };
  for (const companyId of aliases.keys()) if (!book.current.has(companyId)) add(companyId, absent);
  return { made, views };
}

type Stand = Pick<Facts, "bid" | "price" | "rank" | "position">;

function bidCountOf({ book }: LiveAuction, companyId: string): number {
  const bids = book.ofCompany.get(companyId) ?? [];
  if (book.voided.size === 0) return bids.length;
  return bids.filter(({ number }) => !book.voided.has(number)).length;
}

function isSame(a: Facts, b: Facts): boolean {
  return (
    a.bid === b.bid &&
    a.price === b.price &&
    a.rank === b.rank &&
    a.position === b.position &&
    a.next === b.next &&
    a.bidCount === b.bidCount
  );
}

function makeView(auction: LiveAuction, companyId: string, facts: Facts): Made {
  const { bid, price, rank, position, next, bidCount } = facts;
  const { setup, rules, format } = auction;
  const written = (amount: bigint): string => formatDecimal(amount, rules.priceScale);
  const view: Own = {
    alias: aliasOf(auction, companyId),
    bidCount,
    ...(price === null ? {} : { price: written(price) }),
    ...(bid !== null && format.takesMaximum ? { proxyMaximum: written(bid.offer) } : {}),
    ...(rank === null ? {} : { rank }),
    ...(position === null ? {} : { standing: position }),
    ...(next === null ? {} : { nextPrice: written(next) }),
    ...(bid === null ? {} : { lastBidId: bidIdOf(setup, bid.number) }),
  };
  return { facts, view };
}
