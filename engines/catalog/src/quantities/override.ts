import type { CatalogRejection, CatalogRejectionCode } from "@kontor/protocol";

/** A vendor's agent lets an order through that the vendor's own terms refuse. */
export type AgentOverride = { readonly agentId: string; readonly reason: string };

export type Judgement =
  | { readonly kind: "accepted" }
  /** For the caller to keep: what was overridden, by whom and why. */
  | { readonly kind: "overridden"; readonly rejection: CatalogRejection; readonly by: AgentOverride }
  | { readonly kind: "rejected"; readonly rejection: CatalogRejection };

/** Terms that the vendor set for his own sake. */
const overridable: ReadonlySet<CatalogRejectionCode> = new Set([
  "quantity_below_minimum",
  "quantity_above_maximum",
  "quantity_not_multiple",
  "order_minimum_not_reached",
]);

/** A check's result in the light of an override; one without a reason is none. */
export function judge(rejection: CatalogRejection | null, override: AgentOverride | null): Judgement {
  if (rejection === null) return { kind: "accepted" };
  const counts = override !== null && override.reason.trim() !== "" && overridable.has(rejection.code);
  return counts ? { kind: "overridden", rejection, by: override } : { kind: "rejected", rejection };
}
