import type { Micros } from "@kontor/kernel";
import { bidIdOf, bidNumberOf, evolveBid } from "../live/live-auction.ts";
import type { TenderState } from "./state.ts";

const any = '"[^"\\\\]*"';
const taken = '"([^"\\\\]*)"';

/**
 * A lone bid from the auction room, exactly as `decide` writes it. Nearly every line of a long journal is one; of its
 * members five matter to the state, and finding these takes a third of the time of parsing all.
 */
const loneBid = new RegExp(
  `^\\[\\{"type":"bid_accepted","tenderId":${any},"lotId":${taken},"bidId":${taken},"companyId":${taken},` +
    `"userId":${taken},"rank":\\d+,(?:"leader":\\{"companyId":${any},"bidId":${any},"price":${any}\\},)?"visibility":${any},` +
    `"price":${taken}(?:,"maximum":${taken})?,"source":"live"\\}\\]$`,
);

/** See `Engine.evolveText`. */
export function evolveText(state: TenderState, text: string, at: Micros): TenderState | null {
  const parts = loneBid.exec(text);
  if (parts === null) return null;
  const [, lotId = "", bidId = "", companyId = "", userId = "", price = "", maximum] = parts;
  const lot = state.tender?.lots.get(lotId);
  if (lot === undefined || lot.auction === null) return null;
  const { auction } = lot;
  const before = auction.book.ofCompany.get(companyId)?.at(-1);
  const number = auction.book.bids.length + 1;
  if (before?.userId !== userId || bidNumberOf(bidId) !== (auction.setup.bidsBefore ?? 0) + number) return null;
  // What stays in the state must not be a part of the text, which would stay with it.
  const id = bidIdOf(auction.setup, number);
  lot.lastBidId = id;
  const { companyId: bidder, userId: person } = before;
  const bid = { bidId: id, companyId: bidder, userId: person, offer: maximum ?? price, source: "live" } as const;
  evolveBid(auction, bid, at);
  return state;
}
