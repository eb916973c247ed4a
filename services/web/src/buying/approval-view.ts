import type { ApprovalRouteRecord } from "@kontor/protocol";

type Tier = ApprovalRouteRecord["tiers"][number];
type Decision = ApprovalRouteRecord["decisions"][number];

/** One who is or was asked. A role stands for whoever has it until somebody has decided. */
export type Asked = {
  readonly id: string;
  readonly userId: string | null;
  readonly role: string | null;
  readonly rules: readonly string[];
  readonly state: "approved" | "rejected" | "asked" | "later" | "not_needed";
  readonly at: string | null;
  readonly reason: string;
  /** Others in whose place he decided. */
  readonly onBehalfOf: readonly string[];
};

export type AskedTier = {
  readonly id: string;
  readonly needs: Tier["needs"];
  readonly isNow: boolean;
  readonly asked: readonly Asked[];
};

/** The way of an approval: who has decided, who is asked now, who comes later. */
export function approvalView(route: ApprovalRouteRecord): readonly AskedTier[] {
  const isRejected = route.decisions.some(({ verdict }) => verdict === "reject");
  return route.tiers.map((tier, at) => {
    const decisions = route.decisions.filter((decision) => decision.tier === at);
    const rules = tier.rules.map(({ name }) => name);
    const isNow = at === route.tier && !isRejected;
    const isPast = at < route.tier || isRejected;
    const waiting = isPast ? "not_needed" : "later";
    const decided = decisions.map((decision) => decidedBy(decision, rules));
    const open = openDeciders(tier, decisions).map(
      (decider, place): Asked => ({
        id: `${at} open ${place}`,
        userId: decider.kind === "person" ? decider.userId : null,
        role: decider.kind === "role" ? decider.role : null,
        rules,
        state: isNow ? "asked" : waiting,
        at: null,
        reason: "",
        onBehalfOf: [],
      }),
    );
    const isSettled = isPast && decided.length > 0;
    return { id: String(at), needs: tier.needs, isNow, asked: isSettled ? decided : [...decided, ...open] };
  });
}

function decidedBy({ tier, by, verdict, at, reason, onBehalfOf }: Decision, rules: readonly string[]): Asked {
  const state = verdict === "approve" ? "approved" : "rejected";
  return { id: `${tier} ${by}`, userId: by, role: null, rules, state, at, reason, onBehalfOf };
}

/** Deciders of a tier for whom nobody has decided. Who decided for a role cannot be told, so each takes one. */
function openDeciders({ deciders }: Tier, decisions: readonly Decision[]): Tier["deciders"] {
  const people = new Set(decisions.flatMap(({ by, onBehalfOf }) => [by, ...onBehalfOf]));
  const named = deciders.filter((one) => one.kind === "person" && people.has(one.userId)).length;
  let others = Math.max(0, decisions.length - named);
  return deciders.filter((one) => {
    if (one.kind === "person") return !people.has(one.userId);
    if (others === 0) return true;
    others--;
    return false;
  });
}
