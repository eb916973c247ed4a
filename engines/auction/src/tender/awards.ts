import type { Micros } from "@kontor/kernel";
import { formatDecimal, instantOfMicros, laterBy, parseDecimal } from "@kontor/kernel";
import type { LiveEvent, TenderEvent } from "@kontor/protocol";
import type { Candidate } from "./order.ts";
import { candidates, comparePrices } from "./order.ts";
import type { Award, Lot, Tender } from "./state.ts";
import { standingAward } from "./state.ts";

export function priceText(lot: Lot, price: bigint): string {
  return formatDecimal(price, lot.terms.rules.priceScale);
}

/** Whether the price may be awarded as far as the reserve goes. */
export function meetsReserve(tender: Tender, lot: Lot, price: bigint): boolean {
  const { reserve, priceScale } = lot.terms.rules;
  if (reserve === null || lot.belowReserveAccepted) return true;
  const bound = parseDecimal(reserve.price, priceScale);
  return typeof bound !== "bigint" || comparePrices(tender.terms.direction, price, bound) <= 0;
}

/** The best that could be awarded now; null when nobody is left or nobody meets the reserve. */
export function bestCandidate(tender: Tender, lot: Lot, without: string | null = null): Candidate | null {
  return candidates(tender, lot, without).find(({ price }) => meetsReserve(tender, lot, price)) ?? null;
}

export function awardProposed(
  tender: Tender,
  lot: Lot,
  best: Pick<Candidate, "companyId" | "price" | "rank">,
): TenderEvent {
  return {
    type: "award_proposed",
    tenderId: tender.tenderId,
    lotId: lot.lotId,
    awardId: `${lot.lotId}-a${lot.awards.length + 1}`,
    companyId: best.companyId,
    price: priceText(lot, best.price),
    rank: best.rank,
  };
}

/** The standing award taken back because of something else than itself; none where none stands. */
export function undoneAward(tender: Tender, lot: Lot, reason: string): TenderEvent[] {
  const award = standingAward(lot);
  if (award === null) return [];
  const type = award.status === "pending" ? "award_rejected" : "award_cancelled";
  const { awardId, companyId } = award;
  return [{ type, tenderId: tender.tenderId, lotId: lot.lotId, awardId, companyId, reason }];
}

/** What follows a failed award: the next best becomes pending, or the lot is unsuccessful. */
export function nextBest(tender: Tender, lot: Lot, without: string): TenderEvent {
  const next = bestCandidate(tender, lot, without);
  return next === null ? unsuccessful(tender, lot, "all_rejected") : awardProposed(tender, lot, next);
}

type Reason = Extract<TenderEvent, { type: "lot_unsuccessful" }>["reason"];

export function unsuccessful(tender: Tender, lot: Lot, reason: Reason): TenderEvent {
  return { type: "lot_unsuccessful", tenderId: tender.tenderId, lotId: lot.lotId, reason };
}

/** What follows the close of a live lot in the same decision. */
export function afterClose(
  tender: Tender,
  lot: Lot,
  closed: Extract<LiveEvent, { type: "lot_closed" }>,
): TenderEvent[] {
  if (closed.outcome === "no_bids" || closed.leader === undefined) return [unsuccessful(tender, lot, "no_bids")];
  if (closed.outcome === "reserve_unmet") {
    return lot.terms.rules.belowReserveMs > 0 ? [] : [unsuccessful(tender, lot, "reserve_unmet")];
  }
  const price = parseDecimal(closed.leader.price, lot.terms.rules.priceScale);
  if (typeof price !== "bigint") return [];
  return [awardProposed(tender, lot, { companyId: closed.leader.companyId, price, rank: 1 })];
}

/** Until when the owner may accept the best bid below the reserve; null when there is nothing to accept. */
export function belowReserveUntil(lot: Lot): Micros | null {
  if (lot.phase !== "closed" || lot.closedAt === null || lot.belowReserveAccepted) return null;
  return laterBy(lot.closedAt, lot.terms.rules.belowReserveMs);
}

export function contractDrawn(
  tender: Tender,
  lot: Lot,
  award: Pick<Award, "awardId" | "companyId" | "price">,
): TenderEvent {
  return {
    type: "contract_drawn",
    tenderId: tender.tenderId,
    lotId: lot.lotId,
    contractId: `${lot.lotId}-c1`,
    awardId: award.awardId,
    companyId: award.companyId,
    ownerCompanyId: tender.ownerCompanyId,
    price: priceText(lot, award.price),
    currency: lot.terms.rules.currency,
  };
}

/** The award and, where the procedure knows no standstill, the contract at once. */
export function acceptance(tender: Tender, lot: Lot, { award, at }: { award: Award; at: Micros }): TenderEvent[] {
  const { standstillMs } = tender.terms.procedure;
  const accepted: TenderEvent = {
    type: "award_accepted",
    tenderId: tender.tenderId,
    lotId: lot.lotId,
    awardId: award.awardId,
    companyId: award.companyId,
    price: priceText(lot, award.price),
    standstillEndsAt: instantOfMicros(laterBy(at, standstillMs)),
  };
  return standstillMs > 0 ? [accepted] : [accepted, contractDrawn(tender, lot, award)];
}
