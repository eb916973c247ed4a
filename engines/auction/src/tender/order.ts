import { parseDecimal, sha256Hex } from "@kontor/kernel";
import type { Direction } from "@kontor/protocol";
import { rankingOf } from "../live/live-auction.ts";
import type { InitialPrice, Lot, Tender } from "./state.ts";

/** Negative when `a` is the better price: the lower one for a buyer, the higher one for a seller. */
export function comparePrices(direction: Direction, a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b === (direction === "buy") ? -1 : 1;
}

/** What equal prices draw: from the committed secret, so that anybody can check it after the result. */
function drawOf(tender: Tender, lot: Lot, { companyId }: InitialPrice): string {
  return sha256Hex(`${tender.secret}:${lot.lotId}:${companyId}`);
}

/** Fine enough for any amount that can be written. */
const exactScale = 18;

/** What the price counts as in the evaluation. */
function exactPrice(lot: Lot, { price, evaluated }: InitialPrice): bigint {
  const minor = evaluated === null ? null : parseDecimal(evaluated, exactScale);
  return typeof minor === "bigint" ? minor : price * 10n ** BigInt(exactScale - lot.terms.rules.priceScale);
}

/** Initial prices best first; equal ones by the draw where the rules say so, else by time. */
function rankedPrices(tender: Tender, lot: Lot): InitialPrice[] {
  const { direction } = tender.terms;
  const drawn = lot.terms.rules.tieRule === "draw";
  return [...lot.prices.values()].sort((a, b) => {
    const byPrice = comparePrices(direction, exactPrice(lot, a), exactPrice(lot, b));
    if (byPrice !== 0) return byPrice;
    if (drawn) return drawOf(tender, lot, a) < drawOf(tender, lot, b) ? -1 : 1;
    return a.at - b.at;
  });
}

/** Initial prices that count: of admitted companies and not disqualified. */
export function validPrices(tender: Tender, lot: Lot): InitialPrice[] {
  return rankedPrices(tender, lot).filter(
    ({ companyId, disqualified }) => disqualified === null && tender.suppliers.get(companyId)?.standing === "admitted",
  );
}

/** A bid or initial price that could be awarded; `bidId` only where the lot was auctioned live. */
export type Candidate = {
  readonly companyId: string;
  readonly price: bigint;
  readonly rank: number;
  readonly bidId: string | null;
};

function ranking(tender: Tender, lot: Lot): Candidate[] {
  if (lot.auction !== null)
    return rankingOf(lot.auction).map(({ companyId, price, rank, bidId }) => ({ companyId, price, rank, bidId }));
  return validPrices(tender, lot).map(({ companyId, price }, index) => ({
    companyId,
    price,
    rank: index + 1,
    bidId: null,
  }));
}

/**
 * Who could be awarded the lot, best first, whatever the reserve says: admitted, not disqualified, and without an
 * award of this lot that failed. `without` leaves out a company that is on its way out.
 */
export function candidates(tender: Tender, lot: Lot, without: string | null = null): Candidate[] {
  const failed = new Set(lot.awards.filter(({ status }) => status !== "pending").map(({ companyId }) => companyId));
  return ranking(tender, lot).filter(
    ({ companyId }) =>
      companyId !== without && !failed.has(companyId) && tender.suppliers.get(companyId)?.standing === "admitted",
  );
}
