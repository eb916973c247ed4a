import type { Micros } from "@kontor/kernel";
import type { CatalogRejection } from "@kontor/protocol";
import type { Period } from "./period.ts";
import { contains } from "./period.ts";
import type { AgreementLink } from "./price-question.ts";

/** One agreement of a buyer's node with a vendor, in the version that is in force. */
export type AgreementRecord = {
  readonly id: string;
  readonly version: number;
  readonly vendorId: string;
  readonly nodeId: string;
  readonly period: Period;
  readonly active: boolean;
};

export type ChainQuestion = {
  readonly nodeId: string;
  /** Parents of nodes; a company has none. */
  readonly parents: ReadonlyMap<string, string>;
  readonly agreements: readonly AgreementRecord[];
  readonly vendorId: string;
  readonly at: Micros;
  /** The agreement that the buyer named, or null. */
  readonly named: string | null;
};

export type ChainAnswer =
  | { readonly kind: "chain"; readonly agreements: readonly AgreementLink[] }
  | { readonly kind: "rejected"; readonly rejection: CatalogRejection };

/**
 * The agreements by which a node buys of a vendor, nearest first. A named one begins the chain, wherever up the tree it
 * is; else the nearest node with agreements must have a single one. Nodes further up count where they have a single one.
 */
export function agreementChainOf(question: ChainQuestion): ChainAnswer {
  const inForce = question.agreements.filter(
    ({ vendorId, active, period }) => active && vendorId === question.vendorId && contains(period, question.at),
  );
  const perNode = lineageOf(question)
    .map((nodeId) => inForce.filter((agreement) => agreement.nodeId === nodeId))
    .filter((agreements) => agreements.length > 0);
  const { named } = question;
  const start = named === null ? 0 : perNode.findIndex((agreements) => agreements.some(({ id }) => id === named));
  const nearest = perNode[start] ?? [];
  if (start === -1) return { kind: "rejected", rejection: { code: "agreement_not_in_force" } };
  if (named === null && nearest.length > 1) {
    return {
      kind: "rejected",
      rejection: { code: "agreement_ambiguous", choices: nearest.map(({ id }) => id).sort() },
    };
  }
  const first = nearest.filter(({ id }) => named === null || id === named);
  const further = perNode.slice(start + 1).filter(({ length }) => length === 1);
  const agreements = [first, ...further].flat().map(({ id: agreementId, version }) => ({ agreementId, version }));
  return { kind: "chain", agreements };
}

/** The node and its ancestors. */
function lineageOf({ nodeId, parents }: ChainQuestion): readonly string[] {
  const lineage: string[] = [];
  for (let node: string | undefined = nodeId; node !== undefined && !lineage.includes(node); node = parents.get(node)) {
    lineage.push(node);
  }
  return lineage;
}

export type NodeAnswer =
  | { readonly kind: "node"; readonly nodeId: string }
  | { readonly kind: "rejected"; readonly rejection: CatalogRejection };

/** The node that a person buys for: the one he named, if he may, or his only one. It is never guessed. */
export function buyerNodeOf(memberships: readonly string[], named: string | null): NodeAnswer {
  const [sole] = memberships;
  const chosen = named ?? (memberships.length === 1 ? sole : undefined);
  if (chosen !== undefined && memberships.includes(chosen)) return { kind: "node", nodeId: chosen };
  return { kind: "rejected", rejection: { code: "buyer_node_required", choices: [...memberships].sort() } };
}
