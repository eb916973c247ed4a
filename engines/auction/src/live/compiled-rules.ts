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
    limits: limitsOf(rules, { format, start }),
    stepMin: stepRuleOf(rules.stepMin, lot),
    stepMax: rules.stepMax === null ? null : stepRuleOf(rules.stepMax, lot),
    front: amountOrNull(rules.buffers?.front ?? null, scale) ?? 0n,
    back: amountOrNull(rules.buffers?.back ?? null, scale) ?? 0n,
    reservePrice: amountOrNull(rules.reserve?.price ?? null, scale),
    buyNow: amountOrNull(rules.buyNowPrice, scale),
  };
}

function limitsOf(rules: LotRules, { format, start }: { format: Format; start: bigint | null }): Limits {
  const grid = amountOrNull(rules.grid, rules.priceScale);
  const greatest = greatestPrice(rules.priceScale);
  if (format.sign === 1n)
    return {
      low: start,
      lowCode: "below_opening",
      high: amountOrNull(rules.ceilingPrice, rules.priceScale),
      grid,
      greatest,
    };
  return { low: amountOrNull(rules.floorPrice, rules.priceScale), lowCode: "below_floor", high: start, grid, greatest };
}

function amountOrNull(text: string | null, scale: number): bigint | null {
  return text === null ? null : amountOf(text, scale);
}
