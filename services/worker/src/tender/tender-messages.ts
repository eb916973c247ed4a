import type { Message, Occasion } from "./messages.ts";
import { admittedTo, suppliersOf } from "./messages.ts";

/** By the terms alone: whether there were sealed prices is nobody's to learn from a notice. */
function setsPricesAside({ procedure }: Occasion["tender"], changed: readonly string[]): boolean {
  return procedure.initialPrices !== "none" && changed.some((pointer) => pointer.startsWith("/lots/"));
}

/** Messages about the tender as a whole: admission, amendments, questions, the end. */
export function tenderMessages({ records, tender, fact }: Occasion): readonly Message[] {
  const { event } = fact;
  const owner = tender.ownerCompanyId;
  switch (event.type) {
    case "supplier_invited":
      return [{ kind: "supplier_invited", to: [event.companyId] }];
    case "admission_requested":
      return tender.procedure.admission.approval === "owner"
        ? [{ kind: "admission_requested", to: [owner], data: { companyId: event.companyId } }]
        : [];
    case "supplier_admitted":
      return [{ kind: "supplier_admitted", to: [event.companyId] }];
    case "supplier_refused":
      return [{ kind: "supplier_refused", to: [event.companyId], data: { reason: event.reason } }];
    case "supplier_excluded":
      return [{ kind: "supplier_excluded", to: [event.companyId], data: { reason: event.reason } }];
    case "tender_amended": {
      const { version, changed, reason, cause } = event;
      const told = { version, changed, reason, initialPricesInvalidated: setsPricesAside(tender, changed) };
      const data = cause === undefined ? told : { ...told, cause };
      return [{ kind: "tender_amended", to: suppliersOf(records), data }];
    }
    case "tender_cancelled":
      return [{ kind: "tender_cancelled", to: suppliersOf(records), data: { reason: event.reason } }];
    case "tender_finished":
      return [{ kind: "tender_finished", to: [owner, ...admittedTo(records)], data: { outcome: event.outcome } }];
    case "question_asked":
      return [{ kind: "question_asked", to: [owner], data: { questionId: event.questionId } }];
    case "question_answered": {
      const { questionId, published } = event;
      const asker = records.questions.get(questionId)?.companyId;
      const readers = published ? suppliersOf(records) : [];
      const to = asker === undefined ? readers : [asker, ...readers];
      return [{ kind: "question_answered", to, data: { questionId, published } }];
    }
    default:
      return [];
  }
}
