import type { AwardRow } from "@kontor/db";
import { microsOfInstant } from "@kontor/kernel";
import type { AwardEvent } from "@kontor/protocol";
import type { Fact, Projection, Records } from "./records.ts";

const undone = {
  award_rejected: "rejected",
  award_refused: "refused",
  award_cancelled: "cancelled",
} as const satisfies Partial<Record<AwardEvent["type"], AwardRow["status"]>>;

/** Awards and what they make of their lot: who won, at which price. */
export const projectAwards: Projection = (records, { event, seq, at }) => {
  switch (event.type) {
    case "award_proposed":
      return propose(records, event, { seq, at });
    case "award_accepted": {
      const { awardId, lotId, companyId, price, standstillEndsAt } = event;
      records.awards.change(awardId, seq, () => ({
        status: "accepted",
        decidedAt: at,
        standstillEndsAt: microsOfInstant(standstillEndsAt),
      }));
      return records.lots.change(lotId, seq, ({ closedAt }) => ({
        phase: "standstill",
        outcome: "sold",
        resultPrice: price,
        winnerCompanyId: companyId,
        revealed: true,
        closedAt: closedAt ?? at,
      }));
    }
    case "award_rejected":
    case "award_refused":
    case "award_cancelled": {
      const { awardId, lotId, reason, type } = event;
      records.awards.change(awardId, seq, () => ({ status: undone[type], decidedAt: at, reason }));
      return records.lots.change(lotId, seq, () => ({
        phase: "evaluation",
        outcome: null,
        resultPrice: null,
        winnerCompanyId: null,
      }));
    }
    default:
      return;
  }
};

function propose(
  { tenders, lots, awards }: Records,
  event: Extract<AwardEvent, { type: "award_proposed" }>,
  { seq, at }: Pick<Fact, "seq" | "at">,
): void {
  const { awardId, lotId, tenderId, companyId, price, rank } = event;
  const tender = tenders.get(tenderId);
  const lot = lots.get(lotId);
  if (tender === undefined || lot === undefined) return;
  awards.put({
    id: awardId,
    lotId,
    tenderId,
    marketplaceId: tender.marketplaceId,
    companyId,
    ownerCompanyId: tender.ownerCompanyId,
    status: "pending",
    price,
    currency: lot.currency,
    rank,
    reason: null,
    proposedAt: at,
    decidedAt: null,
    standstillEndsAt: null,
    seq,
  });
  lots.change(lotId, seq, () => ({ phase: "award_pending" }));
}
