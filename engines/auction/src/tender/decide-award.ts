import { accept, reject } from "@kontor/kernel";
import type { TenderEvent } from "@kontor/protocol";
import { isOwner, ownerOnly, running, underWay } from "./access.ts";
import { acceptance, awardProposed, bestCandidate, nextBest } from "./awards.ts";
import type { LotCall, Refusal, TenderDecision } from "./call.ts";
import type { Award, Contract } from "./state.ts";
import { standingAward } from "./state.ts";

type AwardCall = LotCall<"accept_award" | "reject_award" | "refuse_award" | "cancel_award">;

function find<Call extends AwardCall>(call: Call): Award | undefined {
  return call.lot.awards.find(({ awardId }) => awardId === call.command.awardId);
}

function pending(award: Award): Refusal {
  return award.status === "pending" ? null : { code: "award_not_pending" };
}

/** Accepted, and the standstill not over. */
function inStandstill({ lot, at }: LotCall, award: Award): Refusal {
  if (award.status !== "accepted") return { code: "award_not_active" };
  const over = lot.contract !== null || award.standstillEndsAt === null || at >= award.standstillEndsAt;
  return over ? { code: "standstill_over" } : null;
}

export function proposeAward(call: LotCall<"propose_award">): TenderDecision {
  const { tender, lot } = call;
  const refusal = ownerOnly(call) ?? underWay(tender);
  if (refusal !== null) return reject(refusal);
  if (standingAward(lot) !== null) return reject({ code: "award_already_proposed" });
  if (lot.phase !== "evaluation") return reject({ code: "wrong_stage", stage: lot.phase });
  const best = bestCandidate(tender, lot);
  return best === null ? reject({ code: "no_eligible_bid" }) : accept(awardProposed(tender, lot, best));
}

export function acceptAward(call: LotCall<"accept_award">): TenderDecision {
  const award = find(call);
  const stranger = ownerOnly(call);
  if (stranger !== null || award === undefined) return reject(stranger ?? { code: "award_not_found" });
  const refusal = running(call.tender) ?? pending(award);
  if (refusal !== null) return reject(refusal);
  return accept(...acceptance(call.tender, call.lot, { award, at: call.at }));
}

export function rejectAward(call: LotCall<"reject_award">): TenderDecision {
  const award = find(call);
  const stranger = ownerOnly(call);
  if (stranger !== null || award === undefined) return reject(stranger ?? { code: "award_not_found" });
  const refusal = running(call.tender) ?? pending(award);
  return refusal === null ? fail(call, award, "award_rejected") : reject(refusal);
}

/** Other suppliers get the same answer for another's award as for one that does not exist. */
function mayKnowOfAwards(call: LotCall): boolean {
  return call.actor.kind !== "member" || isOwner(call);
}

/** The holder declines, before the owner's decision or within the standstill. */
export function refuseAward(call: LotCall<"refuse_award">): TenderDecision {
  const award = find(call);
  if (award === undefined) return reject({ code: "award_not_found" });
  const { actor, tender } = call;
  const holder = actor.kind === "member" && actor.companyId === award.companyId;
  if (!holder) return reject({ code: mayKnowOfAwards(call) ? "not_award_holder" : "award_not_found" });
  const refusal = running(tender) ?? (award.status === "accepted" ? inStandstill(call, award) : pending(award));
  return refusal === null ? fail(call, award, "award_refused") : reject(refusal);
}

export function cancelAward(call: LotCall<"cancel_award">): TenderDecision {
  const award = find(call);
  const stranger = ownerOnly(call);
  if (stranger !== null || award === undefined) return reject(stranger ?? { code: "award_not_found" });
  const refusal = running(call.tender) ?? inStandstill(call, award);
  return refusal === null ? fail(call, award, "award_cancelled") : reject(refusal);
}

function fail(
  call: AwardCall,
  award: Award,
  type: "award_rejected" | "award_refused" | "award_cancelled",
): TenderDecision {
  const { tender, lot, command } = call;
  const { awardId, companyId } = award;
  const reason = "reason" in command ? command.reason : "";
  return accept<TenderEvent>(
    { type, tenderId: tender.tenderId, lotId: lot.lotId, awardId, companyId, reason },
    nextBest(tender, lot, companyId),
  );
}

type Party = "owner" | "counterparty";

function partyOf({ tender, actor }: LotCall, contract: Contract): Party | null {
  if (actor.kind !== "member") return null;
  if (actor.companyId === tender.ownerCompanyId) return "owner";
  return actor.companyId === contract.companyId ? "counterparty" : null;
}

export function signContract(call: LotCall<"sign_contract">): TenderDecision {
  const { tender, lot, actor, command } = call;
  const { contract } = lot;
  if (contract === null || contract.contractId !== command.contractId) return reject({ code: "contract_not_found" });
  const party = partyOf(call, contract);
  if (party === null) return reject({ code: mayKnowOfAwards(call) ? "not_contract_party" : "contract_not_found" });
  const refusal = running(tender);
  if (refusal !== null) return reject(refusal);
  const { signedByOwnerAt, signedByCounterpartyAt, contractId } = contract;
  const [own, other] =
    party === "owner" ? [signedByOwnerAt, signedByCounterpartyAt] : [signedByCounterpartyAt, signedByOwnerAt];
  if (own !== null) return reject({ code: "already_signed" });
  const { tenderId } = tender;
  return accept<TenderEvent>({
    type: "contract_signed",
    tenderId,
    lotId: lot.lotId,
    contractId,
    party,
    userId: actor.userId,
    complete: other !== null,
  });
}
