import type { LotView, OwnLotView } from "@kontor/protocol";
import type { BidTerms } from "../../src/auction/bid-terms.ts";

/** 2026-11-22T15:00:00Z. */
export const noonMs = Date.UTC(2026, 10, 22, 15);
const lotId = "0195f1d2-7c1a-7b3e-9f00-1b2c3d4e5f60-1";

export function lotView(changes: Partial<LotView> = {}): LotView {
  return {
    lotId,
    tenderId: lotId.slice(0, 36),
    number: 1,
    title: "Copper cathode Grade A",
    direction: "buy",
    format: "english_reverse",
    visibility: "lead",
    currency: "EUR",
    priceScale: 2,
    phase: "open",
    opensAt: "2026-11-22T14:30:00Z",
    endsAt: "2026-11-22T15:10:00Z",
    extensions: 0,
    startPrice: "9500.00",
    bidderCount: 7,
    bidCount: 4,
    ...changes,
  };
}

export function ownView(changes: Partial<OwnLotView> = {}): OwnLotView {
  return { companyId: "c1", alias: "Bidder #3", admitted: true, bidCount: 0, standing: "none", ...changes };
}

export function bidTerms(changes: Partial<BidTerms> = {}): BidTerms {
  return {
    scale: 2,
    currency: "EUR",
    sign: -1n,
    takesMaximum: false,
    quantity: { value: "2000", unit: "TNE" },
    required: 41250n,
    mayStayBehind: false,
    own: 42000n,
    best: 41300n,
    low: null,
    high: 50000n,
    grid: null,
    stepMin: 50n,
    bidCount: 3,
    mustWait: false,
    ...changes,
  };
}
