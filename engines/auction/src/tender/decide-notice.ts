import type { Input } from "@kontor/kernel";
import { accept, microsOfMs, reject, sha256Hex } from "@kontor/kernel";
import type { TenderCommandOf, TenderEvent, TenderRejection } from "@kontor/protocol";
import { mayKnow, ownerOnly, ownerOrOperator, running, underWay, versionFresh } from "./access.ts";
import { amendTerms, changedPointers } from "./amendment.ts";
import { undoneAward } from "./awards.ts";
import type { Refusal, TenderCall, TenderDecision } from "./call.ts";
import { dateOf, submissionsOpen, submissionsUntilOf } from "./deadlines.ts";
import { roomForAmendment, roomForRevision } from "./growth.ts";
import { announce } from "./schedule.ts";
import type { Tender, TenderState } from "./state.ts";
import { lotOf } from "./state.ts";
import type { TermsFault } from "./terms-check.ts";
import { faultsOfTerms } from "./terms-check.ts";

/**
 * The entropy of the shard's first command is the secret of every draw. Without it the id is spent: a creation that
 * follows a refused command must take another id, or its draws could be foreseen.
 */
export function createTender(state: TenderState, input: Input<TenderCommandOf<"create_tender">>): TenderDecision {
  const { command, actor, entropy } = input;
  if (actor.kind !== "system" && actor.marketplaceId !== command.marketplaceId)
    return reject({ code: "tender_not_found" });
  if (state.tender !== null)
    return reject({ code: mayKnow(state.tender, actor) ? "tender_exists" : "tender_not_found" });
  if (actor.kind !== "member" || actor.companyId === null) return reject({ code: "not_owner" });
  if (entropy === null) return reject({ code: "tender_exists", rule: "id_spent" });
  const { tenderId, marketplaceId, terms } = command;
  return accept<TenderEvent>({
    type: "tender_drafted",
    tenderId,
    marketplaceId,
    ownerCompanyId: actor.companyId,
    createdBy: actor.userId,
    version: 1,
    terms,
    drawSecret: entropy,
  });
}

function draftOnly(tender: Tender): Refusal {
  return tender.status === "draft" ? null : { code: "tender_not_draft" };
}

export function reviseTender(call: TenderCall<"revise_tender">): TenderDecision {
  const { tender, command } = call;
  const refusal =
    ownerOnly(call) ??
    running(tender) ??
    versionFresh(tender, command.expectedVersion) ??
    draftOnly(tender) ??
    roomForRevision(tender);
  if (refusal !== null) return reject(refusal);
  const { tenderId, terms } = command;
  return accept<TenderEvent>({ type: "tender_revised", tenderId, version: tender.version + 1, terms });
}

function incomplete(faults: readonly TermsFault[]): TenderRejection | null {
  const [first] = faults;
  return first === undefined ? null : { code: "terms_incomplete", ...first, faults };
}

/** A question period of its own comes before the submission phase. */
function firstPhase(terms: Tender["terms"], at: number): "enquiries" | "submission" {
  const until = dateOf(terms.calendar, "questionsUntil");
  return until !== null && at < until ? "enquiries" : "submission";
}

export function publishTender(call: TenderCall<"publish_tender">): TenderDecision {
  const { tender, command, at } = call;
  const refusal =
    ownerOnly(call) ??
    running(tender) ??
    versionFresh(tender, command.expectedVersion) ??
    draftOnly(tender) ??
    incomplete(faultsOfTerms(tender.terms, at));
  if (refusal !== null) return reject(refusal);
  const { tenderId, version, terms } = tender;
  return accept<TenderEvent>(
    { type: "tender_published", tenderId, version, terms, drawCommitment: sha256Hex(tender.secret) },
    { type: "phase_reached", tenderId, phase: firstPhase(terms, at) },
    ...announce(tender, [...tender.lots.values()], terms),
  );
}

/** Enough time must be left from now until the deadline in force afterwards. */
function leadLeft({ tender, at }: TenderCall, terms: Tender["terms"]): Refusal {
  const { amendmentLeadMs } = terms.procedure;
  const deadline = submissionsUntilOf(terms);
  const late = deadline !== null && deadline - at < microsOfMs(amendmentLeadMs);
  return submissionsOpen(tender, at) ?? (late ? { code: "amendment_too_late", limit: amendmentLeadMs } : null);
}

/** A lot that has ended is not amended any more. */
function lotsLeft({ tender, command }: TenderCall<"amend_tender">): Refusal {
  for (const { number } of command.changes.lots ?? []) {
    const lot = lotOf(tender, number);
    if (lot?.ended === true) return { code: "wrong_stage", stage: lot.phase };
  }
  return null;
}

export function amendTender(call: TenderCall<"amend_tender">): TenderDecision {
  const { tender, command, at } = call;
  const unknown = (command.changes.lots ?? []).findIndex(({ number }) => lotOf(tender, number) === undefined);
  if (unknown >= 0) return reject({ code: "lot_not_found", pointer: `/changes/lots/${unknown}/number` });
  const stale = ownerOnly(call) ?? running(tender) ?? versionFresh(tender, command.expectedVersion) ?? underWay(tender);
  if (stale !== null) return reject(stale);
  const terms = amendTerms(tender.terms, command.changes);
  const changed = changedPointers(tender.terms, terms);
  const faults =
    changed.length === 0 ? [{ pointer: "", rule: "nothing_changed" }] : faultsOfTerms(terms, at, tender.terms.calendar);
  const { reason } = command;
  const refusal =
    incomplete(faults) ?? leadLeft(call, terms) ?? lotsLeft(call) ?? roomForAmendment(tender, { reason, changed });
  if (refusal !== null) return reject(refusal);
  const { tenderId } = tender;
  const lotsChanged = changed.some((pointer) => pointer.startsWith("/lots/"));
  const pricesThere = [...tender.lots.values()].some(({ prices }) => prices.size > 0);
  const phase = firstPhase(terms, at);
  const lots = [...tender.lots.values()].map((lot) => ({ ...lot, terms: terms.lots[lot.number - 1] ?? lot.terms }));
  return accept<TenderEvent>(
    {
      type: "tender_amended",
      tenderId,
      version: tender.version + 1,
      terms,
      changed,
      reason,
      initialPricesInvalidated: lotsChanged && pricesThere,
    },
    ...(phase === tender.phase ? [] : [{ type: "phase_reached" as const, tenderId, phase }]),
    ...announce(tender, lots, terms),
  );
}

/** A contract that is drawn up outlives the tender, so it cannot be cancelled away. */
export function cancelTender(call: TenderCall<"cancel_tender">): TenderDecision {
  const { tender, command } = call;
  const refusal = ownerOrOperator(call) ?? running(tender);
  if (refusal !== null) return reject(refusal);
  for (const lot of tender.lots.values()) {
    if (lot.contract !== null) return reject({ code: "wrong_stage", stage: lot.phase });
  }
  const { reason } = command;
  const undone = [...tender.lots.values()].flatMap((lot) => (lot.ended ? [] : undoneAward(tender, lot, reason)));
  return accept<TenderEvent>(...undone, { type: "tender_cancelled", tenderId: tender.tenderId, reason });
}
