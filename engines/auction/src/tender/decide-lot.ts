import { accept, instantOfMicros, microsOfInstant, reject } from "@kontor/kernel";
import type { TenderEvent } from "@kontor/protocol";
import { ownerOnly, ownerOrOperator, underWay } from "./access.ts";
import { awardProposed, belowReserveUntil, priceText, undoneAward } from "./awards.ts";
import type { LotCall, TenderDecision } from "./call.ts";
import { overrunOf, tooLate } from "./horizon.ts";
import { candidates } from "./order.ts";
import { planOf } from "./schedule.ts";

export function cancelLot(call: LotCall<"cancel_lot">): TenderDecision {
  const { tender, lot, command } = call;
  const refusal = ownerOrOperator(call) ?? underWay(tender);
  if (refusal !== null) return reject(refusal);
  if (lot.ended || lot.contract !== null) return reject({ code: "wrong_stage", stage: lot.phase });
  const { tenderId } = tender;
  const { reason } = command;
  return accept<TenderEvent>(...undoneAward(tender, lot, reason), {
    type: "lot_cancelled",
    tenderId,
    lotId: lot.lotId,
    reason,
  });
}

/** Ends a running auction for a technical reason: its bids are void, bidders and initial prices stay. */
export function abortLot(call: LotCall<"abort_lot">): TenderDecision {
  const { tender, lot, command } = call;
  const refusal = ownerOrOperator(call) ?? underWay(tender);
  if (refusal !== null) return reject(refusal);
  if (lot.phase === "scheduled") return reject({ code: "auction_not_open" });
  if (!tender.liveLots.has(lot.lotId)) return reject({ code: "wrong_stage", stage: lot.phase });
  const { tenderId } = tender;
  return accept<TenderEvent>({ type: "lot_aborted", tenderId, lotId: lot.lotId, reason: command.reason });
}

export function replanLot(call: LotCall<"replan_lot">): TenderDecision {
  const { tender, lot, at, command } = call;
  const refusal = ownerOrOperator(call) ?? underWay(tender);
  if (refusal !== null) return reject(refusal);
  if (lot.phase !== "aborted") return reject({ code: "wrong_stage", stage: lot.phase });
  const opensAt = microsOfInstant(command.opensAt);
  if (opensAt === null || opensAt <= at) return reject({ code: "instant_invalid", pointer: "/opensAt" });
  const plan = planOf(lot, opensAt);
  const overrun = overrunOf(tender.terms, [plan]);
  const late = tooLate({ pointer: "/opensAt", wished: opensAt, overrun, after: at });
  if (late !== null) return reject(late);
  return accept<TenderEvent>({
    type: "lot_replanned",
    tenderId: tender.tenderId,
    lotId: lot.lotId,
    opensAt: instantOfMicros(opensAt),
    endsAt: instantOfMicros(plan.endsAt),
  });
}

/** The owner takes the best bid although the reserve is unmet, while the rules give him time for it. */
export function acceptBelowReserve(call: LotCall<"accept_below_reserve">): TenderDecision {
  const { tender, lot, at } = call;
  const refusal = ownerOnly(call) ?? underWay(tender);
  if (refusal !== null) return reject(refusal);
  const until = belowReserveUntil(lot);
  if (until === null || at >= until) return reject({ code: "wrong_stage", stage: lot.phase });
  const [best] = candidates(tender, lot);
  if (best === undefined || best.bidId === null) return reject({ code: "no_eligible_bid" });
  const { tenderId } = tender;
  const leader = { companyId: best.companyId, bidId: best.bidId, price: priceText(lot, best.price) };
  return accept<TenderEvent>(
    { type: "below_reserve_accepted", tenderId, lotId: lot.lotId, leader },
    awardProposed(tender, lot, best),
  );
}
