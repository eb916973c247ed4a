import { useText } from "../i18n/use-text.ts";
import type { DraftDesk } from "./use-draft.ts";

const knownRules = new Set([
  ...["required", "invalid", "date_missing", "date_past", "date_order", "date_too_far", "date_impossible"],
  ...["live_lot_missing", "live_auction_off", "skip_needs_initial_prices", "sealed_needs_initial_prices"],
  ...["currency_differs", "direction", "positive", "too_long", "order", "grid", "start_missing", "scale"],
  "tells_hidden_price",
]);

/** What a rule that is broken asks for, in words. */
export function useRuleText(): (rule: string) => string {
  const t = useText();
  return (rule) => t(`buyer.fault.${knownRules.has(rule) ? rule : "other"}`);
}

/** The problem of a field of the terms in words; undefined for none. */
export function useProblemText(desk: DraftDesk): (pointer: string) => string | undefined {
  const ruleText = useRuleText();
  return (pointer) => {
    const problem = desk.problems.find((one) => one.pointer === pointer);
    return problem === undefined ? undefined : ruleText(problem.rule);
  };
}
