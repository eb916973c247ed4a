import { formatDecimal, parseDecimal } from "@kontor/kernel";

/* Quantities of an instrument are whole numbers of its quantity step. */

/** Decimal places that a decimal text has. */
function scaleOf(text: string): number {
  const point = text.indexOf(".");
  return point < 0 ? 0 : text.length - point - 1;
}

/** Whether an asset of so many decimal places can be split into steps. */
export function fitsScale(scale: number, quantityStep: string): boolean {
  return typeof parseDecimal(quantityStep, scale) === "bigint";
}

/** One step in an asset's smallest unit. @throws RangeError when the asset's unit is too coarse */
export function stepIn(quantityStep: string, scale: number): bigint {
  const step = parseDecimal(quantityStep, scale);
  if (typeof step !== "bigint" || step <= 0n) throw new RangeError(`no step of ${quantityStep} at scale ${scale}`);
  return step;
}

/** So many steps as decimal text. */
export function writtenSteps(steps: bigint, quantityStep: string): string {
  const scale = scaleOf(quantityStep);
  return formatDecimal(steps * stepIn(quantityStep, scale), scale);
}

/** Whole steps in the decimal text, rounded towards zero. */
export function wholeSteps(text: string, quantityStep: string): bigint {
  const scale = Math.max(scaleOf(quantityStep), scaleOf(text));
  const amount = parseDecimal(text, scale);
  return typeof amount === "bigint" ? amount / stepIn(quantityStep, scale) : 0n;
}
