import type { Settings } from "./settings.ts";

/** Which range of steps a price lies in: the last that begins at or below it, else the first. */
function rangeOf(settings: Settings, price: number): { from: number; step: number } {
  let found = settings.steps[0] as { from: number; step: number };
  for (const range of settings.steps) if (range.from <= price) found = range;
  return found;
}

export function isOnStep(settings: Settings, price: number): boolean {
  return price % rangeOf(settings, price).step === 0;
}

const roundDown = (price: number, step: number): number => Math.trunc(price / step) * step;

/** The nearest lower multiple of a price's own step, but no price below the first of its range. */
export function lowerStep(settings: Settings, price: number): number {
  const { from, step } = rangeOf(settings, price);
  const first = roundDown(from + step - 1, step);
  return Math.max(first, roundDown(Math.max(price, 0), step));
}

/** The highest valid price at or below a price; below the first there is none and that one is given. */
export function stepBelow(settings: Settings, price: number): number {
  const { from, step } = rangeOf(settings, price);
  const lower = roundDown(Math.max(price, 0), step);
  if (lower >= from || from <= 1) return Math.max(lower, step);
  return stepBelow(settings, from - 1);
}

/** The lowest valid price at or above a price. */
export function stepAbove(settings: Settings, price: number): number {
  const { step } = rangeOf(settings, price);
  const upper = roundDown(Math.max(price, 1) + step - 1, step);
  const next = settings.steps.find((range) => range.from > price);
  if (next === undefined || upper < next.from) return upper;
  return stepAbove(settings, next.from);
}
