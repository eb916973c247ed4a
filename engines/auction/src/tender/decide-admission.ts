import { accept, reject } from "@kontor/kernel";
import type { TenderEvent } from "@kontor/protocol";
import { actingSupplier, outsiderOnly, ownerOnly, ownerOrOperator, underWay } from "./access.ts";
import type { Refusal, TenderCall, TenderDecision } from "./call.ts";
import { submissionsOpen } from "./deadlines.ts";
import { exclusionEvents } from "./exclusion.ts";
import { roomForReason, roomForSupplier } from "./growth.ts";
import type { Supplier } from "./state.ts";

/** No further company can be remembered. */
function room({ tender }: TenderCall, known: Supplier | undefined): Refusal {
  return known === undefined ? roomForSupplier(tender) : null;
}

function notAdmittedYet(supplier: Supplier | undefined): Refusal {
  if (supplier?.standing === "admitted") return { code: "already_admitted" };
  return supplier?.standing === "excluded" ? { code: "bidder_excluded" } : null;
}

export function inviteSupplier(call: TenderCall<"invite_supplier">): TenderDecision {
  const { tender, command, at } = call;
  const { tenderId, companyId } = command;
  const known = tender.suppliers.get(companyId);
  const refusal =
    ownerOnly(call) ??
    (companyId === tender.ownerCompanyId ? ({ code: "own_lot" } as const) : null) ??
    (known?.standing === "requested" ? ({ code: "already_requested" } as const) : null) ??
    notAdmittedYet(known) ??
    underWay(tender) ??
    submissionsOpen(tender, at) ??
    room(call, known);
  return refusal === null ? accept<TenderEvent>({ type: "supplier_invited", tenderId, companyId }) : reject(refusal);
}

/** A company asks, or accepts its invitation; where approval is automatic it is admitted at once. */
export function requestAdmission(call: TenderCall<"request_admission">): TenderDecision {
  const { tender, actor, at } = call;
  const { tenderId } = tender;
  const { mode, approval } = tender.terms.procedure.admission;
  const known = actingSupplier(call);
  const refusal =
    outsiderOnly(call) ??
    (mode === "invited" && known === undefined ? ({ code: "not_invited" } as const) : null) ??
    (known?.standing === "refused" ? ({ code: "not_admitted" } as const) : null) ??
    (known?.standing === "requested" ? ({ code: "already_requested" } as const) : null) ??
    notAdmittedYet(known) ??
    underWay(tender) ??
    submissionsOpen(tender, at) ??
    room(call, known);
  if (refusal !== null || actor.companyId === null) return reject(refusal ?? { code: "not_admitted" });
  const { companyId, userId } = actor;
  const requested: TenderEvent = { type: "admission_requested", tenderId, companyId, userId };
  if (approval === "owner") return accept(requested);
  return accept<TenderEvent>(requested, { type: "supplier_admitted", tenderId, companyId });
}

/** The owner's decision about a company that was invited, has asked, or was refused before. */
export function admitSupplier(call: TenderCall<"admit_supplier">): TenderDecision {
  const { tender, command } = call;
  const { tenderId, companyId } = command;
  const stranger = ownerOnly(call);
  if (stranger !== null) return reject(stranger);
  const known = tender.suppliers.get(companyId);
  if (known === undefined) return reject({ code: "supplier_not_found" });
  const refusal = notAdmittedYet(known) ?? underWay(tender);
  return refusal === null ? accept<TenderEvent>({ type: "supplier_admitted", tenderId, companyId }) : reject(refusal);
}

export function refuseSupplier(call: TenderCall<"refuse_supplier">): TenderDecision {
  const { tender, command } = call;
  const { tenderId, companyId, reason } = command;
  const stranger = ownerOnly(call);
  if (stranger !== null) return reject(stranger);
  const known = tender.suppliers.get(companyId);
  if (known === undefined) return reject({ code: "supplier_not_found" });
  const refusal =
    notAdmittedYet(known) ??
    underWay(tender) ??
    (known.standing === "refused" ? ({ code: "wrong_stage", stage: "refused" } as const) : null) ??
    roomForReason(tender, companyId, reason);
  if (refusal !== null) return reject(refusal);
  return accept<TenderEvent>({ type: "supplier_refused", tenderId, companyId, reason });
}

export function excludeSupplier(call: TenderCall<"exclude_supplier">): TenderDecision {
  const { tender, command, at } = call;
  const { tenderId, companyId, reason } = command;
  const stranger = ownerOrOperator(call);
  if (stranger !== null) return reject(stranger);
  const known = tender.suppliers.get(companyId);
  if (known === undefined) return reject({ code: "supplier_not_found" });
  if (known.standing === "excluded") return reject({ code: "bidder_excluded" });
  const refusal = underWay(tender) ?? roomForReason(tender, companyId, reason);
  if (refusal !== null) return reject(refusal);
  return accept<TenderEvent>(
    { type: "supplier_excluded", tenderId, companyId, reason },
    ...exclusionEvents(tender, companyId, { reason, at }),
  );
}
