import type { PersonCommandInput } from "@kontor/protocol";
import type { DeskOptions } from "./desk.ts";
import { startPrice } from "./market.ts";

/** Ever lower bids. Each lane bids in lots of its own, so that a company's prices never overtake each other. */
export function biddingIn(lotIds: readonly string[]): DeskOptions["openLane"] {
  const prices = new Map<string, number>();

  function nextBid(lotId: string): PersonCommandInput {
    const price = (prices.get(lotId) ?? startPrice) - 1;
    prices.set(lotId, price);
    return { type: "submit_bid", lotId, price: `${price}.00` };
  }

  return ({ lane, of, random }) => {
    const own = lotIds.filter((_, index) => index % of === lane % lotIds.length);
    return { next: () => nextBid(random.pick(own)) };
  };
}
