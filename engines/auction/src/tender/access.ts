import type { Actor } from "@kontor/kernel";
import type { Refusal, TenderCall } from "./call.ts";
import type { Supplier, Tender } from "./state.ts";
import { isOver } from "./state.ts";

type Call = Pick<TenderCall, "tender" | "actor">;

export function isOwner({ tender, actor }: Call): boolean {
  return actor.kind === "member" && actor.companyId === tender.ownerCompanyId;
}

/** Whether the actor may know that the tender exists: its own marketplace, and a notice unless it is the owner. */
export function mayKnow(tender: Tender, actor: Actor): boolean {
  if (actor.kind !== "system" && actor.marketplaceId !== tender.marketplaceId) return false;
  return tender.publishedAt !== null || isOwner({ tender, actor });
}

export function ownerOnly(call: Call): Refusal {
  return isOwner(call) ? null : { code: "not_owner" };
}

export function ownerOrOperator(call: Call): Refusal {
  return call.actor.kind === "operator" ? null : ownerOnly(call);
}

/** A company that could take part; the owner's own may not. */
export function outsiderOnly(call: Call): Refusal {
  if (isOwner(call)) return { code: "own_lot" };
  return call.actor.kind === "member" && call.actor.companyId !== null ? null : { code: "not_admitted" };
}

/** The supplier that acts; undefined when his company has no relation to the tender yet. */
export function actingSupplier({ tender, actor }: Call): Supplier | undefined {
  return actor.kind === "member" && actor.companyId !== null ? tender.suppliers.get(actor.companyId) : undefined;
}

export function admittedOnly(call: Call): Refusal {
  const outsider = outsiderOnly(call);
  if (outsider !== null) return outsider;
  const supplier = actingSupplier(call);
  if (supplier?.standing === "excluded") return { code: "bidder_excluded" };
  return supplier?.standing === "admitted" ? null : { code: "not_admitted" };
}

export function running(tender: Tender): Refusal {
  return isOver(tender) ? { code: "tender_finished" } : null;
}

/** Published and not over. */
export function underWay(tender: Tender): Refusal {
  return running(tender) ?? (tender.status === "draft" ? { code: "tender_not_published" } : null);
}

export function versionFresh(tender: Tender, expected: number): Refusal {
  return expected === tender.version ? null : { code: "version_stale", actualVersion: tender.version };
}
