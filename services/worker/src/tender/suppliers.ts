import type { TenderSupplierRow } from "@kontor/db";
import type { AdmissionEvent } from "@kontor/protocol";
import type { Projection } from "./records.ts";

const states = {
  supplier_invited: "invited",
  admission_requested: "requested",
  supplier_admitted: "admitted",
  supplier_refused: "refused",
  supplier_excluded: "excluded",
} as const satisfies Readonly<Record<AdmissionEvent["type"], TenderSupplierRow["state"]>>;

/** How each company stands in a tender. */
export const projectSuppliers: Projection = ({ tenders, suppliers }, { event, seq, at }) => {
  const tender = tenders.get(event.tenderId);
  if (tender === undefined || !isAdmission(event)) return;
  suppliers.put({
    tenderId: tender.id,
    marketplaceId: tender.marketplaceId,
    companyId: event.companyId,
    state: states[event.type],
    reason: "reason" in event ? event.reason : null,
    at,
    seq,
  });
};

function isAdmission(event: { readonly type: string }): event is AdmissionEvent {
  return event.type in states;
}
