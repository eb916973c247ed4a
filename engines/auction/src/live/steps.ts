import { ceilDivide, floorDivide, parseDecimal } from "@kontor/kernel";
import type { Step } from "@kontor/protocol";

/** The least (or greatest) difference from a reference price; all in minor units. */
export type StepRule = (reference: bigint) => bigint;

/** What a step rule needs to know of its lot, and which bound it is: neither may be crossed by less than a minor unit. */
export type StepLot = { readonly scale: number; readonly start: bigint | null; readonly bound: "least" | "greatest" };

const exactScale = 18;
/** Percentages are written with at most four decimals: "0.5" is 5,000 parts of a million. */
const percentScale = 4;
const percentWhole = 1_000_000n;

/**
 * Minor units of an amount in the rules. Digits beyond the lot's scale round up, so a step never shrinks; rules with
 * such digits are refused before publication, this only keeps the reading total.
 */
export function amountOf(text: string, scale: number): bigint {
  const exact = parseDecimal(text, exactScale);
  return typeof exact === "string" ? 0n : ceilDivide(exact, 10n ** BigInt(exactScale - scale));
}

/** A percentage rounds up for the least step and down for the greatest; below every row of a table its lowest applies. */
export function stepRuleOf(step: Step, lot: StepLot): StepRule {
  switch (step.kind) {
    case "absolute": {
      const amount = amountOf(step.amount, lot.scale);
      return () => amount;
    }
    case "percent": {
      const share = amountOf(step.percent, percentScale);
      const divide = lot.bound === "least" ? ceilDivide : floorDivide;
      const of = (reference: bigint): bigint => divide(reference * share, percentWhole);
      if (step.of === "current" || lot.start === null) return of;
      const fixed = of(lot.start);
      return () => fixed;
    }
    case "table":
      return tableRule(step.rows, lot.scale);
  }
}

function tableRule(rows: Extract<Step, { kind: "table" }>["rows"], scale: number): StepRule {
  const falling = rows
    .map((row) => ({ from: amountOf(row.from, scale), amount: amountOf(row.amount, scale) }))
    .sort((a, b) => (a.from > b.from ? -1 : 1));
  const lowest = falling.at(-1)?.amount ?? 1n;
  return (reference) => {
    for (const row of falling) if (reference >= row.from) return row.amount;
    return lowest;
  };
}
