import type { LotRules } from "@kontor/protocol";
import type { Limits } from "./limits.ts";
import { greatestPrice } from "./limits.ts";
import type { CompiledRules, Format } from "./live-state.ts";
import { amountOf, stepRuleOf } from "./steps.ts";

/** Parses every amount once. The start price is the opening of a forward lot and the ceiling of a reverse one. */
export function compileRules(written: LotRules, format: Format): CompiledRules {
  const rules: LotRules = { ...written, ...format.fixed };
  const scale = rules.priceScale;
  const start = amountOrNull(rules.startPrice, scale);
  const lot = { scale, start };
  return {
    ...rules,
    limits: limitsOf(rules, format.sign === 1n),
    stepMin: stepRuleOf(rules.stepMin, { ...lot, bound: "least" }),
    stepMax: rules.stepMax === null ? null : stepRuleOf(rules.stepMax, { ...lot, bound: "greatest" }),
    front: amountOrNull(rules.buffers?.front ?? null, scale) ?? 0n,
    back: amountOrNull(rules.buffers?.back ?? null, scale) ?? 0n,
    reservePrice: amountOrNull(rules.reserve?.price ?? null, scale),
    buyNow: amountOrNull(rules.buyNowPrice, scale),
  };
}

/** The absolute limits of a lot in which the highest price wins (`forward`) or the lowest. */
export function limitsOf(rules: LotRules, forward: boolean): Limits {
  const { priceScale: scale } = rules;
  const start = amountOrNull(rules.startPrice, scale);
  const shared = { grid: amountOrNull(rules.grid, scale), greatest: greatestPrice(scale) };
  return forward
    ? { low: start, lowCode: "below_opening", high: amountOrNull(rules.ceilingPrice, scale), ...shared }
    : { low: amountOrNull(rules.floorPrice, scale), lowCode: "below_floor", high: start, ...shared };
}

function amountOrNull(text: string | null, scale: number): bigint | null {
  return text === null ? null : amountOf(text, scale);
}
