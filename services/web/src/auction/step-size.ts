import { ceilDivide, floorDivide, parseDecimal } from "@kontor/kernel";
import type { Step } from "@kontor/protocol";

/** Which bound a step is: the least rounds up to the price scale, the greatest down, so that neither is crossed. */
export type StepBound = "least" | "greatest";

export type StepLot = { readonly scale: number; readonly start: bigint | null; readonly bound: StepBound };

/** Percentages are written with at most four decimals: "0.5" is 5,000 parts of a million. */
const percentScale = 4;
const percentWhole = 1_000_000n;

/** The step at a reference price, in minor units; null where the rule cannot be read at the lot's scale. */
export function stepAt(step: Step, reference: bigint, lot: StepLot): bigint | null {
  switch (step.kind) {
    case "absolute":
      return minorOf(step.amount, lot.scale);
    case "percent": {
      const share = minorOf(step.percent, percentScale);
      if (share === null) return null;
      const divide = lot.bound === "least" ? ceilDivide : floorDivide;
      return divide((step.of === "start" ? (lot.start ?? reference) : reference) * share, percentWhole);
    }
    case "table": {
      const rows = step.rows
        .map((row) => ({ from: minorOf(row.from, lot.scale) ?? 0n, amount: minorOf(row.amount, lot.scale) }))
        .sort((a, b) => (a.from > b.from ? -1 : 1));
      const row = rows.find(({ from }) => reference >= from) ?? rows.at(-1);
      return row?.amount ?? null;
    }
  }
}

/** Minor units of a decimal of the server's; null when there is none or it is finer than the scale. */
export function minorOf(text: string | undefined, scale: number): bigint | null {
  if (text === undefined) return null;
  const minor = parseDecimal(text, scale);
  return typeof minor === "bigint" ? minor : null;
}
