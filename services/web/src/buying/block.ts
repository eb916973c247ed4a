import type { QuantityAdvice } from "../catalogue/quantity-advice.ts";
import { adviceInProblem } from "../catalogue/quantity-advice.ts";

/** Who can change what blocks: the vendor whose terms they are, somebody of one's company, or the buyer himself. */
export type Owner = "vendor" | "company" | "you" | "marketplace";

/** Something that is in the way, as a person is told of it. */
export type Block = {
  readonly code: string;
  readonly owner: Owner;
  /** The person whom to ask, where the server names one. */
  readonly ownerId?: string;
  /** The name of the rule or budget, where it has one. */
  readonly rule?: string;
  /** Amount or quantity that the rule sets, or that is missing. */
  readonly limit?: string;
  readonly unit?: string;
  readonly currency?: string;
  readonly available?: string;
  readonly advice: QuantityAdvice | null;
};

type Told = Readonly<Record<string, unknown>> & { readonly code: string };

const owners: Readonly<Record<string, Owner>> = {
  unit_not_sold: "vendor",
  quantity_scale_exceeded: "vendor",
  quantity_below_minimum: "vendor",
  quantity_above_maximum: "vendor",
  quantity_not_multiple: "vendor",
  price_on_request: "vendor",
  price_changed: "you",
  order_minimum_not_reached: "vendor",
  stock_insufficient: "vendor",
  offer_not_available: "vendor",
  budget_exceeded: "company",
  approval_expired: "you",
  own_order_undecidable: "company",
  decider_not_asked: "company",
  decider_counted_already: "company",
  buyer_node_required: "company",
  agreement_ambiguous: "company",
  agreement_not_in_force: "company",
  precondition_failed: "you",
  cart_empty: "you",
  order_state_wrong: "you",
};

/** Codes that have their own words; all others are told in general ones, beside their code. */
export const toldCodes: ReadonlySet<string> = new Set([
  ...Object.keys(owners),
  "quantity_not_positive",
  "checkout_blocked",
]);

export function blockOf(problem: Told): Block {
  const { code } = problem;
  const limit = problem["shortfall"] ?? problem["limit"] ?? problem["left"] ?? problem["after"];
  return {
    code,
    owner: owners[code] ?? "marketplace",
    ...textIn("ownerId", problem["ownerId"]),
    ...textIn("rule", problem["name"]),
    ...textIn("limit", limit),
    ...textIn("unit", problem["unit"]),
    ...textIn("currency", problem["currency"]),
    ...textIn("available", problem["available"]),
    advice: adviceInProblem(problem),
  };
}

/** What a refused checkout is blocked by, by line; problems of the whole order have none. */
export function blocksOfCheckout(problem: Told): readonly { readonly lineId: string | null; readonly block: Block }[] {
  const { faults } = problem;
  if (problem.code !== "checkout_blocked" || !Array.isArray(faults)) return [{ lineId: null, block: blockOf(problem) }];
  return faults.filter(isTold).map((fault) => {
    const { lineId } = fault;
    return { lineId: typeof lineId === "string" ? lineId : null, block: blockOf(fault) };
  });
}

function isTold(fault: unknown): fault is Told {
  return typeof fault === "object" && fault !== null && "code" in fault && typeof fault.code === "string";
}

function textIn<Name extends string>(name: Name, value: unknown): { readonly [Member in Name]?: string } {
  return typeof value === "string" && value !== "" ? ({ [name]: value } as { [Member in Name]: string }) : {};
}
