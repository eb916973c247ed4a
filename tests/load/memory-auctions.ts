import { requireReceipt } from "@kontor/sdk";
import type { Trader } from "../chaos/market.ts";
import { clientOf, openAuctions, publishAuctions, startPrice } from "../chaos/market.ts";

/** Where auctions are held, by whom and for whom. */
export type Place = {
  readonly url: string;
  readonly marketplaceId: string;
  readonly buyer: Trader;
  readonly bidders: readonly Trader[];
};

const atOnce = 8;

/** Opens so many tenders of one lot each, in which everyone has bid once. @returns the ids of the lots */
export async function fillWithAuctions(place: Place, count: number): Promise<readonly string[]> {
  const lotIds: string[] = [];
  let left = count - 1;
  const lane = async (): Promise<void> => {
    while (left-- > 0) lotIds.push(...(await publishAuctions({ ...place, lots: 1 })));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  // The last one opens last: when it is open, all are.
  lotIds.push(...(await openAuctions({ ...place, lots: 1 })));
  for (let start = 0; start < lotIds.length; start += atOnce) {
    await Promise.all(lotIds.slice(start, start + atOnce).map((lotId) => bidOnce(place, lotId, 1)));
  }
  return lotIds;
}

/** Everyone bids once, `below` the starting price. */
export async function bidOnce({ url, bidders }: Place, lotId: string, below: number): Promise<void> {
  const price = `${startPrice - below}.00`;
  const bids = bidders.map((bidder) => clientOf(url, bidder).commands.submitBid({ lotId, price }));
  for (const outcome of await Promise.all(bids)) requireReceipt(outcome);
}
