import { formatDecimal, instantOfMicros } from "@kontor/kernel";
import type { LotView, OwnLotView } from "@kontor/protocol";
import { reserveMet, validBids } from "./book.ts";
import { effectiveEnd, phaseOf, remainingMs } from "./clock.ts";
import type { LiveAuction } from "./live-state.ts";
import { leaderOf } from "./live-state.ts";
import type { OwnMemo } from "./own-views.ts";
import { nextFor, ownViewsOf } from "./own-views.ts";
import type { Recent, Standings, StandingsMemo } from "./standings-view.ts";
import { aliasOf, recentOf, standingsOf } from "./standings-view.ts";
import type { Sight } from "./visibility.ts";
import { mayTellPassing, sightsOf } from "./visibility.ts";

export type LiveViews = {
  readonly public: Partial<LotView>;
  readonly participant: Partial<LotView>;
  readonly owner: Partial<LotView>;
  readonly own: ReadonlyMap<string, Partial<OwnLotView>>;
};

/** The last views of each auction, so that unchanged parts are the same objects again and cost no patch. */
type Memo = {
  readonly revision: number;
  readonly revealed: boolean;
  readonly views: LiveViews;
  readonly standings: StandingsMemo;
  readonly recent: Recent;
  readonly own: OwnMemo;
};
const memos = new WeakMap<LiveAuction, Memo>();

const unrevealed = { revealed: false };

/** What each audience may see; `revealed` once the result is declared, when sealed parts may be shown. */
export function liveViews(auction: LiveAuction, { revealed }: { readonly revealed: boolean } = unrevealed): LiveViews {
  const last = memos.get(auction);
  if (last !== undefined && last.revision === auction.revision && last.revealed === revealed) return last.views;
  const sights = sightsOf(auction.rules, revealed);
  const standings = standingsOf(auction, last?.standings);
  const recent = recentOf(auction, last?.recent);
  const own = ownViewsOf(auction, sights.bidder, last?.own);
  const shared = { course: courseOf(auction), bidding: biddingOf(auction, { standings: standings.views, recent }) };
  const views: LiveViews = {
    public: seenBy(sights.public, shared),
    participant: seenBy(sights.bidder, shared),
    owner: seenBy(sights.owner, shared),
    own: own.views,
  };
  memos.set(auction, { revision: auction.revision, revealed, views, standings, recent, own });
  return views;
}

type Bidding = {
  readonly best: Partial<LotView>;
  /** What a newcomer may offer, with whether those may know it who see the best price alone. */
  readonly next: Partial<LotView>;
  readonly tellsNext: boolean;
  readonly prices: Partial<LotView>;
  readonly count: Partial<LotView>;
};
type Shared = { readonly course: Partial<LotView>; readonly bidding: Bidding };

function seenBy(sight: Sight, { course, bidding }: Shared): Partial<LotView> {
  return {
    ...course,
    ...(sight.best ? bidding.best : {}),
    ...(sight.prices || (sight.best && bidding.tellsNext) ? bidding.next : {}),
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
  const next = phaseOf(auction.clock) === "closed" ? null : nextFor(auction, null);
  return {
    best: {
      ...(book.shown === null ? {} : { bestPrice: formatDecimal(book.shown, rules.priceScale) }),
      ...(rules.reservePrice === null ? {} : { reserveMet: reserveMet(auction) }),
      bidCount: validBids(book),
    },
    next: next === null ? {} : { nextPrice: formatDecimal(next, rules.priceScale) },
    tellsNext: mayTellPassing(auction),
    prices: { ...(leader === null ? {} : { bestAlias: aliasOf(auction, leader.companyId) }), ...lists },
    count: { bidderCount: book.order.length },
  };
}
