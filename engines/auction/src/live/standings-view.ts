import { formatDecimal, instantOfMicros } from "@kontor/kernel";
import type { LotView } from "@kontor/protocol";
import type { Bid, LiveAuction } from "./live-state.ts";
import { publicPrice } from "./live-state.ts";

export type Standings = NonNullable<LotView["standings"]>;
export type Recent = NonNullable<LotView["recent"]>;

type Entry = { readonly bid: Bid; readonly price: bigint; readonly alias: string; readonly view: Standings[string] };
/** Entries by company, to be used again while bid and price are the same. */
export type StandingsMemo = { readonly entries: ReadonlyMap<string, Entry>; readonly views: Standings };

const recentMax = 50;

export function aliasOf({ aliases }: LiveAuction, companyId: string): string {
  return `Bidder #${aliases.get(companyId) ?? 0}`;
}

/** Every bidder's price by alias. */
export function standingsOf(auction: LiveAuction, last?: StandingsMemo): StandingsMemo {
  const { book } = auction;
  const entries = new Map<string, Entry>();
  const views: Standings = {};
  for (const bid of book.order) {
    const price = publicPrice(auction, bid);
    const known = last?.entries.get(bid.companyId);
    const entry = known?.bid === bid && known.price === price ? known : entryOf(auction, { bid, price, known });
    entries.set(bid.companyId, entry);
    views[entry.alias] = entry.view;
  }
  return { entries, views };
}

type Changed = { readonly bid: Bid; readonly price: bigint; readonly known: Entry | undefined };

function entryOf(auction: LiveAuction, { bid, price, known }: Changed): Entry {
  const view = { price: formatDecimal(price, auction.rules.priceScale), at: instantOfMicros(bid.at) };
  return { bid, price, alias: known?.alias ?? aliasOf(auction, bid.companyId), view };
}

/** The last accepted bids by number. */
export function recentOf(auction: LiveAuction, last: Recent = {}): Recent {
  const { bids, voided } = auction.book;
  const recent: Recent = {};
  for (let number = Math.max(1, bids.length - recentMax + 1); number <= bids.length; number++) {
    const isVoid = voided.has(number);
    const known = last[number];
    if (known !== undefined && (known.void === true) === isVoid) recent[number] = known;
    else recent[number] = recentEntry(auction, bids[number - 1] as Bid, isVoid);
  }
  return recent;
}

function recentEntry(auction: LiveAuction, bid: Bid, isVoid: boolean): Recent[string] {
  return {
    alias: aliasOf(auction, bid.companyId),
    price: formatDecimal(bid.shown, auction.rules.priceScale),
    at: instantOfMicros(bid.at),
    ...(isVoid ? { void: true } : {}),
  };
}
