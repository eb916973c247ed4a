import type { ProcedurePreset, TenderTerms } from "@kontor/protocol";
import { procedurePresets } from "@kontor/protocol";
import { startedTerms } from "../../src/buyer/draft-terms.ts";

export const nowMs = Date.parse("2027-02-01T09:20:00Z");

export function presetOf(name: keyof typeof procedurePresets): ProcedurePreset {
  return { name, ...procedurePresets[name] };
}

export function draftUnder(name: keyof typeof procedurePresets): TenderTerms {
  const direction = procedurePresets[name].direction ?? "buy";
  const quantity = { value: "250", unit: "TNE" };
  const start = { title: "Copper cathodes", reference: "EK-7", direction, currency: "EUR", quantity };
  return startedTerms(start, presetOf(name), nowMs);
}
