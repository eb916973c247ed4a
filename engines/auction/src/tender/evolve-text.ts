import type { Micros } from "@kontor/kernel";
import { evolveBid } from "../live/evolve-live.ts";
import { bidIdOf } from "../live/live-state.ts";
import type { TenderState } from "./state.ts";

const any = '"[^"\\\\]*"';
const taken = '"([^"\\\\]*)"';

/**
 * A lone bid from the auction room, exactly as `decide` writes it. Nearly every line of a long journal is one; of its
 * members five matter to the state, and finding these takes a third of the time of parsing all.
 */
const loneBid = new RegExp(
  `^\\[\\{"type":"bid_accepted","tenderId":${any},"lotId":${taken},"bidId":${taken},"companyId":${taken},` +
    `"userId":${taken},"rank":\\d+,"leader":\\{"companyId":${any},"bidId":${any},"price":${any}\\},"visibility":${any},` +
    `"price":${taken}(?:,"maximum":${taken})?,"source":"live"\\}\\]$`,
);

/** See `Engine.evolveText`. */
export function evolveText(state: TenderState, text: string, at: Micros): TenderState | null {
  const parts = loneBid.exec(text);
  if (parts === null) return null;
  const [, lotId = "", bidId, companyId = "", userId = "", price = "", maximum] = parts;
  const lot = state.tender?.lots.get(lotId);
  if (lot === undefined || lot.auction === null) return null;
  const { auction } = lot;
  const before = auction.book.ofCompany.get(companyId)?.at(-1);
  const id = bidIdOf(auction.setup, auction.book.bids.length + 1);
  // What stays in the state must not be a part of the text, which would stay with it.
  if (before?.userId !== userId || id !== bidId) return null;
  lot.lastBidId = id;
  evolveBid(
    auction,
    { bidId: id, companyId: before.companyId, userId: before.userId, offer: maximum ?? price, source: "live" },
    at,
  );
  return state;
}
