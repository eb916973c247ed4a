import { formatDecimal, instantOfMicros } from "@kontor/kernel";
import type { LotView, OwnLotView } from "@kontor/protocol";
import { reserveMet, validBids } from "./book.ts";
import { effectiveEnd, phaseOf, remainingMs } from "./clock.ts";
import { nextPrice } from "./limits.ts";
import type { Bid, LiveAuction } from "./live-state.ts";
import { leaderOf, standingPrice } from "./live-state.ts";
import { admissibleFor } from "./price-answers.ts";
import type { Position } from "./standings.ts";
import { neighboursOf, positionOf } from "./standings.ts";
import { rankOf } from "./ties.ts";
import type { Sight, Sights } from "./visibility.ts";
import { mayTellBounds, sightsOf } from "./visibility.ts";

export type LiveViews = {
  readonly public: Partial<LotView>;
  readonly participant: Partial<LotView>;
  readonly owner: Partial<LotView>;
  readonly own: ReadonlyMap<string, Partial<OwnLotView>>;
};

type Standings = NonNullable<LotView["standings"]>;
type Recent = NonNullable<LotView["recent"]>;
type Own = Partial<OwnLotView>;

const recentMax = 50;

/** The last views of each auction, so that unchanged parts are the same objects again and cost no patch. */
type Memo = {
  readonly revision: number;
  readonly revealed: boolean;
  readonly views: LiveViews;
  readonly standings: Standings;
  readonly recent: Recent;
};
const memos = new WeakMap<LiveAuction, Memo>();

/** What each audience may see; `revealed` once the result is declared, when sealed parts may be shown. */
export function liveViews(auction: LiveAuction, { revealed }: { readonly revealed: boolean } = unrevealed): LiveViews {
  const last = memos.get(auction);
  if (last !== undefined && last.revision === auction.revision && last.revealed === revealed) return last.views;
  const sights = sightsOf(auction.rules, revealed);
  const standings = standingsOf(auction, last?.standings);
  const recent = recentOf(auction, last?.recent);
  const shared = { course: courseOf(auction), bidding: biddingOf(auction, { standings, recent }) };
  const views: LiveViews = {
    public: seenBy(sights.public, shared),
    participant: seenBy(sights.bidder, shared),
    owner: seenBy(sights.owner, shared),
    own: ownViews(auction, sights, last?.views.own),
  };
  memos.set(auction, { revision: auction.revision, revealed, views, standings, recent });
  return views;
}

const unrevealed = { revealed: false };

type Shared = { readonly course: Partial<LotView>; readonly bidding: Bidding };
type Bidding = { readonly best: Partial<LotView>; readonly prices: Partial<LotView>; readonly count: Partial<LotView> };

function seenBy(sight: Sight, { course, bidding }: Shared): Partial<LotView> {
  return {
    ...course,
    ...(sight.best ? bidding.best : {}),
    ...(sight.prices ? bidding.prices : {}),
    ...(sight.count ? bidding.count : {}),
  };
}

/** Clock, extensions and pauses: everybody's to see, but for a random end before it came. */
function courseOf(auction: LiveAuction): Partial<LotView> {
  const { clock, rules, setup } = auction;
  const phase = phaseOf(clock);
  const isUnseen = rules.softClose.variant === "random_end" && phase !== "closed";
  const endsAt = clock.endedAt ?? effectiveEnd(clock);
  return {
    phase,
    opensAt: instantOfMicros(setup.opensAt),
    ...(endsAt === null || isUnseen || phase === "paused" ? {} : { endsAt: instantOfMicros(endsAt) }),
    ...(phase === "paused" && !isUnseen ? { remainingMs: remainingMs(auction, setup.opensAt) } : {}),
    extensions: clock.extensions,
    ...(rules.startPrice === null ? {} : { startPrice: rules.startPrice }),
  };
}

type Lists = { readonly standings: Standings; readonly recent: Recent };

function biddingOf(auction: LiveAuction, lists: Lists): Bidding {
  const { book, rules } = auction;
  const leader = leaderOf(auction);
  const bestPrice = book.shown === null ? null : formatDecimal(book.shown, rules.priceScale);
  const next = phaseOf(auction.clock) === "closed" ? null : nextFor(auction, null);
  return {
    best: {
      ...(bestPrice === null ? {} : { bestPrice }),
      ...(next === null ? {} : { nextPrice: next }),
      ...(rules.reservePrice === null ? {} : { reserveMet: reserveMet(auction) }),
      bidCount: validBids(book),
    },
    prices: { ...(leader === null ? {} : { bestAlias: aliasOf(auction, leader.companyId) }), ...lists },
    count: { bidderCount: book.order.length },
  };
}

