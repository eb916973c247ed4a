import type { Projection } from "./records.ts";
import { addBidder, inLot } from "./records.ts";

/** Sealed prices from their opening on, with what the evaluation made of them. */
export const projectInitialPrices: Projection = (records, { event, seq }) => {
  const { lots, initialPrices, openedPrices } = records;
  switch (event.type) {
    case "initial_prices_opened": {
      const lot = lots.get(event.lotId);
      if (lot === undefined) return;
      const { id: lotId, tenderId, marketplaceId, currency } = lot;
      const unjudged = { evaluatedPrice: null, note: null, disqualified: null };
      for (const price of openedPrices.get(lotId) ?? []) {
        initialPrices.put({ lotId, tenderId, marketplaceId, currency, ...price, ...unjudged, seq });
        addBidder(records.bidders, lotId, price.companyId);
      }
      return;
    }
    case "price_evaluated": {
      const { evaluatedPrice, note } = event;
      return initialPrices.change(inLot(event.lotId, event.companyId), seq, () => ({ evaluatedPrice, note }));
    }
    case "price_disqualified":
      return initialPrices.change(inLot(event.lotId, event.companyId), seq, () => ({ disqualified: event.reason }));
    default:
      return;
  }
};
