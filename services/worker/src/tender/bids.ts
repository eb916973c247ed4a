import type { LotRow } from "@kontor/db";
import type { TenderEvent } from "@kontor/protocol";
import type { Fact, Projection, Records } from "./records.ts";
import { addBidder, inLot } from "./records.ts";

type EventOf<Type extends TenderEvent["type"]> = Extract<TenderEvent, { type: Type }>;

/** Every accepted bid as a record, and the aliases that stand for its bidder. */
export const projectBids: Projection = (records, { event, seq, at }) => {
  switch (event.type) {
    case "lot_opened": {
      const lot = records.lots.get(event.lotId);
      if (lot === undefined) return;
      for (const [companyId, alias] of Object.entries(event.aliases))
        nameBidder(records, lot, { companyId, alias, seq });
      return;
    }
    case "bid_accepted":
    case "proxy_changed":
      return addBid(records, event, { seq, at });
    case "bid_voided":
      return records.bids.change(event.bidId, seq, () => ({ voided: true, voidReason: event.reason }));
    case "lot_aborted":
      return fellBids(records, { lotId: event.lotId, reason: event.reason, seq });
    default:
      return;
  }
};

/** A proxy's new maximum is a bid of its own, at the price that it shows. */
function addBid(
  records: Records,
  event: EventOf<"bid_accepted" | "proxy_changed">,
  { seq, at }: Pick<Fact, "seq" | "at">,
): void {
  const lot = records.lots.get(event.lotId);
  if (lot === undefined) return;
  const { bidId, companyId, userId, maximum } = event;
  const accepted = event.type === "bid_accepted";
  records.bids.put({
    id: bidId,
    lotId: lot.id,
    tenderId: lot.tenderId,
    marketplaceId: lot.marketplaceId,
    companyId,
    userId,
    alias: aliasOf(records, lot, { companyId, seq }),
    price: accepted ? event.price : event.leader.price,
    currency: lot.currency,
    maximum: maximum ?? null,
    source: accepted ? event.source : "live",
    at,
    voided: false,
    voidReason: null,
    seq,
  });
  addBidder(records.bidders, lot.id, companyId);
}

/** A company that was admitted after the opening takes the next alias with its first bid. */
function aliasOf(records: Records, lot: LotRow, { companyId, seq }: { companyId: string; seq: number }): number {
  const known = records.lotBidders.get(inLot(lot.id, companyId));
  if (known !== undefined) return known.alias;
  const alias = (records.lastAliases.get(lot.id) ?? 0) + 1;
  nameBidder(records, lot, { companyId, alias, seq });
  return alias;
}

function nameBidder(
  { lotBidders, lastAliases }: Records,
  { id: lotId, tenderId, marketplaceId }: LotRow,
  bidder: { readonly companyId: string; readonly alias: number; readonly seq: number },
): void {
  lotBidders.put({ lotId, tenderId, marketplaceId, ...bidder });
  lastAliases.set(lotId, Math.max(lastAliases.get(lotId) ?? 0, bidder.alias));
}

/** Bids fall with their auction: those in the database by one statement, those of this batch here. */
function fellBids({ bids, fallenBids }: Records, fallen: { lotId: string; reason: string; seq: number }): void {
  for (const bid of [...bids.all()]) {
    if (bid.lotId === fallen.lotId && !bid.voided)
      bids.put({ ...bid, voided: true, voidReason: fallen.reason, seq: fallen.seq });
  }
  fallenBids.push(fallen);
}