/** The least demanding price that the company, or a newcomer, may offer now. */
function nextFor(auction: LiveAuction, companyId: string | null): string | null {
  const price = nextPrice(admissibleFor(auction, companyId), auction.format.sign === 1n ? "low" : "high");
  return price === null ? null : formatDecimal(price, auction.rules.priceScale);
}

function aliasOf({ aliases }: LiveAuction, companyId: string): string {
  return `Bidder #${aliases.get(companyId) ?? 0}`;
}

function standingsOf(auction: LiveAuction, last: Standings = {}): Standings {
  const { book, rules } = auction;
  const standings: Standings = {};
  for (const bid of book.order) {
    const alias = aliasOf(auction, bid.companyId);
    const price = formatDecimal(standingPrice(book, bid), rules.priceScale);
    const at = instantOfMicros(bid.at);
    const known = last[alias];
    standings[alias] = known?.price === price && known.at === at ? known : { price, at };
  }
  return standings;
}

function recentOf(auction: LiveAuction, last: Recent = {}): Recent {
  const { bids, voided } = auction.book;
  const recent: Recent = {};
  for (const bid of bids.slice(-recentMax)) {
    const isVoid = voided.has(bid.number);
    const known = last[bid.number];
    recent[bid.number] =
      known !== undefined && (known.void ?? false) === isVoid ? known : entryOf(auction, bid, isVoid);
  }
  return recent;
}

function entryOf(auction: LiveAuction, bid: Bid, isVoid: boolean): Recent[string] {
  return {
    alias: aliasOf(auction, bid.companyId),
    price: formatDecimal(bid.shown, auction.rules.priceScale),
    at: instantOfMicros(bid.at),
    ...(isVoid ? { void: true } : {}),
  };
}

function ownViews(auction: LiveAuction, sights: Sights, last?: ReadonlyMap<string, Own>): ReadonlyMap<string, Own> {
  const { book, rules } = auction;
  const places = neighboursOf(book.order);
  const own = new Map<string, Own>();
  const add = (companyId: string, view: Own): void => {
    const known = last?.get(companyId);
    own.set(companyId, known !== undefined && sameMembers(known, view) ? known : view);
  };
  book.order.forEach((bid, place) => {
    const neighbours = places[place];
    if (neighbours === undefined) return;
    const position = positionOf(rules.tieRule, neighbours);
    add(bid.companyId, ownView(auction, sights.bidder, { bid, rank: rankOf(rules.tieRule, neighbours), position }));
  });
  for (const companyId of auction.aliases.keys())
    if (!book.current.has(companyId)) add(companyId, idleView(auction, sights.bidder, companyId));
  return own;
}

type Stand = { readonly bid: Bid; readonly rank: number; readonly position: Position };

function ownView(auction: LiveAuction, sight: Sight, { bid, rank, position }: Stand): Own {
  const { book, rules, format } = auction;
  // A leader's shown price tells the runner-up's, so without sight of it his own is what he offered.
  const price = sight.best ? standingPrice(book, bid) : bid.offer;
  return {
    ...namedView(auction, bid.companyId),
    price: formatDecimal(price, rules.priceScale),
    ...(format.takesMaximum ? { proxyMaximum: formatDecimal(bid.offer, rules.priceScale) } : {}),
    ...(sight.rank ? { rank } : {}),
    ...(sight.standing ? { standing: position } : {}),
    lastBidId: bid.id,
  };
}

function idleView(auction: LiveAuction, sight: Sight, companyId: string): Own {
  return { ...namedView(auction, companyId), ...(sight.standing ? { standing: "none" } : {}) };
}

function namedView(auction: LiveAuction, companyId: string): Own {
  const next = phaseOf(auction.clock) !== "closed" && mayTellBounds(auction) ? nextFor(auction, companyId) : null;
  const { ofCompany, voided } = auction.book;
  const bids = ofCompany.get(companyId) ?? [];
  const bidCount = voided.size === 0 ? bids.length : bids.filter(({ number }) => !voided.has(number)).length;
  return { alias: aliasOf(auction, companyId), bidCount, ...(next === null ? {} : { nextPrice: next }) };
}

function sameMembers(a: Own, b: Own): boolean {
  const names = Object.keys(a) as (keyof Own)[];
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
