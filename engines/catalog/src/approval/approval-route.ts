import { compareTexts } from "../prices/candidate.ts";
import type { ApprovalRule, Decider, ExchangeRate, OrderToApprove, RouteTier, RuleName } from "./approval-rule.ts";
import { isAtLeast } from "./exchange.ts";

/** Through whom an order goes; without tiers nobody has to be asked. */
export type RouteAnswer =
  | { readonly kind: "route"; readonly tiers: readonly RouteTier[] }
  /** A rule's amount is in a currency that no rate leads to: numbers of two currencies are never compared as they are. */
  | { readonly kind: "rate_missing"; readonly from: string; readonly to: string; readonly rule: RuleName };

/**
 * The route of one order: the tiers of all rules that are about it, one after the other, each tier once, where it comes
 * first. Every tier names the rules that ask for it.
 */
export function approvalRoute(
  order: OrderToApprove,
  rules: readonly ApprovalRule[],
  rates: readonly ExchangeRate[],
): RouteAnswer {
  const tiers = new Map<string, RouteTier>();
  for (const rule of inOrder(order, rules)) {
    const bites = isAbout(rule, order, rates);
    if (bites === false) continue;
    const name: RuleName = { ruleId: rule.id, name: rule.name, ownerId: rule.ownerId };
    if (bites !== true) return { kind: "rate_missing", ...bites, rule: name };
    for (const tier of rule.tiers) {
      const key = keyOf(tier.needs, tier.deciders);
      const known = tiers.get(key);
      const named = known?.rules ?? [];
      const again = named.some(({ ruleId }) => ruleId === rule.id);
      tiers.set(key, { ...(known ?? tier), rules: again ? named : [...named, name] });
    }
  }
  return { kind: "route", tiers: [...tiers.values()] };
}

function inOrder({ divisions }: OrderToApprove, rules: readonly ApprovalRule[]): readonly ApprovalRule[] {
  const depth = ({ divisionId }: ApprovalRule): number =>
    divisionId === null ? -1 : divisions.length - divisions.indexOf(divisionId);
  return rules
    .filter(({ divisionId }) => divisionId === null || divisions.includes(divisionId))
    .sort((a, b) => a.position - b.position || depth(a) - depth(b) || compareTexts(a.id, b.id));
}

/** The two currencies where no rate tells. What needs no rate is asked first. */
function isAbout(
  { condition }: ApprovalRule,
  order: OrderToApprove,
  rates: readonly ExchangeRate[],
): boolean | { readonly from: string; readonly to: string } {
  const { amountFrom, classIds, vendorIds, costCenterIds, requesterRoles } = condition;
  const { lines, requesterRoles: roles } = order;
  if (vendorIds !== null && !vendorIds.includes(order.vendorId)) return false;
  if (requesterRoles !== null && !requesterRoles.some((role) => roles.includes(role))) return false;
  if (classIds !== null && !lines.some((line) => line.classIds.some((id) => classIds.includes(id)))) return false;
  if (costCenterIds !== null && !lines.some(({ costCenterId: id }) => id !== null && costCenterIds.includes(id)))
    return false;
  if (amountFrom === null) return true;
  const reached = isAtLeast(order.total, amountFrom, rates);
  return reached ?? { from: order.total.currency, to: amountFrom.currency };
}

/** The same for tiers that ask the same people in the same way. */
function keyOf(needs: string, deciders: readonly Decider[]): string {
  const names = deciders.map((decider) =>
    decider.kind === "role" ? `role ${decider.role}` : `person ${decider.userId}`,
  );
  return [needs, ...[...new Set(names)].sort()].join("\n");
}
