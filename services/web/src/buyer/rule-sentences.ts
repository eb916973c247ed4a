import type { LotRules, Procedure } from "@kontor/protocol";

/** A sentence about the rules, by id; prices are decimal strings, to be written as the language does. */
export type RuleSentence = {
  readonly id: string;
  readonly values?: Readonly<Record<string, number | { readonly decimal: string }>>;
};

const minuteMs = 60_000;
const minutes = (ms: number): number => Math.round((ms / minuteMs) * 100) / 100;

/** What the rules mean, one sentence each, in the order in which a bidder asks. */
export function ruleSentences(rules: LotRules, procedure: Procedure): readonly RuleSentence[] {
  if (rules.format === "sealed") return [{ id: "buyer.rule.sealed" }, { id: "buyer.rule.sealed_ends" }];
  return [
    { id: `buyer.rule.format.${rules.format}` },
    { id: "buyer.rule.duration", values: { count: minutes(rules.durationMs) } },
    stepSentence(rules),
    ...softCloseSentences(rules),
    { id: `buyer.rule.sees.${rules.visibility}` },
    { id: rules.tiesAllowed ? "buyer.rule.ties" : "buyer.rule.no_ties" },
    ...(procedure.schedule.mode === "parallel"
      ? []
      : [
          {
            id: `buyer.rule.schedule.${procedure.schedule.mode}`,
            values: { count: minutes(procedure.schedule.gapMs) },
          },
        ]),
  ];
}

function stepSentence({ stepMin }: LotRules): RuleSentence {
  if (stepMin.kind === "absolute")
    return { id: "buyer.rule.step.absolute", values: { step: { decimal: stepMin.amount } } };
  if (stepMin.kind === "percent")
    return { id: `buyer.rule.step.percent_${stepMin.of}`, values: { step: { decimal: stepMin.percent } } };
  return { id: "buyer.rule.step.table", values: { count: stepMin.rows.length } };
}

function softCloseSentences({ softClose }: LotRules): readonly RuleSentence[] {
  const { variant, windowMs, extensionMs, capMs } = softClose;
  const values = { window: minutes(windowMs), count: minutes(extensionMs) };
  if (variant === "none" || variant === "random_end") return [{ id: `buyer.rule.end.${variant}`, values }];
  const isWindowed = variant === "reset_in_window" || variant === "fixed_add";
  const cap = capMs === null ? [] : [{ id: "buyer.rule.end.cap", values: { count: minutes(capMs) } }];
  return [{ id: isWindowed ? "buyer.rule.end.window" : "buyer.rule.end.from_bid", values }, ...cap];
}
