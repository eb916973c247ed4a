import type { Micros } from "@kontor/kernel";
import type { AdmissionEvent } from "@kontor/protocol";
import type { Supplier, SupplierStanding, Tender } from "./state.ts";

const standings: Readonly<Record<AdmissionEvent["type"], SupplierStanding>> = {
  supplier_invited: "invited",
  admission_requested: "requested",
  supplier_admitted: "admitted",
  supplier_refused: "refused",
  supplier_excluded: "excluded",
};

/** Admission and exclusion decide who has a private part in the lots' views. */
export function evolveSupplier(tender: Tender, event: AdmissionEvent, at: Micros): void {
  const { companyId } = event;
  const before = tender.suppliers.get(companyId);
  const standing = standings[event.type];
  const supplier: Supplier = {
    companyId,
    standing,
    at,
    reason: "reason" in event ? event.reason : null,
    pricesInvalidated: before?.pricesInvalidated ?? false,
  };
  tender.suppliers.set(companyId, supplier);
  tender.cache.suppliersRevision++;
  if (standing !== "admitted" && standing !== "excluded") return;
  for (const lot of tender.lots.values()) lot.cache.revision++;
}
