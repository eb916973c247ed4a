import type { Micros } from "@kontor/kernel";
import { invariant, parseDecimal } from "@kontor/kernel";
import type { LiveEvent } from "@kontor/protocol";
import { bidById, enter, shownAfter, withdraw } from "./book.ts";
import { evolveClock } from "./clock.ts";
import type { Bid, LiveAuction } from "./live-state.ts";

/** Takes one fact in; facts of the lot's life before and after the live part leave it as it is. */
export function evolveLive(auction: LiveAuction, event: LiveEvent, at: Micros): void {
  switch (event.type) {
    case "bid_accepted":
      evolveBid(auction, { ...event, offer: event.maximum ?? event.price }, at);
      return;
    case "proxy_changed":
      evolveBid(auction, { ...event, offer: event.maximum, source: "live" }, at);
      return;
    case "bid_voided": {
      const bid = bidById(auction, event.bidId);
      invariant(bid !== null, "only an accepted bid is voided");
      withdraw(auction, bid);
      auction.revision += 1;
      return;
    }
    default:
      evolveClock(auction.clock, event, at);
      auction.revision += 1;
  }
}

export type TakenBid = Pick<Bid, "companyId" | "userId" | "source"> & { readonly offer: string };

/** The same as `evolveLive` of the bid's event, for who has its parts alone. */
export function evolveBid(auction: LiveAuction, event: TakenBid, at: Micros): void {
  const { companyId, userId, source } = event;
  const offer = parseDecimal(event.offer, auction.rules.priceScale);
  invariant(typeof offer === "bigint", "an accepted price is readable");
  const number = auction.book.bids.length + 1;
  const shown = shownAfter(auction, { companyId, offer, source }) ?? offer;
  nameBidder(auction, companyId);
  enter(auction, { number, companyId, userId, offer, shown, at, source });
  auction.revision += 1;
}

/** A company that joined after the opening takes the next alias. */
function nameBidder({ aliases }: LiveAuction, companyId: string): void {
  if (!aliases.has(companyId)) aliases.set(companyId, Math.max(0, ...aliases.values()) + 1);
}
